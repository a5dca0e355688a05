/// Rule: keys that mean something elsewhere and nothing here are accepted, but not in silence.
enum UnusedKeys {
    static func check(_ section: Section<PluginEntry.Key>) {
        for key in [PluginEntry.Key.capabilities, .maxContentSize] {
            guard let field = section[key] else { continue }
            field.log.warning("has no effect in this version", at: field.position, path: field.path)
        }
    }
}
