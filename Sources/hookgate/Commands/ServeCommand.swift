import ArgumentParser
import GatewayApp
import PluginRuntime

/// The command `hookgate serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the gateway.",
        discussion: """
            Examples:
              hookgate serve --config plugins.yaml
              hookgate serve --config plugins.yaml --port 8000 --plugin-dir ./drop

            Without a configuration file the gateway runs without plugins. Flags come
            before variables, and variables before the configuration file. A file .env
            in the working directory stands in for variables that are unset.

              PLUGINS_CONFIG_FILE   the configuration file; also PLUGIN_CONFIG_FILE
              PLUGINS_ENABLED       false: no plugin is opened; true, and no file
                                    named: plugins/config.yaml
              HOST, PORT            where to listen; also HOOKGATE_HOST and _PORT,
                                    which come first
              HOOKGATE_DATA_DIR     where the database and copies of plugins are
              LOG_LEVEL             trace, debug, info, notice, warning, error or
                                    critical; also PLUGINS_LOG_LEVEL
              NO_COLOR              no colours on a terminal

            Variables for settings of the file, such as PLUGINS_PLUGIN_TIMEOUT, are
            listed by hookgate config show --help.

            SIGHUP reloads configuration and plugins (see hookgate reload). SIGTERM
            and SIGINT let requests end, stop the plugins, and end the process with
            status 0; SIGQUIT does not wait for requests.

            Exit status: 0 stopped, 1 it could not start or go on, 2 a variable makes
            no sense, 3 invalid configuration.
            """
    )

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The address to listen on. Default: 127.0.0.1.", valueName: "host"))
    var host: String?

    @Option(help: ArgumentHelp("The port to listen on; 0 for any that is free. Default: 4444.", valueName: "port"))
    var port: Int?

    @Option(help: ArgumentHelp("How log lines look. Default: text on a terminal, else json.", valueName: "format"))
    var logFormat: LogFormat?

    @Flag(help: "Let other machines reach the gateway although authentication is off.")
    var insecureNoAuth = false

    @OptionGroup var installation: InstallationOptions

    func validate() throws {
        if let port, !(0...65_535).contains(port) {
            throw ValidationError("--port: expected 0 to 65535, found \(port)")
        }
    }

    @concurrent
    func run() async throws {
        var flags = GatewayOptions.Flags()
        flags.configuration = config
        flags.host = host
        flags.port = port
        flags.dataDirectory = installation.dataDir
        flags.pluginDirectories = installation.pluginDir
        flags.logFormat = logFormat
        flags.isInsecureAllowed = insecureNoAuth
        let environment = GatewayEnvironment.process
        let options: GatewayOptions
        do throws(GatewayFailure) { options = try GatewayOptions(flags, environment) } catch {
            StandardError.print("error: \(error)")
            throw ExitStatus.badInput
        }
        let log = GatewayLog(level: options.logLevel, format: options.logFormat, environment: environment)
        do {
            try await Gateway(options, log).run()
            log.flush()
        } catch let error as RuntimeError {
            log.flush()
            StandardError.print(error.description)
            throw ExitStatus.invalidConfiguration
        } catch {
            log.flush()
            StandardError.print("error: \(error)")
            throw ExitCode.failure
        }
    }
}

extension LogFormat: ExpressibleByArgument {}
