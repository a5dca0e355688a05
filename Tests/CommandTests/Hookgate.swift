import TestSupport

/// The command line, run as its users do, in a directory of its own.
struct Hookgate {
    let directory: TemporaryDirectory

    /// Makes the directory, and `config.yaml` in it.
    init(_ configuration: String = "") throws {
        directory = try TemporaryDirectory()
        try directory.write(configuration, to: "config.yaml")
    }

    /// Runs a command; `$HERE` in arguments and results stands for the directory.
    func callAsFunction(
        _ arguments: String...,
        input: [String] = [],
        environment: [String: String] = [:]
    ) throws -> ChildProcess.Result {
        try self(arguments, input: input, environment: environment)
    }

    /// Runs a command with a list of arguments.
    func callAsFunction(
        _ arguments: [String],
        input: [String] = [],
        environment: [String: String] = [:]
    ) throws -> ChildProcess.Result {
        var result = try ChildProcess.run(
            BuiltProducts.directory() + "/hookgate",
            arguments.map { $0.replacing("$HERE", with: directory.path) },
            input: input.map { $0 + "\n" }.joined(),
            environment: [
                "HOOKGATE_DATA_DIR": directory("data"), "LOG_LEVEL": "critical", "SWIFT_BACKTRACE": "enable=no",
                "HOST": "", "PORT": "", "HOOKGATE_HOST": "", "HOOKGATE_PORT": "", "PLUGINS_CONFIG_FILE": "",
                "PLUGIN_CONFIG_FILE": "", "PLUGINS_ENABLED": "",
            ].merging(environment) { _, given in given }
        )
        result.output = result.output.replacing(directory.path, with: "$HERE")
        result.errors = result.errors.replacing(directory.path, with: "$HERE")
        return result
    }

    /// Runs a session of `hook invoke`.
    func invoke(_ lines: String...) throws -> ChildProcess.Result {
        try self("hook", "invoke", "--config", "$HERE/config.yaml", input: lines)
    }
}
