/// What speaks besides the file: variables fill its templates, and stand above its settings; flags stand above both.
package struct ConfigurationSources: Sendable, Equatable {
    /// Environment variables; one that is empty overrides nothing.
    package var environment: [String: String]
    /// The flags that were given, by their names, such as `--port`.
    package var flags: [String: String]

    package init(environment: [String: String] = [:], flags: [String: String] = [:]) {
        self.environment = environment
        self.flags = flags
    }
}
