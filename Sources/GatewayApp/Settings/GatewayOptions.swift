package import Logging

/// What a gateway is started with: flags where they are given, else variables, else defaults.
package struct GatewayOptions: Sendable, Equatable {
    /// The configuration file; without one there are no plugins.
    package var configuration: String?
    /// Whether plugins run.
    package var pluginsEnabled: Bool
    package var dataDirectory: String
    /// Directories that are searched for plugins before those of the configuration.
    package var pluginDirectories: [String]
    /// Whether the gateway may be reached from other machines without authentication.
    package var isInsecureAllowed = false
    package var logLevel: Logger.Level
    /// `nil` for text on a terminal and JSON elsewhere.
    package var logFormat: LogFormat?
    /// What all this was read from, for the configuration's templates and settings.
    package var environment: GatewayEnvironment
    /// Flags that override settings of the configuration file, by their names.
    package var settingFlags: [String: String]

    /// Flags of the command line; `nil` or empty if they were not given.
    package struct Flags: Sendable {
        package var configuration: String?
        package var host: String?
        package var port: Int?
        package var dataDirectory: String?
        package var pluginDirectories: [String] = []
        package var logFormat: LogFormat?
        package var isInsecureAllowed = false

        package init() {}

        /// Those that override settings of the configuration file.
        package var settings: [String: String] {
            var settings: [String: String] = [:]
            settings["--host"] = host
            settings["--port"] = port.map(String.init)
            return settings
        }
    }

    /// Where ContextForge keeps its configuration; it counts if plugins are switched on and no file is named.
    private static let standardConfiguration = "plugins/config.yaml"

    /// Puts flags and variables together.
    ///
    /// - Throws: ``GatewayFailure`` if a variable's value makes no sense.
    package init(_ flags: Flags, _ environment: GatewayEnvironment) throws(GatewayFailure) {
        let switchedOn = try Self.boolean("PLUGINS_ENABLED", environment)
        let named = flags.configuration ?? environment["PLUGINS_CONFIG_FILE"] ?? environment["PLUGIN_CONFIG_FILE"]
        configuration = named ?? (switchedOn == true ? Self.standardConfiguration : nil)
        pluginsEnabled = switchedOn ?? (configuration != nil)
        dataDirectory = flags.dataDirectory ?? DataDirectory.standard(environment)
        pluginDirectories = flags.pluginDirectories
        logLevel = try Logger.Level.named(in: environment) ?? .info
        logFormat = flags.logFormat
        isInsecureAllowed = flags.isInsecureAllowed
        self.environment = environment
        settingFlags = flags.settings
    }

    private static func boolean(_ name: String, _ environment: GatewayEnvironment) throws(GatewayFailure) -> Bool? {
        guard let text = environment[name] else { return nil }
        switch text.lowercased() {
        case "1", "true", "yes", "on": return true
        case "0", "false", "no", "off": return false
        default: throw GatewayFailure("\(name)=\(text): expected true or false")
        }
    }
}
