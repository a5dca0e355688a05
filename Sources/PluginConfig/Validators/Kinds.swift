import YAMLTree

/// Rule: an entry says by `kind` or `path` what to load, in a way that this version can load.
enum Kinds {
    static let boundFunction = "ffi"
    private static let external = "external"
    private static let unsupported = [external, "isolated_venv"]

    static func check(_ section: Section<PluginEntry.Key>, isDisabled: Bool) {
        guard section[.kind] != nil || section[.path] != nil else {
            section.reportMissing(
                .kind,
                "is required unless path is given",
                hint: "name the plugin's kind, or the path of its .so file"
            )
            return
        }
        let kind = section[.kind]?.scalar?.string
        if kind == boundFunction { section[.path]?.error("has no meaning with kind: ffi", hint: "remove it") }
        if kind != external { checkTransports(section) } else if !isDisabled { ExternalPlugins.check(section) }
        if let kind, unsupported.contains(kind), !isDisabled {
            section[.kind]?.error(
                "\(kind.quoted) is not supported yet",
                hint: "set mode: disabled, or remove the plugin"
            )
        }
    }

    private static func checkTransports(_ section: Section<PluginEntry.Key>) {
        for key in [PluginEntry.Key.mcp, .grpc, .unixSocket] {
            section[key]?.error("is only for plugins of kind: external", hint: "remove it")
        }
    }
}
