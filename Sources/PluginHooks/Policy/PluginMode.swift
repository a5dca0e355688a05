/// What a plugin's verdicts and errors may do to a request.
package enum PluginMode: String, Sendable, Equatable {
    /// Violations and errors stop the request.
    case enforce
    /// Violations stop the request; errors are logged.
    case enforceIgnoreError = "enforce_ignore_error"
    /// Neither stops the request; both are logged.
    case permissive
    /// The plugin does not run.
    case disabled
}
