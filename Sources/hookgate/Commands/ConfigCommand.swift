import ArgumentParser
import PluginConfig
import PluginPayloads
import PluginRuntime

/// The command `hookgate config`.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Looks at configuration files.",
        subcommands: [Check.self, Show.self, Schema.self]
    )

    /// The command `hookgate config check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says all that is wrong with a configuration, without starting anything.",
            discussion: """
                Every enabled plugin is tried in a child process, which asks it what it thinks of its configuration.
                Exit status 3 if there is an error; warnings alone do not change it.
                """
        )

        @Argument(help: "The configuration file.")
        var file: String

        @Option(help: "How to print what is wrong.")
        var format = OutputFormat.text

        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let problems = try await PluginRuntime.check(configuration: file, options: installation.runtimeOptions())
            switch format {
            case .text:
                for problem in problems { print(problem.text) }
                if problems.isEmpty { print("\(file): no problems") }
            case .json:
                print(JSONValue.array(problems.map { .object($0.object) }))
            }
            if problems.contains(where: \.isError) { throw ExitStatus.invalidConfiguration }
        }
    }
}

extension ConfigCommand {
    /// The command `hookgate config schema`.
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a JSON Schema of the configuration file, for editors.",
            discussion: """
                Example: hookgate config schema > hookgate.schema.json, and as the first
                line of a configuration:
                # yaml-language-server: $schema=hookgate.schema.json
                """
        )

        func run() {
            print(ConfigurationSchema.value)
        }
    }
}

/// For people, or for programs.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}

extension RuntimeProblem {
    /// The problem as programs read it.
    var object: JSONObject {
        [
            "severity": isError ? "error" : "warning", "file": .string(file),
            "line": line.map { .int(Int64($0)) } ?? .null, "column": column.map { .int(Int64($0)) } ?? .null,
            "path": .string(path), "message": .string(message), "hint": hint.map(JSONValue.string) ?? .null,
        ]
    }
}
