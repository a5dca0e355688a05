import YAMLTree

/// Rule: a plugin's name tells it apart from all others, disabled ones included.
enum UniquePluginNames {
    static func check(_ plugins: [PluginEntry], _ log: ProblemLog) {
        var positions: [String: SourcePosition] = [:]
        for plugin in plugins where !plugin.name.value.isEmpty {
            let name = plugin.name
            guard let first = positions.updateValue(name.position, forKey: name.value) else { continue }
            positions[name.value] = first
            log.error(
                "the name \(name.value.quoted) is already taken at \(first)",
                at: name.position,
                path: ConfigPath(plugin.source.path).key(PluginEntry.Key.name.rawValue),
                hint: "give each plugin a name of its own"
            )
        }
    }
}
