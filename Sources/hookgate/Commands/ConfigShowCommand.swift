import ArgumentParser
import GatewayApp
import PluginConfig
import PluginPayloads

extension ConfigCommand {
    /// The command `hookgate config show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows what a configuration says, or with --effective all settings that hold.",
            discussion: """
                Each setting has its value and where that comes from: a flag, an
                environment variable, a line of the file, or the default. Secrets are
                shown as ********: what a template has put in, and what is at a key with a
                name such as api_key or password.

                Variables that override settings of the file:
                \(OverridableSetting.help)

                Variables that limit what the file itself may cost:
                \(ReaderLimit.help)

                Exit status 3 if the configuration is invalid.
                """
        )

        @Argument(help: "The configuration file. Default: $PLUGINS_CONFIG_FILE.")
        var file: String?

        @Flag(help: "Show every setting that there is, with defaults and what overrides the file.")
        var effective = false

        @Option(help: "How to print it.")
        var format = OutputFormat.text

        @Option(help: ArgumentHelp("As of hookgate serve.", valueName: "host"))
        var host: String?

        @Option(help: ArgumentHelp("As of hookgate serve.", valueName: "port"))
        var port: Int?

        @OptionGroup var installation: InstallationOptions

        func run() throws {
            let options: GatewayOptions
            let environment = GatewayEnvironment.process
            do throws(GatewayFailure) { options = try GatewayOptions(flags, environment) } catch {
                StandardError.print("error: \(error)")
                throw ExitStatus.badInput
            }
            guard effective || options.configuration != nil else {
                StandardError.print("error: no configuration file: name one, or set PLUGINS_CONFIG_FILE")
                throw ExitStatus.badInput
            }
            let modes: [String: String]
            do throws(GatewayFailure) {
                modes = try DataDirectory(existing: options.dataDirectory).modeFile.modes()
            } catch {
                StandardError.print("error: \(error)")
                throw ExitStatus.badInput
            }
            let loaded = ConfigurationLoader.list(
                path: options.configuration,
                sources: ConfigurationSources(environment: environment.variables, flags: options.settingFlags),
                isEffective: effective,
                modes: modes
            )
            if !loaded.problems.isEmpty { StandardError.print(String(loaded.report.dropLast())) }
            guard let settings = loaded.content else { throw ExitStatus.invalidConfiguration }
            show((effective ? flags.listed(environment, options) : []) + settings)
        }

        private var flags: GatewayOptions.Flags {
            var flags = GatewayOptions.Flags()
            flags.configuration = file
            flags.host = host
            flags.port = port
            flags.dataDirectory = installation.dataDir
            flags.pluginDirectories = installation.pluginDir
            return flags
        }

        private func show(_ settings: [ListedSetting]) {
            switch format {
            case .text: print(SettingTable(settings, usesColour: Terminal.hasColours).text, terminator: "")
            case .json: print(JSONValue.array(settings.map { .object($0.object) }))
            }
        }
    }
}

extension ListedSetting {
    /// The setting as programs read it.
    fileprivate var object: JSONObject {
        ["setting": .string(path), "value": value, "source": .string(source), "secret": .bool(isSecret)]
    }
}

extension OverridableSetting {
    /// The variables and their settings, a line for each.
    fileprivate static var help: String {
        all.map { "  \($0.variables.joined(separator: ", "))\n      \($0.name)" }.joined(separator: "\n")
    }
}

extension ReaderLimit {
    /// The variables and what they limit, a line for each.
    fileprivate static var help: String {
        all.map { "  \($0.variable)\n      \($0.text) Default: \($0.standard)." }.joined(separator: "\n")
    }
}
