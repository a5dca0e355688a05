import GatewayTesting
import PluginPayloads
import TestSupport
import Testing

/// A row of the contract's table of examples: a configuration, what is asked, and all that is answered.
struct Row: Sendable, CustomTestStringConvertible {
    let number: Int
    let title: String
    /// The entries of `plugins`: what stands in the braces of each but `path`, which is that of a fixture.
    let plugins: [String]
    /// What stands in the braces of `plugin_settings`.
    let settings: String
    /// The lines that are asked.
    let lines: [String]
    /// The lines that are answered, each without what is null or empty.
    let answers: [String]
    let status: Int32

    init(
        _ number: Int,
        _ title: String,
        _ plugins: [String],
        settings: String = "",
        _ lines: [String],
        _ answers: [String],
        status: Int32 = 0
    ) {
        (self.number, self.title, self.plugins, self.settings) = (number, title, plugins, settings)
        (self.lines, self.answers, self.status) = (lines, answers, status)
    }

    var testDescription: String { "\(number): \(title)" }

    /// A configuration of these plugins: each an entry of `acts`.
    static func configuration(_ plugins: [String], settings: String = "") throws -> String {
        let path = try FixturePlugin.path("acts")
        let entries = plugins.map { "  - {path: \"\(path)\", \($0)}\n" }
        return "plugin_settings: {\(settings)}\nplugins:\(entries.isEmpty ? " []" : "")\n" + entries.joined()
    }

    /// What `hookgate hook invoke` answers to the row's lines on a site, without the files that plugins have written.
    func answer(on site: GatewaySite) async throws -> ChildProcess.Result {
        try site.configure(try Self.configuration(plugins, settings: settings))
        return try await Command.run(
            ["hook", "invoke", "--config", "$SITE/config.yaml"],
            lines,
            on: site
        )
    }
}

/// Lines for `hook invoke`.
enum Line {
    static func tool(_ name: String = "t", x: String = "x", _ context: String = "") -> String {
        #"{"hook": "tool_pre_invoke", "payload": {"name": "\#(name)", "args": {"x": "\#(x)"}}\#(context)}"#
    }

    static func toolPost(_ context: String = "") -> String {
        #"{"hook": "tool_post_invoke", "payload": {"name": "t", "result": null}\#(context)}"#
    }

    static func prompt(_ name: String = "p", x: String = "x") -> String {
        #"{"hook": "prompt_pre_fetch", "payload": {"prompt_id": "\#(name)", "args": {"x": "\#(x)"}}}"#
    }

    /// A context for a line.
    static func context(_ members: String) -> String { ", \"context\": {\(members)}" }
}

/// Answers of `hook invoke`, whole.
enum Answer {
    static let unchanged = passed()

    static func passed(_ payload: String = "null", metadata: String = "{}") -> String {
        #"{"continue_processing":true,"modified_payload":\#(payload),"violation":null,"error":null,"#
            + #""metadata":\#(metadata)}"#
    }

    /// The tool `t` with an argument `x` that was changed.
    static func changed(x: String, tool: String = "t") -> String {
        passed(#"{"name":"\#(tool)","args":{"x":"\#(x)"}}"#)
    }

    static func blocked(by plugin: String, code: String = "NO") -> String {
        #"{"continue_processing":false,"modified_payload":null,"violation":{"reason":"no","description":"never","#
            + #""code":"\#(code)","details":{},"mcp_error_code":null,"http_status_code":null,"http_headers":null,"#
            + #""plugin_name":"\#(plugin)"},"error":null,"metadata":{"_decision_plugin":"\#(plugin)"}}"#
    }

    static func failed(by plugin: String, _ message: String = "boom", code: String = "PLUGIN_ERROR") -> String {
        #"{"continue_processing":false,"modified_payload":null,"violation":null,"error":{"code":"\#(code)","#
            + #""message":"\#(message)","plugin_name":"\#(plugin)"},"metadata":{}}"#
    }
}

/// `hookgate`, as its users run it, on a site.
enum Command {
    static func run(
        _ arguments: [String],
        _ lines: [String] = [],
        on site: GatewaySite
    ) async throws -> ChildProcess.Result {
        let arguments = arguments.map { $0.replacing("$SITE", with: site.directory.path) }
        return try await Blocking.run {
            var result = try ChildProcess.run(
                BuiltProducts.directory() + "/hookgate",
                arguments,
                input: lines.map { $0 + "\n" }.joined(),
                environment: [
                    "HOOKGATE_DATA_DIR": site.data, "LOG_LEVEL": "critical", "SWIFT_BACKTRACE": "enable=no",
                    "PLUGINS_ENABLED": "", "PLUGINS_CONFIG_FILE": "", "PLUGIN_CONFIG_FILE": "",
                    "PLUGINS_ISOLATION": site.isolationVariable,
                ]
            )
            result.output = site.shortened(result.output)
            result.errors = site.shortened(result.errors)
            return result
        }
    }
}
