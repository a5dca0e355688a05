import ArgumentParser

/// The command line.
@main
struct Hookgate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hookgate",
        abstract: "Runs native plugins in front of MCP and AI services.",
        discussion: """
            Examples:
              hookgate serve --config plugins.yaml
              hookgate reload
              hookgate user add ada@example.com --role developer
              hookgate config check plugins.yaml
              hookgate config show --effective plugins.yaml
              hookgate plugin list --config plugins.yaml
              hookgate plugin inspect plugins/regex_filter.so
              echo '{"hook": "tool_pre_invoke", "payload": {"name": "search", "args": {}}}' \\
                | hookgate hook invoke --config plugins.yaml

            Exit status: 0 done, 1 failure, 2 bad input, 3 invalid configuration, 10 a call was blocked,
            11 a call failed, 64 wrong usage.
            """,
        subcommands: [
            ServeCommand.self, ReloadCommand.self, ConfigCommand.self, PluginCommand.self, HookCommand.self,
            UserCommand.self, TokenCommand.self, VersionCommand.self,
        ]
    )
}

/// Exit statuses of the commands.
enum ExitStatus {
    static let badInput = ExitCode(2)
    static let invalidConfiguration = ExitCode(3)
    static let blocked = ExitCode(10)
    static let failed = ExitCode(11)
}
