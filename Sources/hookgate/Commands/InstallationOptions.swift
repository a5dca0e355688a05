import ArgumentParser
import GatewayApp
import Logging
import PluginRuntime

/// Options of all commands that load plugins.
struct InstallationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Search this directory for plugins first; may be repeated.", valueName: "dir"))
    var pluginDir: [String] = []

    @Option(
        help: ArgumentHelp(
            "Keep the database and private copies of plugins below this directory. Default: $HOOKGATE_DATA_DIR, else hookgate in "
                + "$XDG_STATE_HOME or ~/.local/state.",
            valueName: "dir"
        )
    )
    var dataDir: String?

    /// What the runtime needs to know.
    var runtimeOptions: RuntimeOptions {
        var options = RuntimeOptions(storeDirectory: (dataDir ?? DataDirectory.standard(.process)) + "/store")
        options.pluginDirectories = pluginDir
        options.logger = Self.logger
        options.environment = GatewayEnvironment.process.variables
        return options
    }

    /// Loads the plugins of a configuration, or says all that is wrong with it.
    func startRuntime(_ configuration: String) async throws(ExitCode) -> PluginRuntime {
        do throws(RuntimeError) {
            return try await PluginRuntime(configuration: configuration, options: runtimeOptions)
        } catch {
            StandardError.print(error.description)
            throw ExitStatus.invalidConfiguration
        }
    }

    /// Writes to standard error: what a command prints on standard output is its result alone.
    private static var logger: Logger {
        var logger = Logger(label: "hookgate") { StreamLogHandler.standardError(label: $0) }
        let level = GatewayEnvironment.process["LOG_LEVEL"]?.lowercased()
        logger.logLevel = level.flatMap { Logger.Level(rawValue: $0) } ?? .warning
        return logger
    }
}
