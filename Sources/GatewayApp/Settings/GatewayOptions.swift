package import Logging

/// What a gateway is started with: flags where they are given, else variables, else defaults.
package struct GatewayOptions: Sendable, Equatable {
    /// The configuration file; without one there are no plugins.
    package var configuration: String?
    /// Whether plugins run.
    package var pluginsEnabled: Bool
    /// `nil` for what the configuration file says.
    package var host: String?
    /// `nil` for what the configuration file says.
    package var port: Int?
    package var dataDirectory: String
    /// Directories that are searched for plugins before those of the configuration.
    package var pluginDirectories: [String]
    package var logLevel: Logger.Level
    /// `nil` for text on a terminal and JSON elsewhere.
    package var logFormat: LogFormat?
    /// What all this was read from, for the configuration's templates.
    package var environment: GatewayEnvironment

    /// Flags of the command line; `nil` or empty if they were not given.
    package struct Flags: Sendable {
        package var configuration: String?
        package var host: String?
        package var port: Int?
        package var dataDirectory: String?
        package var pluginDirectories: [String] = []
        package var logFormat: LogFormat?

        package init() {}
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
        host = flags.host ?? environment["HOOKGATE_HOST"]
        let port = try Self.port("HOOKGATE_PORT", environment)
        self.port = flags.port ?? port
        dataDirectory = flags.dataDirectory ?? DataDirectory.standard(environment)
        pluginDirectories = flags.pluginDirectories
        logLevel = try Self.logLevel(environment)
        logFormat = flags.logFormat
        self.environment = environment
    }

    private static func boolean(_ name: String, _ environment: GatewayEnvironment) throws(GatewayFailure) -> Bool? {
        guard let text = environment[name] else { return nil }
        switch text.lowercased() {
        case "1", "true", "yes", "on": return true
        case "0", "false", "no", "off": return false
        default: throw GatewayFailure("\(name)=\(text): expected true or false")
        }
    }

    private static func port(_ name: String, _ environment: GatewayEnvironment) throws(GatewayFailure) -> Int? {
        guard let text = environment[name] else { return nil }
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw GatewayFailure("\(name)=\(text): expected a port, from 0 to 65535")
        }
        return port
    }

    private static func logLevel(_ environment: GatewayEnvironment) throws(GatewayFailure) -> Logger.Level {
        guard let text = environment["LOG_LEVEL"]?.lowercased() else { return .info }
        if text == "warn" { return .warning }
        guard let level = Logger.Level(rawValue: text) else {
            let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw GatewayFailure("LOG_LEVEL=\(text): expected one of \(known)")
        }
        return level
    }
}
