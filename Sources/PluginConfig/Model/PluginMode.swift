/// What becomes of a plugin's violations and errors.
package enum PluginMode: Sendable, Equatable {
    /// Both block the request.
    case enforce
    /// Violations block; errors are logged.
    case enforceIgnoreError
    /// Neither blocks; both are logged.
    case permissive
    /// The plugin is not loaded.
    case disabled

    static let disabledWord = "disabled"

    /// The words of a configuration, of both vocabularies in use.
    static let words: [(String, PluginMode)] = [
        ("enforce", .enforce), ("enforce_ignore_error", .enforceIgnoreError), ("permissive", .permissive),
        (disabledWord, .disabled), ("sequential", .enforce), ("transform", .permissive),
    ]

    /// Words that mean a mode which this version does not have.
    static let unsupportedWords = ["audit", "concurrent", "fire_and_forget"]
}

/// What an error of a plugin does; it outranks the mode.
package enum ErrorPolicy: String, Sendable, Equatable, CaseIterable {
    /// The request fails.
    case fail
    /// The error is logged.
    case ignore
    /// The error is logged, and the plugin is not called again.
    case disable
}
