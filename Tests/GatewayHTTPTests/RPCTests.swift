import GatewayCore
import GatewayHTTP
import GatewayTesting
import PluginPayloads
import Testing

@Suite("JSON-RPC")
struct RPCTests {
    /// A gateway with one tool and one prompt.
    private static func client(_ hooks: ClosureHooks = ClosureHooks()) async throws -> GatewayClient {
        let client = try await InMemoryGateway(hooks: hooks, upstream: ClosureUpstream("rain")).client
        _ = try await client("POST /tools", ["name": "weather", "url": "http://h/{city}", "display_name": "Weather"])
        _ = try await client(
            "POST /prompts",
            ["name": "hello", "template": "Hello {{ user }}", "arguments": [["name": "user"]]]
        )
        return client
    }

    private static func request(_ method: String, _ parameters: JSONValue? = nil, id: JSONValue? = 1) -> JSONValue {
        var request: JSONValue = ["jsonrpc": "2.0", "method": .string(method)]
        request["id"] = id
        request["params"] = parameters
        return request
    }

    @Test(
        "answers in a whole envelope",
        arguments: [
            ("ping", nil, "{}"),
            (
                "tools/list", nil,
                #"{"tools":[{"name":"weather","title":"Weather","inputSchema":{"type":"object","properties":{}}}]}"#
            ),
            (
                "tools/list", ["cursor": "x"],
                #"{"tools":[{"name":"weather","title":"Weather","inputSchema":{"type":"object","properties":{}}}]}"#
            ),
            (
                "tools/call", ["name": "weather", "arguments": ["city": "Cork"]],
                #"{"content":[{"type":"text","text":"rain"}],"isError":false}"#
            ),
            ("weather", ["city": "Cork"], #"{"content":[{"type":"text","text":"rain"}],"isError":false}"#),
            ("prompts/list", nil, #"{"prompts":[{"name":"hello","arguments":[{"name":"user","required":false}]}]}"#),
            (
                "prompts/get", ["name": "hello", "arguments": ["user": "Ada"]],
                #"{"messages":[{"role":"user","content":{"type":"text","text":"Hello Ada"}}],"description":null}"#
            ),
        ] as [(String, JSONValue?, String)]
    )
    func answers(method: String, parameters: JSONValue?, result: String) async throws {
        let client = try await Self.client()
        for (id, text) in [(1, "1"), ("a", #""a""#)] as [(JSONValue, String)] {
            #expect(
                try await client("POST /rpc", Self.request(method, parameters, id: id)).line
                    == "200 {\"jsonrpc\":\"2.0\",\"id\":\(text),\"result\":\(result)}"
            )
        }
    }

    @Test(
        "says what is wrong with a request",
        arguments: [
            ("{", 400, -32_700, "null", "the body is not acceptable JSON: line 1, column 2: the text ends too early"),
            ("", 400, -32_600, "null", "jsonrpc: expected \"2.0\""),
            ("[]", 400, -32_600, "null", "batches are not supported; send each request by itself"),
            ("7", 400, -32_600, "null", "expected an object, found a number"),
            (#"{"id": 1, "method": "ping"}"#, 400, -32_600, "1", "jsonrpc: expected \"2.0\""),
            (#"{"jsonrpc": "2.0", "id": "x"}"#, 400, -32_600, #""x""#, "method: expected a string"),
            (
                #"{"jsonrpc": "2.0", "id": null, "method": "ping"}"#, 400, -32_600, "null",
                "id: expected a string or an integer, found null"
            ),
            (
                #"{"jsonrpc": "2.0", "id": 1.5, "method": "ping"}"#, 400, -32_600, "null",
                "id: expected a string or an integer, found a number"
            ),
            (
                #"{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": []}"#, 200, -32_602, "1",
                "params: expected an object, found an array"
            ),
            (
                #"{"jsonrpc": "2.0", "id": 1, "method": "none"}"#, 200, -32_601, "1",
                "there is no method none, and no tool of that name"
            ),
            (#"{"jsonrpc": "2.0", "id": 1, "method": "tools/call"}"#, 200, -32_602, "1", "name: missing"),
            (
                #"{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "none"}}"#, 200, -32_602, "1",
                "tool not found: none; GET /tools lists all"
            ),
            (
                #"{"jsonrpc": "2.0", "id": 1, "method": "prompts/get", "params": {"name": "none"}}"#, 200, -32_602, "1",
                "prompt not found: none; GET /prompts lists all"
            ),
            (
                #"{"jsonrpc": "2.0", "id": 1, "method": "weather", "params": {}}"#, 200, -32_602, "1",
                "argument \"city\": expected a text, a number or a boolean, which the URL needs"
            ),
        ]
    )
    func malformed(body: String, status: Int, code: Int, id: String, message: String) async throws {
        let response = try await Self.client().send(ClientRequest("POST /rpc", Array(body.utf8)))
        let text = JSONValue.string(message)
        #expect(response.status == status)
        let error = try response.json["error"]
        #expect(try response.json["jsonrpc"] == "2.0")
        #expect(try response.json["id"]?.description == id)
        #expect(error?["code"] == .int(Int64(code)))
        if code == RPCFault.parseError { #expect(error?["message"] != nil) } else { #expect(error?["message"] == text) }
        #expect(error?["data"] == nil)
    }

    @Test("does not answer a notification, which is done all the same")
    func notifications() async throws {
        let hooks = ClosureHooks(PromptPolicy(), [.toolPreInvoke: { _ in HookOutcome() }])
        let client = try await Self.client(hooks)
        for (method, parameters) in [
            ("notifications/initialized", nil), ("weather", ["city": "x"]), ("none", nil),
        ] as [(String, JSONValue?)] {
            let response = try await client("POST /rpc", Self.request(method, parameters, id: nil))
            #expect(response.line == "202 ")
        }
        #expect(hooks.calls.count == 1)
    }

    /// What a blocked call is answered: status and whole body.
    private static func blocked(_ violation: PluginViolation, _ method: String) async throws -> ClientResponse {
        let body: ClosureHooks.Body = { _ in .blocked(violation) }
        let client = try await client(ClosureHooks(PromptPolicy(), [.toolPreInvoke: body, .promptPostFetch: body]))
        return try await client(
            "POST /rpc",
            request(
                method,
                ["name": method == "tools/call" ? "weather" : "hello", "arguments": ["city": "x"]],
                id: "q"
            )
        )
    }

    @Test("tells a violation with its code, plugin and details", arguments: ["tools/call", "prompts/get"])
    func violation(method: String) async throws {
        let violation = PluginViolation(reason: "r", description: "d", code: "deny", details: ["found": "x"])
        let hook = method == "tools/call" ? "tool_pre_invoke" : "prompt_post_fetch"
        #expect(
            try await Self.blocked(violation, method).line
                == #"200 {"jsonrpc":"2.0","id":"q","error":{"code":-32602,"message":"\#(hook) blocked by plugin Guard: "#
                + #"deny - r (d)","data":{"plugin_name":"Guard","plugin_error_code":"deny","description":"d","#
                + #""details":{"found":"x"}}}}"#
        )
    }

    @Test(
        "has the status and the code that a violation names",
        arguments: [
            ("deny", nil, nil, 200, -32_602), ("RATE_LIMIT", nil, nil, 429, -32_602), ("BLOCKED", nil, -1, 403, -1),
            ("deny", 451, nil, 451, -32_602), ("deny", 200, -32_000, 200, -32_000),
        ] as [(String, Int?, Int?, Int, Int)]
    )
    func statuses(code: String, own: Int?, mcp: Int?, status: Int, rpc: Int) async throws {
        let violation = PluginViolation(
            reason: "r",
            description: "d",
            code: code,
            mcpErrorCode: mcp,
            httpStatusCode: own,
            httpHeaders: ["Retry-After": "7"]
        )
        let response = try await Self.blocked(violation, "tools/call")
        #expect(response.status == status)
        #expect(try response.json["error"]?["code"] == .int(Int64(rpc)))
        #expect(response.headers["Retry-After"] == "7")
    }

    @Test("says which plugin failed, and not what it said")
    func pluginError() async throws {
        let hooks = ClosureHooks(PromptPolicy(), [.toolPreInvoke: { _ in .failed(.timeout, "password=secret") }])
        let response = try await Self.client(hooks)("POST /rpc", Self.request("weather", ["city": "x"]))
        #expect(
            response.line
                == #"200 {"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"tool_pre_invoke failed: plugin Guard: "#
                + #"PLUGIN_TIMEOUT","data":{"plugin_name":"Guard","plugin_error_code":"PLUGIN_TIMEOUT"}}}"#
        )
    }

    @Test("notes the plugin that blocked in the access log")
    func accessLog() async throws {
        let violation = PluginViolation(reason: "r", description: "d", code: "deny")
        let gateway = try await InMemoryGateway(
            hooks: ClosureHooks(PromptPolicy(), [.promptPreFetch: { _ in .blocked(violation) }])
        )
        _ = try await gateway.client("POST /rpc", Self.request("prompts/get", ["name": "x"]))
        #expect(gateway.access.entries.map(\.plugin) == ["Guard"])
    }
}
