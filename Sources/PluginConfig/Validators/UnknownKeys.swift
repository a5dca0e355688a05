import YAMLTree

/// Rule: a key that we do not know is most likely misspelt or misplaced; it is a warning.
enum UnknownKeys {
    static func report(_ entries: [YAMLEntry], in field: Field, known: [String]) {
        for entry in entries where !known.contains(entry.key) {
            field.log.warning(
                "unknown key",
                at: entry.keyPosition,
                path: field.path.key(entry.key),
                hint: misplaced(entry.key, in: field.path) ?? Suggestion.hint(for: entry.key, among: known)
            )
        }
    }

    private static func misplaced(_ key: String, in path: ConfigPath) -> String? {
        let settings = RuntimeConfiguration.Key.settings.rawValue
        if path == ConfigPath(), RuntimeSettings.Key(rawValue: key) != nil { return "move it under \(settings)" }
        if path == ConfigPath(settings), RuntimeConfiguration.Key(rawValue: key) != nil {
            return "move it out of \(settings), to the top level"
        }
        return nil
    }
}
