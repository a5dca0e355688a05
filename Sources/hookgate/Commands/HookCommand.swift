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
                request of the line before. The first line of a request says whose it is.

                Exit status: 0 all allowed, 2 a line was no valid input, 3 invalid configuration, 11 a call failed,
                else 10 if a call was blocked.
                """
        )

        @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
        var config: String

        @Flag(help: "Adds to each answer what every plugin did: verdict, effect, time.")
        var executions = false

        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let output = StandardOutput()
            let runtime = try await installation.startRuntime(config)
            let status = await withTaskExecutorPreference(runtime.executor) {
                await Self.answerLines(InvocationSession(runtime, recordsExecutions: executions), output)
            }
            await runtime.shutdown()
            if let status { throw status }
        }

        private static func answerLines(_ session: InvocationSession, _ output: StandardOutput) async -> ExitCode? {
            var session = session
            var lines = InputLines()
            var number = 0
            while let line = lines.next() {
                number += 1
                let place = "standard input, line \(number)"
                do throws(InvocationLine.Failure) {
                    guard let answer = try await session.answer(line) else { continue }
                    if let warning = answer.warning { StandardError.print("\(place): warning: \(warning)") }
                    output.print(JSONValue.object(answer.outcome.object).description)
                } catch {
                    session.hasBadInput = true
                    StandardError.print("\(place): error: \(error.description)")
                }
            }
            return session.exitStatus
        }
    }
}
