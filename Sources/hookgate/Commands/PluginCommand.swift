import ArgumentParser
import PluginPayloads
import PluginRuntime

/// The command `hookgate plugin`.
struct PluginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin",
        abstract: "Looks at plugins, signs them, and lets them out of quarantine.",
        subcommands: [List.self, Inspect.self, Keygen.self, Sign.self, Verify.self, QuarantineCommand.self]
    )

    /// The command `hookgate plugin list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Loads the plugins of a configuration and shows what became of each."
        )

        @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
        var config: String

        @Option(help: "How to print the list.")
        var format = OutputFormat.text

        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let output = StandardOutput()
            let runtime = try await installation.startRuntime(config)
            let plugins = runtime.plugins
            await runtime.shutdown()
            switch format {
            case .text: output.print(PluginTable(plugins).text)
            case .json: output.print(JSONValue.array(plugins.map { .object($0.object) }).description)
            }
        }
    }

    /// The command `hookgate plugin inspect`.
    struct Inspect: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads what a plugin's file says about itself, without running any of its code.",
            discussion: """
                It also says whether the file would be trusted: by the section `trust` of the configuration, or without
                one by its owner and mode alone.
                """
        )

        @Argument(help: "The plugin's file.")
        var file: String

        @Option(help: ArgumentHelp("A configuration file, which says what is trusted.", valueName: "file"))
        var config: String?

        @Option(help: "How to print it.")
        var format = OutputFormat.text

        func run() throws {
            let description: PluginDescription
            do throws(RuntimeError) { description = try PluginDescription(file: file, configuration: config) } catch {
                StandardError.print(error.description)
                throw ExitCode.failure
            }
            switch format {
            case .text: print(description.text)
            case .json: print(JSONValue.object(description.object))
            }
        }
    }
}
