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

    /// What the runtime needs to know; a variable that makes no sense ends the command.
    func runtimeOptions() throws(ExitCode) -> RuntimeOptions {
        let directory = DataDirectory(existing: dataDir ?? DataDirectory.standard(.process))
        var options = RuntimeOptions(storeDirectory: directory.store)
        options.quarantineFile = directory.quarantineFile
        options.pluginDirectories = pluginDir
        options.logger = try Self.logger()
        options.environment = GatewayEnvironment.process.variables
        return options
    }

    /// Loads the plugins of a configuration, or says all that is wrong with it.
    func startRuntime(_ configuration: String) async throws(ExitCode) -> PluginRuntime {
        let options = try runtimeOptions()
        do throws(RuntimeError) {
            return try await PluginRuntime(configuration: configuration, options: options)
        } catch {
            StandardError.print(error.description)
            throw ExitStatus.invalidConfiguration
        }
    }

    /// Writes to standard error: what a command prints on standard output is its result alone.
    private static func logger() throws(ExitCode) -> Logger {
        var logger = Logger(label: "hookgate") { StreamLogHandler.standardError(label: $0) }
        do throws(GatewayFailure) { logger.logLevel = try Logger.Level.named(in: .process) ?? .warning } catch {
            StandardError.print("error: \(error)")
            throw ExitStatus.badInput
        }
        return logger
    }
}
