import GatewayCore
import GatewayTesting
import PluginPayloads
import Testing

/// Decision 21: all forms that the guides show.
@Suite("The routes")
struct RouteTests {
    private static let greeting = prompt("greeting")

    private static func prompt(_ name: String) -> JSONValue {
        [
            "name": .string(name), "template": "Hello {{ user }}", "description": "A greeting",
            "arguments": [["name": "user", "required": true]],
        ]
    }

    private static func record(_ name: String, _ template: String = "Hello {{ user }}") -> String {
        #"{"id":"ID","name":"\#(name)","description":"A greeting","template":"\#(template)","arguments":"#
            + #"[{"name":"user","description":null,"required":true}],"created_at":"TIME","updated_at":"TIME"}"#
    }

    private static func rendered(_ text: String) -> String {
        #"200 {"messages":[{"role":"user","content":{"type":"text","text":"\#(text)"}}],"description":"A greeting"}"#
    }

    @Test("of prompts keep and render them", arguments: ["", "/v1"])
    func prompts(prefix: String) async throws {
        let client = try await InMemoryGateway().client
        #expect(try await client("GET \(prefix)/prompts").line == "200 []")
        let made = try await client("POST \(prefix)/prompts", Self.greeting)
        #expect(try made.stableLine == "200 " + Self.record("greeting"))
        let nested = try await client(
            "POST \(prefix)/prompts",
            ["prompt": Self.prompt("other"), "visibility": "public"]
        )
        #expect(try nested.stableLine == "200 " + Self.record("other"))
        #expect(
            try await client("GET \(prefix)/prompts").stableLine
                == "200 [\(Self.record("greeting")),\(Self.record("other"))]"
        )
        let id = try #require(try made.json["id"]?.string)
        for name in ["greeting", id] {
            let path = "\(prefix)/prompts/\(name)"
            #expect(try await client("POST \(path)", ["user": "Ada"]).line == Self.rendered("Hello Ada"))
            #expect(
                try await client("POST \(path)/render", ["arguments": ["user": "Bob"]]).line
                    == Self.rendered("Hello Bob")
            )
        }
        let changed = try await client("PUT \(prefix)/prompts/greeting", ["prompt": ["name": "hi", "template": "Hi"]])
        #expect(try changed.stableLine == "200 " + Self.record("hi", "Hi"))
        #expect(try changed.json["id"] == .string(id))
        #expect(
            try await client("DELETE \(prefix)/prompts/hi").line
                == #"200 {"status":"success","message":"prompt hi deleted"}"#
        )
        #expect(try await client("GET \(prefix)/prompts").stableLine == "200 [\(Self.record("other"))]")
    }

    @Test("of a prompt render it without arguments, through the hooks", arguments: ["", "/v1"])
    func rendersWithoutArguments(prefix: String) async throws {
        let hooks = ClosureHooks(PromptPolicy(), [.promptPreFetch: { _ in try .modified(["args": ["user": "hook"]]) }])
        let client = try await InMemoryGateway(hooks: hooks).client
        _ = try await client("POST /prompts", Self.greeting)
        let path = "\(prefix)/prompts/greeting"
        for (line, body) in [
            ("GET \(path)", nil), ("POST \(path)", nil), ("POST \(path)", [:]), ("POST \(path)/render", nil),
            ("POST \(path)/render", [:]), ("POST \(path)/render", ["arguments": nil]),
            ("POST \(path)/render", ["arguments": [:], "other": 1]),
        ] as [(String, JSONValue?)] {
            #expect(try await client(line, body).line == Self.rendered("Hello hook"), "\(line)")
        }
        #expect(Set(hooks.calls.map(\.payload)) == [#"{"prompt_id":"greeting","args":{}}"#])
        #expect(hooks.calls.count == 7)
    }

    @Test("of the status answer what the gateway says of itself", arguments: ["", "/v1"])
    func status(prefix: String) async throws {
        var status = FixedStatus()
        status.plugins = [["name": "a b", "status": "active"], ["name": "other", "status": "failed"]]
        let client = try await InMemoryGateway(status: status).client
        #expect(try await client("GET \(prefix)/health").line == #"200 {"status":"ok"}"#)
        #expect(
            try await client("GET \(prefix)/ready").line
                == #"200 {"ready":true,"generation":1,"degraded":[],"last_reload":null}"#
        )
        #expect(
            try await client("GET \(prefix)/version").line == #"200 {"name":"hookgate","version":"0.0.0","abi":"0.0"}"#
        )
        #expect(
            try await client("GET \(prefix)/plugins").line
                == #"200 [{"name":"a b","status":"active"},{"name":"other","status":"failed"}]"#
        )
        #expect(try await client("GET \(prefix)/plugins/a%20b").line == #"200 {"name":"a b","status":"active"}"#)
        #expect(
            try await client("GET \(prefix)/plugins/none").line
                == #"404 {"message":"plugin not found: none; GET /plugins lists all"}"#
        )
    }

    @Test("answer 503 when the gateway is not ready, and to /health all the same")
    func notReady() async throws {
        var status = FixedStatus()
        let report = ReloadReport(sequence: 1, covers: 2, isAccepted: false, at: "then", errors: ["x"])
        status.readiness = Readiness(isReady: false, generation: 1, degraded: ["a"], lastReload: report)
        let client = try await InMemoryGateway(status: status).client
        #expect(
            try await client("GET /ready").line
                == #"503 {"ready":false,"generation":1,"degraded":["a"],"last_reload":"#
                + #"{"sequence":1,"covers":2,"ok":false,"at":"then","errors":["x"]}}"#
        )
        #expect(try await client("GET /health").line == #"200 {"status":"ok"}"#)
    }

    @Test(
        "are no others",
        arguments: [
            "GET /", "GET /nothing", "GET /v2/prompts", "PATCH /prompts/a", "DELETE /prompts", "GET /prompts/a/b",
            "POST /plugins", "GET /v1", "GET /v1/v1/health",
        ]
    )
    func noOthers(line: String) async throws {
        let client = try await InMemoryGateway().client
        #expect(try await client(line).line == "404 {\"message\":\"there is no route \(line)\"}")
    }

    @Test("answer HEAD as GET, without the body", arguments: ["/health", "/v1/prompts", "/nothing", "/prompts/none"])
    func head(path: String) async throws {
        let client = try await InMemoryGateway().client
        let whole = try await client("GET \(path)")
        let head = try await client("HEAD \(path)")
        #expect(head.text == "")
        #expect(head.status == whole.status)
        // The text of the error names the method.
        let added = path == "/nothing" ? 1 : 0
        #expect(head.headers["Content-Length"] == "\(whole.text.utf8.count + added)")
    }

    @Test("do not mind a query, and do not repeat it")
    func query() async throws {
        let client = try await InMemoryGateway().client
        #expect(try await client("GET /health?x=1").line == #"200 {"status":"ok"}"#)
        #expect(
            try await client("GET /nothing?secret=1").line == #"404 {"message":"there is no route GET /nothing"}"#
        )
    }

    @Test("answer in JSON, with the length")
    func headers() async throws {
        let response = try await InMemoryGateway().client("GET /health")
        #expect(response.headers["Content-Type"] == "application/json")
        #expect(response.headers["Content-Length"] == "15")
    }

    @Test(
        "find prompts whose names have to be percent-encoded",
        arguments: [
            ("déjà vu", "d%C3%A9j%C3%A0%20vu"), ("50% off", "50%25%20off"), ("a?b#c", "a%3Fb%23c"),
            ("🙂", "%F0%9F%99%82"),
            ("a+b", "a+b"), ("a.b", "%61%2E%62"),
        ]
    )
    func encodedNames(name: String, path: String) async throws {
        let client = try await InMemoryGateway().client
        #expect(try await client("POST /prompts", ["name": .string(name), "template": "x"]).status == 200)
        #expect(try await client("POST /prompts/\(path)", [:]).rendered == "x")
        #expect(try await client("GET /v1/prompts/\(path)").rendered == "x")
        #expect(try await client("PUT /prompts/\(path)", ["template": "y"]).json["name"] == .string(name))
        #expect(try await client("POST /prompts/\(path)/render").rendered == "y")
        #expect(
            try await client("DELETE /prompts/\(path)").json["message"] == .string("prompt \(name) deleted")
        )
    }

    @Test("refuse a name that is not encoded UTF-8", arguments: ["%FF", "a%C3", "%ZZ"])
    func badlyEncoded(name: String) async throws {
        let client = try await InMemoryGateway().client
        #expect(
            try await client("GET /prompts/\(name)").line
                == "400 {\"message\":\"the path is not percent-encoded UTF-8: \(name)\"}"
        )
    }

    @Test(
        "say that there is no such prompt",
        arguments: ["GET /prompts/none", "POST /prompts/none", "POST /prompts/none/render", "DELETE /prompts/none"]
    )
    func unknownPrompt(line: String) async throws {
        let client = try await InMemoryGateway().client
        #expect(try await client(line).line == #"404 {"message":"prompt not found: none; GET /prompts lists all"}"#)
    }

    @Test("say why a prompt is not taken")
    func refusedPrompts() async throws {
        let client = try await InMemoryGateway().client
        _ = try await client("POST /prompts", Self.greeting)
        #expect(
            try await client("POST /prompts", Self.greeting).line
                == #"409 {"message":"a prompt named \"greeting\" exists already; change it with PUT /prompts/greeting"}"#
        )
        #expect(
            try await client("POST /prompts", ["name": 7]).line
                == #"422 {"message":"the prompt is not valid: missing template; name: expected a string, found a number"}"#
        )
        #expect(
            try await client("POST /prompts").line
                == #"422 {"message":"the prompt is not valid: missing name and template"}"#
        )
        #expect(
            try await client("PUT /prompts/none", ["template": "x"]).line
                == #"404 {"message":"prompt not found: none; GET /prompts lists all"}"#
        )
        #expect(
            try await client("POST /prompts/greeting", [:]).line
                == #"422 {"message":"prompt \"greeting\" lacks required arguments: user"}"#
        )
    }
}
