import GatewayCore
import GatewayTesting
import PluginPayloads
import Testing

@Suite("The routes of tools")
struct ToolRouteTests {
    private static let weather: JSONValue = [
        "name": "weather", "url": "https://api.example/{city}", "headers": ["Authorization": "Bearer secret"],
    ]

    private static let record =
        #"{"id":"ID","name":"weather","display_name":null,"description":null,"integration_type":"REST","#
        + #""url":"https://api.example/{city}","request_type":"GET","headers":{"Authorization":"********"},"#
        + #""input_schema":{"type":"object","properties":{}},"gateway_id":null,"created_at":"TIME","updated_at":"TIME"}"#

    @Test("keep, change and remove them", arguments: ["", "/v1"])
    func manages(prefix: String) async throws {
        let client = try await InMemoryGateway().client
        #expect(try await client("POST \(prefix)/tools", Self.weather).stableLine == "200 \(Self.record)")
        #expect(try await client("GET \(prefix)/tools").stableLine == "200 [\(Self.record)]")
        #expect(try await client("GET \(prefix)/tools/weather").stableLine == "200 \(Self.record)")
        let changed = try await client("PUT \(prefix)/tools/weather", ["tool": ["description": "d"]])
        #expect(
            try changed.stableLine
                == "200 " + Self.record.replacing(#""description":null"#, with: #""description":"d""#)
        )
        #expect(
            try await client("DELETE \(prefix)/tools/weather").line
                == #"200 {"status":"success","message":"tool weather deleted"}"#
        )
        #expect(try await client("GET \(prefix)/tools").line == "200 []")
    }

    @Test("say why one is not taken")
    func refusals() async throws {
        let client = try await InMemoryGateway().client
        _ = try await client("POST /tools", Self.weather)
        #expect(
            try await client("POST /tools", Self.weather).line
                == #"409 {"message":"a tool named \"weather\" exists already; change it with PUT /tools/weather"}"#
        )
        #expect(
            try await client("POST /tools", [:]).line
                == #"422 {"message":"the tool is not valid: missing name and url"}"#
        )
        for line in ["GET /tools/none", "PUT /tools/none", "DELETE /tools/none"] {
            #expect(
                try await client(line).line == #"404 {"message":"tool not found: none; GET /tools lists all"}"#
            )
        }
    }

    @Test("call them through the hooks", arguments: ["", "/v1"])
    func invokes(prefix: String) async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [
                .toolPreInvoke: { _ in HookOutcome(httpHeaders: ["X-Seen": "1"]) },
                .toolPostInvoke: { payload in
                    try .modified(["result": payload["result"]?["content"]?[0]?["text"] ?? nil])
                },
            ]
        )
        let client = try await InMemoryGateway(hooks: hooks, upstream: ClosureUpstream("rain")).client
        _ = try await client("POST /tools", Self.weather)
        let response = try await client(
            "POST \(prefix)/tools/invoke",
            ["name": "weather", "arguments": ["city": "Cork"]]
        )
        #expect(response.line == #"200 {"content":[{"type":"text","text":"\"rain\""}],"isError":false}"#)
        #expect(response.headers["X-Seen"] == "1")
    }

    @Test(
        "refuse what is no call",
        arguments: [
            (nil, #"422 {"message":"name: missing"}"#),
            (["name": 7], #"422 {"message":"name: expected a string, found a number"}"#),
            (
                ["name": "weather", "arguments": []],
                #"422 {"message":"arguments: expected an object, found an array"}"#
            ),
            (["name": "none"], #"404 {"message":"tool not found: none; GET /tools lists all"}"#),
        ] as [(JSONValue?, String)]
    )
    func noCalls(body: JSONValue?, line: String) async throws {
        let client = try await InMemoryGateway().client
        _ = try await client("POST /tools", Self.weather)
        #expect(try await client("POST /tools/invoke", body).line == line)
    }
}
