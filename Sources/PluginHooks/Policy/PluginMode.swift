/// What a plugin's verdicts, changes and errors may do to a request.
package enum PluginMode: String, Sendable, Equatable, CaseIterable {
    /// Violations and errors stop the request.
    case enforce
    /// Violations stop the request; errors are logged.
    case enforceIgnoreError = "enforce_ignore_error"
    /// Neither stops the request; both are logged.
    case permissive
    /// The plugin sees the payload at its place; its verdict and its changes are noted and dropped.
    case audit
    /// Neighbours of this mode run at the same time; violations and errors stop the request, changes are dropped.
    case concurrent
    /// The plugin gets the original payload in the background, and nobody waits for it.
    case fireAndForget = "fire_and_forget"
    /// The plugin does not run.
    case disabled

    /// Whether a violation stops the request.
    package var blocks: Bool {
        switch self {
        case .enforce, .enforceIgnoreError, .concurrent: true
        case .permissive, .audit, .fireAndForget, .disabled: false
        }
    }

    /// Whether changes of the payload, and of what the request's other plugins see, are kept.
    package var keepsChanges: Bool {
        switch self {
        case .enforce, .enforceIgnoreError, .permissive: true
        case .audit, .concurrent, .fireAndForget, .disabled: false
        }
    }
}
