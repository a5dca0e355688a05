import GatewayCore
import GatewayTesting
import PluginPayloads
import Testing

@Suite("The routes of resources, agents, servers and hooks")
struct RecordRouteTests {
    private static let note: JSONValue = ["uri": "test://note", "name": "note", "text": "a note"]

    private static let agent: JSONValue = ["name": "helper", "endpoint_url": "http://h", "protocol_version": "0.3"]

    /// What is stored and shown of each kind, where it is, and by which name.
    private static let kinds: [(path: String, kind: String, name: String, record: JSONValue)] = [
        ("resources", "resource", "test:%2F%2Fnote", note), ("agents", "agent", "helper", agent),
        ("a2a", "agent", "helper", agent), ("servers", "server", "s", ["name": "s", "associated_tools": ["t"]]),
    ]

    @Test("keep, change and remove them", arguments: ["", "/v1"], [0, 1, 2, 3])
    func manages(prefix: String, index: Int) async throws {
        let (path, kind, name, record) = Self.kinds[index]
        let client = try await InMemoryGateway().client
        let made = try await client("POST \(prefix)/\(path)", [kind: record])
        #expect(made.status == 200)
        #expect(try await client("GET \(prefix)/\(path)").json == .array([made.json]))
        let changed = try await client("PUT \(prefix)/\(path)/\(name)", ["description": "new"])
        #expect(try changed.json["description"] == "new")
        #expect(try changed.json["id"] == made.json["id"])
        if kind != "resource" { #expect(try await client("GET \(prefix)/\(path)/\(name)").json == changed.json) }
        let deleted = try await client("DELETE \(prefix)/\(path)/\(name)")
        #expect(try deleted.json["status"] == "success")
        #expect(try await client("GET \(prefix)/\(path)").line == "200 []")
        #expect(try await client("DELETE \(prefix)/\(path)/\(name)").status == 404)
    }

    @Test("read resources through the hooks, by identifier and by URI", arguments: ["", "/v1"])
    func reads(prefix: String) async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.resourcePreFetch: { _ in HookOutcome(httpHeaders: ["X-Seen": "1"]) }]
        )
        let client = try await InMemoryGateway(hooks: hooks).client
        let id = try #require(try await client("POST /resources", Self.note).json["id"]?.string)
        let line =
            #"200 {"type":"resource","id":"\#(id)","uri":"test://note","mime_type":null,"text":"a note","blob":null}"#
        let responses = [
            try await client("GET \(prefix)/resources/\(id)"),
            try await client("POST \(prefix)/resources/read", ["uri": "test://note"]),
        ]
        for response in responses {
            #expect(response.line == line)
            #expect(response.headers["X-Seen"] == "1")
        }
        #expect(hooks.calls.count == 2)
        #expect(
            try await client("POST \(prefix)/resources/read", ["uri": "none"]).line
                == #"404 {"message":"resource not found: none; GET /resources lists all"}"#
        )
    }

    @Test("tell the content of a resource to nobody but its hooks", arguments: ["text", "blob", "template"])
    func contentIsHidden(source: String) async throws {
        let client = try await InMemoryGateway().client
        let uri: JSONValue = source == "template" ? "test:{note}" : "test:note"
        let path = source == "template" ? "test:%7Bnote%7D" : "test:note"
        let responses = [
            try await client("POST /resources", .object(["uri": uri, "name": "note", source: "c2VjcmV0"])),
            try await client("PUT /resources/\(path)", ["description": "new"]),
            try await client("GET /resources"), try await client("GET /resources/templates/list"),
        ]
        for response in responses { #expect(!response.line.contains("c2VjcmV0")) }
    }

    @Test("list templates of resources")
    func templates() async throws {
        let client = try await InMemoryGateway().client
        _ = try await client("POST /resources", Self.note)
        let made = try await client(
            "POST /resources",
            ["uri": "file:///{path}", "name": "files", "template": "{{ path }}"]
        )
        #expect(try await client("GET /resources/templates/list").json == .array([made.json]))
        let rpc = { (method: String, parameters: JSONValue) in
            try await client(
                "POST /rpc",
                ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": parameters]
            ).json
        }
        #expect(
            try await rpc("resources/templates/list", [:])["result"]?.description
                == #"{"resourceTemplates":[{"uriTemplate":"file:///{path}","name":"files"}]}"#
        )
        #expect(
            try await rpc("resources/list", [:])["result"]?.description
                == #"{"resources":[{"uri":"test://note","name":"note"}]}"#
        )
        #expect(
            try await rpc("resources/read", ["uri": "file:///a"])["result"]?.description
                == #"{"contents":[{"uri":"file:///a","text":"a"}]}"#
        )
        #expect(
            try await rpc("resources/read", ["uri": "none"])["error"]?.description
                == #"{"code":-32002,"message":"resource not found: none; GET /resources lists all"}"#
        )
    }

    @Test("ask agents through the hooks", arguments: ["agents", "a2a"])
    func invokes(path: String) async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.agentPreInvoke: { _ in HookOutcome(httpHeaders: ["X-Seen": "1"]) }]
        )
        let reply =
            #"{"result": {"kind": "message", "role": "agent", "messageId": "m", "parts": [{"kind": "text", "text": "hi"}]}}"#
        let client = try await InMemoryGateway(hooks: hooks, upstream: ClosureUpstream(reply)).client
        _ = try await client("POST /a2a", Self.agent)
        let response = try await client("POST /\(path)/helper/invoke", ["parameters": ["query": "why"]])
        #expect(
            response.line
                == #"200 {"messages":[{"role":"agent","content":{"type":"text","text":"hi"},"messageId":"m"}],"tool_calls":null}"#
        )
        #expect(response.headers["X-Seen"] == "1")
        #expect(
            try await client("POST /\(path)/none/invoke", [:]).line
                == #"404 {"message":"agent not found: none; GET /agents lists all"}"#
        )
    }

    @Test("let hooks see a server before and after it is registered, and change it")
    func registers() async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [
                .serverPreRegister: { _ in try .modified(["server": ["description": "by hook"]]) },
                .serverPostRegister: { _ in HookOutcome() },
            ]
        )
        let client = try await InMemoryGateway(hooks: hooks).client
        let made = try await client("POST /servers", ["name": "s", "associated_tools": ["t"]])
        let fields =
            #""name":"s","description":"by hook","icon":null,"associated_tools":["t"],"associated_resources":[],"#
            + #""associated_prompts":[],"associated_a2a_agents":[],"tags":[]"#
        #expect(try made.stableLine == #"200 {"id":"ID",\#(fields),"created_at":"TIME","updated_at":"TIME"}"#)
        #expect(
            hooks.calls == [
                ClosureHooks.Call(
                    .serverPreRegister,
                    #"{"server":{\#(fields.replacing(#""by hook""#, with: "null"))}}"#
                ),
                ClosureHooks.Call(.serverPostRegister, #"{"server":\#(made.text)}"#),
            ]
        )
    }

    @Test("register no server that a hook refuses", arguments: [HookName.serverPreRegister, .serverPostRegister])
    func refusesServer(hook: HookName) async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [
                hook: { payload in
                    payload["server"]?["description"] == .null
                        ? HookOutcome() : .blocked(PluginViolation(reason: "r", description: "d", code: "BLOCKED"))
                }
            ]
        )
        let gateway = try await InMemoryGateway(hooks: hooks)
        _ = try await gateway.client("POST /servers", ["name": "good"])
        let before = gateway.stores.records(of: Server.self).all
        for (line, body) in [
            ("POST /servers", ["name": "bad", "description": "x"]), ("PUT /servers/good", ["description": "x"]),
        ] as [(String, JSONValue)] {
            let response = try await gateway.client(line, body)
            #expect(response.status == 403)
            #expect(response.message == "\(hook) blocked by plugin Guard: BLOCKED - r (d)")
        }
        #expect(before.map(\.name) == ["good"])
        #expect(gateway.stores.records(of: Server.self).all == before)
        #expect(try await gateway.client("GET /servers").json[0]?["description"] == .null)
    }

    @Test("say that what a hook made of a server is none")
    func badServer() async throws {
        let hooks = ClosureHooks(PromptPolicy(), [.serverPreRegister: { _ in try .modified(["server": ["name": 7]]) }])
        #expect(
            try await InMemoryGateway(hooks: hooks).client("POST /servers", ["name": "s"]).line
                == #"500 {"message":"server_pre_register: what the plugins made is not usable: the server is not valid: "#
                + #"name: expected a string, found a number"}"#
        )
    }

    @Test("fire hooks by hand, with the status that the request would have", arguments: ["", "/v1"])
    func fires(prefix: String) async throws {
        let violation = PluginViolation(
            reason: "r",
            description: "d",
            code: "RATE_LIMIT",
            httpHeaders: ["Retry-After": "7"]
        )
        let hooks = ClosureHooks(
            PromptPolicy(),
            [
                "email_pre_send": { payload in try .modified(payload) },
                .toolPreInvoke: { _ in .blocked(violation) },
                .toolPostInvoke: { _ in .failed(.timeout, "password=secret") },
            ]
        )
        let client = try await InMemoryGateway(hooks: hooks).client
        let custom = try await client("POST \(prefix)/hooks/email_pre_send/invoke", ["payload": ["to": "x"]])
        #expect(
            custom.line == #"200 {"continue_processing":true,"modified_payload":{"to":"x"},"violation":null,"#
                + #""error":null,"metadata":{}}"#
        )
        let unknown = try await client("POST \(prefix)/hooks/nobody/invoke", ["payload": [:]])
        #expect(
            unknown.line
                == #"200 {"continue_processing":true,"modified_payload":null,"violation":null,"error":null,"metadata":{}}"#
        )
        let blocked = try await client("POST \(prefix)/hooks/tool_pre_invoke/invoke", ["payload": ["name": "t"]])
        #expect(blocked.status == 429)
        #expect(blocked.headers["Retry-After"] == "7")
        #expect(try blocked.json["continue_processing"] == false)
        #expect(try blocked.json["violation"]?["code"] == "RATE_LIMIT")
        let failed = try await client("POST \(prefix)/hooks/tool_post_invoke/invoke", ["payload": ["name": "t"]])
        #expect(failed.status == 504)
        #expect(
            try failed.json["error"]?.description
                == #"{"code":"PLUGIN_TIMEOUT","message":"tool_post_invoke failed: plugin Guard: PLUGIN_TIMEOUT","plugin_name":"Guard"}"#
        )
    }

    @Test(
        "fire no hook with what it cannot have",
        arguments: [
            (nil, "payload: missing or no object"), (["payload": []], "payload: missing or no object"),
            (["payload": [:]], "payload: name: missing"),
            (["payload": ["name": "t", "args": 1]], "payload: args: expected an object or null, found a number"),
        ] as [(JSONValue?, String)]
    )
    func firesNothing(body: JSONValue?, message: String) async throws {
        let hooks = ClosureHooks(PromptPolicy(), [.toolPreInvoke: { _ in HookOutcome() }])
        let response = try await InMemoryGateway(hooks: hooks).client("POST /hooks/tool_pre_invoke/invoke", body)
        #expect(response.line == "422 " + JSONValue.object(["message": .string(message)]).description)
        #expect(hooks.calls == [])
    }
}
