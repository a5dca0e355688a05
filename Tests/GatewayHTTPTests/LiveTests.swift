import GatewayHTTP
import GatewayTesting
import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A server with real plugins", .inBothIsolations)
struct LiveTests {
    private static func site() throws -> GatewaySite {
        let guardPath = try FixturePlugin.path("prompt_guard")
        let site = try GatewaySite(
            """
            drop_dirs: [drop]
            plugins:
              - {name: First, kind: one, priority: 1}
              - {name: Guard, path: "\(guardPath)", priority: 2}
              - {name: Last, kind: two, priority: 3}
            """
        )
        try site.drop("one", mark: "1")
        try site.drop("two", mark: "2")
        return site
    }

    @Test("runs them in their order, and answers what they decide")
    func hooks() async throws {
        try await LiveGateway.run(try Self.site()) { gateway in
            let client = gateway.client
            _ = try await client("POST /prompts", ["name": "p", "template": "{{ text }}:{{ marks }}"])
            #expect(try await client("POST /prompts/p", ["text": "Größe"]).rendered == "Größe:12")
            #expect(try await client("GET /prompts/p").rendered == ":12")
            #expect(
                try await client("POST /prompts/p", ["act": "deny", "text": "bad"]).line
                    == #"422 {"message":"prompt_pre_fetch blocked by plugin Guard: deny - Prompt not allowed "#
                    + #"(a word of the list)","details":{"reason":"Prompt not allowed","#
                    + #""description":"a word of the list","code":"deny","details":{"found":"bad"},"#
                    + #""mcp_error_code":null,"http_status_code":null,"http_headers":null,"plugin_name":"Guard"}}"#
            )
            #expect(
                try await client("POST /prompts/p", ["act": "fail"]).line
                    == #"500 {"message":"prompt_pre_fetch failed: plugin Guard: PLUGIN_ERROR","#
                    + #""details":{"code":"PLUGIN_ERROR","plugin_name":"Guard"}}"#
            )
            #expect(gateway.access.entries.map(\.plugin) == [nil, nil, nil, "Guard", "Guard"])
            let plugins = try #require(try await client("GET /plugins").json.array)
            #expect(plugins.map { $0["name"]?.string } == ["First", "Guard", "Last"])
            #expect(plugins.map { $0["status"]?.string } == ["active", "active", "active"])
            #expect(
                plugins.first?.object?.map(\.key) == [
                    "name", "kind", "version", "author", "description", "hooks", "tags", "mode", "priority", "status",
                    "reason", "isolation", "file", "sha256",
                ]
            )
        }
    }

    @Test("takes a new build with the next request")
    func reload() async throws {
        let site = try Self.site()
        try await LiveGateway.run(site) { gateway in
            let client = gateway.client
            _ = try await client("POST /prompts", ["name": "p", "template": "{{ marks }}"])
            #expect(try await client("GET /prompts/p").rendered == "12")
            try site.drop("one", mark: "one")
            try await gateway.runtime.reload()
            #expect(try await client("GET /prompts/p").rendered == "one2")
            #expect(
                try await client("GET /ready").line
                    == #"200 {"ready":true,"generation":2,"degraded":[],"last_reload":null}"#
            )
        }
    }

    @Test("refuses a body over the limit, with and without a length", arguments: [false, true])
    func tooLarge(chunked: Bool) async throws {
        var limits = ServerLimits()
        limits.maxBodyBytes = 10_000
        try await LiveGateway.run(try GatewaySite("plugins: []"), limits: limits) { gateway in
            _ = try await gateway.client("POST /prompts", ["name": "p", "template": "x"])
            let text = String(repeating: "a", count: 20_000)
            var request = ClientRequest("POST /prompts/p", Array("{\"a\": \"\(text)\"}".utf8))
            request.isChunked = chunked
            let response = try await gateway.client.send(request)
            #expect(
                response.line == #"413 {"message":"the body is larger than 10000 bytes (server.max_body_bytes)"}"#
            )
            #expect(try await gateway.client("GET /prompts/p").rendered == "x")
        }
    }
}
