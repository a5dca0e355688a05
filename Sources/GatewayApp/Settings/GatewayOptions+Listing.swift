import Logging
package import PluginConfig
import PluginPayloads

extension GatewayOptions.Flags {
    /// What a gateway is started with besides its configuration file, and where each comes from.
    package func listed(_ environment: GatewayEnvironment, _ options: GatewayOptions) -> [ListedSetting] {
        func setting(
            _ path: String,
            _ value: JSONValue,
            flag: String? = nil,
            _ variables: String...
        ) -> ListedSetting {
            let variable = variables.first { environment[$0] != nil }
            let source = flag.map(SettingSource.flag) ?? variable.map(SettingSource.variable) ?? .standard
            return ListedSetting(path: path, value: value, source: source.description)
        }
        let configuration = options.configuration.map(JSONValue.string) ?? .null
        return [
            setting(
                "gateway.config",
                configuration,
                flag: self.configuration == nil ? nil : "--config",
                "PLUGINS_CONFIG_FILE",
                "PLUGIN_CONFIG_FILE"
            ),
            setting("gateway.plugins_enabled", .bool(options.pluginsEnabled), "PLUGINS_ENABLED"),
            setting(
                "gateway.data_dir",
                .string(options.dataDirectory),
                flag: dataDirectory == nil ? nil : "--data-dir",
                "HOOKGATE_DATA_DIR"
            ),
            setting(
                "gateway.plugin_dir",
                .array(options.pluginDirectories.map(JSONValue.string)),
                flag: pluginDirectories.isEmpty ? nil : "--plugin-dir"
            ),
            setting("gateway.log_level", .string(options.logLevel.rawValue), "LOG_LEVEL", "PLUGINS_LOG_LEVEL"),
        ]
    }
}
