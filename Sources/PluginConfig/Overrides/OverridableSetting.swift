/// A setting of the file that a flag or a variable may override.
package struct OverridableSetting: Sendable {
    let section: RuntimeConfiguration.Key
    let key: String
    /// The variables, the first that is set counts.
    package let variables: [String]
    package let flag: String?
    /// Whether nobody may see the value.
    let isSecret: Bool

    private init(
        _ section: RuntimeConfiguration.Key,
        _ key: some RawRepresentable<String>,
        _ variables: String...,
        flag: String? = nil,
        isSecret: Bool = false
    ) {
        self.section = section
        self.key = key.rawValue
        self.variables = variables
        self.flag = flag
        self.isSecret = isSecret
    }

    /// All there are; whatever gives the value, its type and range are those of the file's setting.
    package static let all = [
        OverridableSetting(.settings, RuntimeSettings.Key.pluginTimeout, "PLUGINS_PLUGIN_TIMEOUT"),
        OverridableSetting(.settings, RuntimeSettings.Key.failOnPluginError, "PLUGINS_FAIL_ON_PLUGIN_ERROR"),
        OverridableSetting(.settings, RuntimeSettings.Key.executionPool, "PLUGINS_EXECUTION_POOL"),
        OverridableSetting(.settings, RuntimeSettings.Key.defaultHookPolicy, "PLUGINS_DEFAULT_HOOK_POLICY"),
        OverridableSetting(.settings, RuntimeSettings.Key.isolation, "PLUGINS_ISOLATION"),
        OverridableSetting(.settings, RuntimeSettings.Key.canOverrideRBAC, "PLUGINS_CAN_OVERRIDE_RBAC"),
        OverridableSetting(.settings, RuntimeSettings.Key.canOverrideAuthHeaders, "PLUGINS_CAN_OVERRIDE_AUTH_HEADERS"),
        OverridableSetting(.server, ServerSettings.Key.host, "HOOKGATE_HOST", "HOST", flag: "--host"),
        OverridableSetting(.server, ServerSettings.Key.port, "HOOKGATE_PORT", "PORT", flag: "--port"),
        OverridableSetting(.auth, AuthSettings.Key.required, "AUTH_REQUIRED"),
        OverridableSetting(.auth, AuthSettings.Key.jwtSecret, "JWT_SECRET_KEY", isSecret: true),
        OverridableSetting(.auth, AuthSettings.Key.audience, "JWT_AUDIENCE"),
        OverridableSetting(.auth, AuthSettings.Key.issuer, "JWT_ISSUER"),
    ]

    /// The setting, such as `server.port`.
    package var name: String { path.description }

    var path: ConfigPath { ConfigPath().key(section.rawValue).key(key) }

    /// The value that overrides the file's, and where it comes from.
    func value(in sources: ConfigurationSources) -> (text: String, source: SettingSource)? {
        if let flag, let text = sources.flags[flag] { return (text, .flag(flag)) }
        for variable in variables {
            if let text = sources.environment[variable], !text.isEmpty { return (text, .variable(variable)) }
        }
        return nil
    }
}
