import GatewayTesting
import IsolationTesting
import PluginPayloads
import TestSupport
import Testing

@Suite("Contract 9.3: Configuration")
struct ConfigurationTests {
    @Test(
        "Row",
        arguments: [
            (
                "45: mode: bogus", "{name: P, kind: k, mode: bogus}",
                "mode: expected enforce, enforce_ignore_error, permissive, audit, concurrent, fire_and_forget, "
                    + "disabled, sequential or transform, found \"bogus\""
            ),
            (
                "47: an external plugin with two transports",
                "{name: P, kind: external, mcp: {proto: STDIO, cmd: x}, unix_socket: {path: /s}}",
                "unix_socket: an external plugin has exactly one transport, found mcp, unix_socket"
            ),
            (
                "49: STREAMABLEHTTP without a url", "{name: P, kind: external, mcp: {proto: STREAMABLEHTTP}}",
                "mcp.url: is required with proto: STREAMABLEHTTP"
            ),
            (
                "49: proto: HTTP", "{name: P, kind: external, mcp: {proto: HTTP, url: \"http://localhost/mcp\"}}",
                "mcp.proto: HTTP is no transport of MCP"
            ),
        ]
    )
    func refused(row: String, entry: String, problem: String) async throws {
        let site = try GatewaySite("plugins:\n  - \(entry)\n")
        for command in [["config", "check", "$SITE/config.yaml"], ["serve", "--config", "$SITE/config.yaml"]] {
            let result = try await Command.run(command, on: site)
            #expect(result.status == 3, "\(row)")
            let text = result.output + result.errors
            #expect(text.contains(": error: plugins[0].\(problem)\n"), "\(row): \(text)")
        }
    }

    private static let missing = "- {name: Gone, path: nowhere.so}"

    @Test("Row 51: a plugin that cannot be loaded is skipped, and the log and /ready name it", .inBothIsolations)
    func skipped() async throws {
        let path = try FixturePlugin.path("acts")
        let site = try GatewaySite(
            "plugins:\n  \(Self.missing)\n  - {name: There, path: \"\(path)\", hooks: [tool_pre_invoke]}\n"
        )
        let gateway = try await GatewayProcess.serving(site)
        let plugins = try await gateway.client("GET /plugins").json.array
        #expect(
            plugins?.map { "\($0["name"]?.string ?? ""): \($0["status"]?.string ?? "")" }.sorted()
                == ["Gone: failed", "There: active"]
        )
        let ready = try await gateway.client("GET /ready")
        #expect(ready.status == 200)
        #expect(try ready.json["degraded"] == ["Gone"])
        #expect(try await gateway.stop() == 0)
        let leftOut = gateway.log.entries.filter { $0["message"] == "plugin is left out" }
        #expect(leftOut.map { $0["plugin"] } == ["Gone"], "\(gateway.log.text)")
    }

    @Test("Row 51: with fail_on_plugin_error it is an error of the start that names it")
    func startupError() async throws {
        let site = try GatewaySite(
            "plugin_settings: {fail_on_plugin_error: true}\nplugins:\n  \(Self.missing)\n"
        )
        let result = try await Command.run(["serve", "--port", "0", "--config", "$SITE/config.yaml"], on: site)
        #expect(result.status == 3)
        #expect(result.errors.contains("$SITE/nowhere.so"), "\(result.errors)")
    }

    @Test(
        "Row 53: PLUGINS_ENABLED=false: the gateway runs, calls no hook, and says nothing of plugins",
        .inBothIsolations
    )
    func switchedOff() async throws {
        let site = try GatewaySite()
        try site.configure(
            try Row.configuration(["name: P, config: {deny: NO, note: \(site.directory("notes"))}"])
        )
        let gateway = try await GatewayProcess.serving(site, environment: ["PLUGINS_ENABLED": "false"])
        let client = try await gateway.client
        #expect(try await client("POST /prompts", ["name": "p", "template": "Hello"]).status == 200)
        #expect(try await client("POST /prompts/p", [:]).rendered == "Hello")
        #expect(try await gateway.stop() == 0)
        #expect(!(try Files.names(in: site.directory.path).contains("notes")))
        let lines = gateway.log.entries.filter { entry in
            (entry["plugin"] != nil && entry["plugin"] != .null) || entry["hook"] != nil
        }
        #expect(lines.isEmpty, "\(gateway.log.text)")
    }
}
