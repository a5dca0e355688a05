import ArgumentParser
import Glibc
import Logging
import PluginRuntime

/// Options of all commands that load plugins.
struct InstallationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Search this directory for plugins first; may be repeated.", valueName: "dir"))
    var pluginDir: [String] = []

    @Option(
        help: ArgumentHelp(
            "Keep private copies of plugins below this directory. Default: $HOOKGATE_DATA_DIR, else hookgate in "
                + "$XDG_STATE_HOME or ~/.local/state.",
            valueName: "dir"
        )
    )
    var dataDir: String?

    /// What the runtime needs to know.
    var runtimeOptions: RuntimeOptions {
        let directory = dataDir ?? Environment["HOOKGATE_DATA_DIR"]
        var options = RuntimeOptions(storeDirectory: directory.map { $0 + "/store" })
        options.pluginDirectories = pluginDir
        options.logger = Self.logger
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
        let level = Environment["LOG_LEVEL"]?.lowercased()
        logger.logLevel = level.flatMap { Logger.Level(rawValue: $0) } ?? .warning
        return logger
    }
}

/// Environment variables.
enum Environment {
    /// The value of a variable; `nil` if it is unset or empty.
    static subscript(name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}
