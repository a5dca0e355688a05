import ArgumentParser
import PluginPayloads
import PluginRuntime

/// The command `hookgate hook`.
struct HookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook",
        abstract: "Runs hooks by hand.",
        subcommands: [Invoke.self]
    )

    /// The command `hookgate hook invoke`.
    struct Invoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Runs hooks on payloads from standard input, one JSON object a line.",
            discussion: """
                A line:   {"hook": "tool_pre_invoke", "payload": {"name": "search", "args": {"q": "swift"}},
                           "context": {"request_id": "1", "user": "ada@example.com"}}
                Answer:   {"continue_processing": true, "modified_payload": null, "violation": null,
                           "error": null, "metadata": {}}

                "context" may also have tenant_id, server_id and content_type. Lines with the same request_id are
                one request, whose plugins keep their state from line to line; a line without one belongs to the
                request of the line before.

                Exit status: 0 all allowed, 2 a line was no valid input, 3 invalid configuration, 11 a call failed,
                else 10 if a call was blocked.
                """
        )

        @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
        var config: String

        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let runtime: PluginRuntime
            do throws(RuntimeError) {
                runtime = try await PluginRuntime(configuration: config, options: installation.runtimeOptions)
            } catch {
                StandardError.print(error.description)
                throw ExitStatus.invalidConfiguration
            }
            let status = await withTaskExecutorPreference(runtime.executor) { await Self.answerLines(runtime) }
            await runtime.shutdown()
            if let status { throw status }
        }

        private static func answerLines(_ runtime: PluginRuntime) async -> ExitCode? {
            var session = InvocationSession(runtime)
            var number = 0
            while let line = readLine() {
                number += 1
                if line.utf8.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
                do throws(InvocationLine.Failure) {
                    print(JSONValue.object(try await session.answer(line).object))
                } catch {
                    session.hasBadInput = true
                    StandardError.print("standard input, line \(number): error: \(error.description)")
                }
            }
            return session.exitStatus
        }
    }
}
