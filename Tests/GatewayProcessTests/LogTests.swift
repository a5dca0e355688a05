import GatewayTesting
import IsolationTesting
import PluginPayloads
import TestSupport
import Testing

@Suite("The log of a gateway")
struct LogTests {
    /// Must not be in the log, wherever it was in a request.
    private static let marker = "Xyzzy-4711"

    @Test(
        "has one line for each request, with the plugin that blocked it, and nothing that requests hold",
        .inBothIsolations
    )
    func accessLines() async throws {
        let path = try FixturePlugin.path("prompt_guard")
        let site = try GatewaySite("plugins: [{name: Guard, path: \"\(path)\"}]")
        let gateway = try await GatewayProcess.serving(site, environment: ["LOG_LEVEL": "debug"])
        let client = try await gateway.client
        let secret: JSONValue = .string(Self.marker)
        let template: JSONValue = .string("{{ text }} \(Self.marker)")
        let requests: [(line: String, body: JSONValue?, status: Int)] = [
            ("POST /prompts", ["name": "p", "template": template, "description": secret], 200),
            ("POST /prompts", ["name": "p", "template": template], 409),
            ("POST /prompts", ["name": secret, "template": [secret]], 422),
            ("POST /prompts/p", ["text": secret], 200),
            ("POST /prompts/p", ["act": "deny", "text": secret], 422),
            ("POST /v1/prompts/p/render", ["arguments": ["act": "fail", "text": secret]], 500),
            ("PUT /prompts/p", ["description": secret], 200),
            ("GET /prompts/p?text=\(Self.marker)", nil, 200),
            ("GET /prompts/none", nil, 404),
            ("GET /nothing", nil, 404),
        ]
        for (number, request) in requests.enumerated() {
            let response = try await client(request.line, request.body, headers: ["X-Request-Id": "r\(number)"])
            #expect(response.status == request.status, "\(request.line)")
        }
        let broken = ClientRequest("POST /prompts/p", Array("{\"\(Self.marker)\": 1".utf8), ["X-Request-Id": "r10"])
        #expect(try await client.send(broken).status == 400)
        #expect(try await gateway.stop() == 0)
        let lines = gateway.log.entries.filter { $0["message"] == "request" }
        #expect(
            lines.map { entry in
                [entry["request_id"], entry["method"], entry["path"], entry["status"], entry["plugin"]]
                    .compactMap { $0.map { $0.string ?? $0.description } }.joined(separator: " ")
            } == [
                "r0 POST /prompts 200", "r1 POST /prompts 409", "r2 POST /prompts 422", "r3 POST /prompts/p 200",
                "r4 POST /prompts/p 422 Guard", "r5 POST /v1/prompts/p/render 500 Guard", "r6 PUT /prompts/p 200",
                "r7 GET /prompts/p 200", "r8 GET /prompts/none 404", "r9 GET /nothing 404", "r10 POST /prompts/p 400",
            ]
        )
        #expect(lines.allSatisfy { $0["microseconds"]?.int ?? -1 >= 0 && $0["bytes"]?.int ?? 0 > 0 })
        // All lines are JSON, and the plugin's own text is for the operator.
        #expect(gateway.log.entries.count == gateway.log.lines.count)
        #expect(
            gateway.complaints == [
                "plugin failed | Guard | PLUGIN_ERROR: the disk is full"
            ]
        )
        #expect(!gateway.log.text.contains(Self.marker))
    }

    @Test("is silent about requests from level warning on, and text if that is asked for")
    func levels() async throws {
        let site = try GatewaySite("plugins: [{name: gone, path: gone.so}]")
        // No line says where it listens.
        let quiet = try GatewayProcess(
            site,
            ["--config", "$SITE/config.yaml", "--log-format", "text"],
            environment: ["LOG_LEVEL": "warning"]
        )
        try await quiet.log.waitForText("plugin is left out")
        try await quiet.kill()
        let lines = quiet.log.lines.filter { !$0.contains("authentication is off") }
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.dropFirst(13).hasPrefix("error    ") })
        #expect(lines.last?.contains(" plugin is left out plugin=gone reason=") == true)
    }
}
