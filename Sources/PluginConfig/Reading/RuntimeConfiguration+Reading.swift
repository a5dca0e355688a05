import YAMLTree

extension RuntimeConfiguration {
    enum Key: String, CaseIterable {
        case plugins
        case pluginDirectories = "plugin_dirs"
        case dropDirectories = "drop_dirs"
        case settings = "plugin_settings"
        case trust
        case server
        case prompts
        case auth
        case upstreams
        // For the separate server of external plugins.
        case serverSettings = "server_settings"
        case grpcServerSettings = "grpc_server_settings"
        case unixSocketServerSettings = "unix_socket_server_settings"
    }

    /// Reads the root of a file; what is wrong is reported and replaced by its default.
    init(_ root: Field) {
        let section = root.isNull ? nil : Section<Key>(root)
        let entries = section?[.plugins]?.elements(of: "plugins", hint: "begin each plugin with '- '") ?? []
        file = root.log.file
        plugins = entries.compactMap { Section<PluginEntry.Key>($0).map(PluginEntry.init) }
        pluginDirectories = section?[.pluginDirectories]?.names(of: "directories") ?? []
        dropDirectories = section?[.dropDirectories]?.names(of: "directories") ?? []
        settings = RuntimeSettings(section?[.settings].flatMap(Section.init))
        trust = TrustSettings(section?[.trust].flatMap(Section.init))
        server = ServerSettings(section?[.server].flatMap(Section.init))
        prompts = PromptSettings(section?[.prompts].flatMap(Section.init))
        auth = AuthSettings(section?[.auth].flatMap(Section.init))
        upstreams = UpstreamSettings(section?[.upstreams].flatMap(Section.init))
        UniquePluginNames.check(plugins, root.log)
    }
}
