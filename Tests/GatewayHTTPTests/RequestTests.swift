import GatewayCore
import GatewayHTTP
import GatewayTesting
import PluginPayloads
import Testing

@Suite("A request")
struct RequestTests {
    private static var pass: ClosureHooks { ClosureHooks(PromptPolicy(), [.promptPreFetch: { _ in HookOutcome() }]) }

    private static func gateway(_ hooks: ClosureHooks) async throws -> InMemoryGateway {
        let gateway = try await InMemoryGateway(hooks: hooks)
        _ = try await gateway.client("POST /prompts", ["name": "p", "template": "x"])
        return gateway
    }

    @Test(
        "is called what its client calls it: in the answer, in the log and before the plugins",
        arguments: ["a", "7f3e-0001", "!~", String(repeating: "x", count: 128)]
    )
    func keepsIdentifier(id: String) async throws {
        let hooks = Self.pass
        let gateway = try await Self.gateway(hooks)
        let response = try await gateway.client(
            "POST /prompts/p",
            [:],
            headers: ["X-Request-Id": id, "Content-Type": "text/plain"]
        )
        #expect(response.headers["X-Request-Id"] == id)
        #expect(gateway.access.entries.last?.requestID == id)
        #expect(hooks.identities.last == RequestIdentity(requestID: id, contentType: "text/plain"))
    }

    @Test(
        "gets a new identifier if its own is not fit for a log line, or there is none",
        arguments: [nil, "", "a b", "a\tb", String(repeating: "x", count: 129)]
    )
    func newIdentifier(id: String?) async throws {
        let client = try await InMemoryGateway().client
        var headers: HTTPHeaders = [:]
        headers["X-Request-Id"] = id
        let first = try #require(try await client("GET /health", headers: headers).headers["X-Request-Id"])
        let second = try #require(try await client("GET /nothing", headers: headers).headers["X-Request-Id"])
        #expect(first != second)
        for given in [first, second] {
            #expect((17...32).contains(given.utf8.count) && given.allSatisfy { "0123456789abcdef".contains($0) })
        }
    }

    @Test("has one entry in the access log, with the plugin that blocked it")
    func accessLog() async throws {
        let violation = PluginViolation(reason: "r", description: "d", code: "c")
        let hooks = ClosureHooks(
            PromptPolicy(),
            [
                .promptPreFetch: { payload in
                    switch payload["args"]?["act"]?.string {
                    case "block": .blocked(violation, by: "Deny")
                    case "fail": .failed(.timeout, "late", "Slow")
                    default: HookOutcome()
                    }
                }
            ]
        )
        let gateway = try await InMemoryGateway(hooks: hooks)
        let client = gateway.client
        _ = try await client("POST /prompts", ["name": "p", "template": "x"], headers: ["X-Request-Id": "1"])
        let rendered = try await client("POST /v1/prompts/p?q=secret", [:], headers: ["X-Request-Id": "2"])
        _ = try await client("POST /prompts/p", ["act": "block"], headers: ["X-Request-Id": "3"])
        _ = try await client("POST /prompts/p", ["act": "fail"], headers: ["X-Request-Id": "4"])
        _ = try await client("GET /nothing", headers: ["X-Request-Id": "5"])
        let entries = gateway.access.entries
        #expect(entries.allSatisfy { $0.nanoseconds > 0 })
        #expect(
            entries.map { "\($0.requestID) \($0.method) \($0.path) \($0.status) \($0.plugin ?? "-")" } == [
                "1 POST /prompts 200 -", "2 POST /v1/prompts/p 200 -", "3 POST /prompts/p 422 Deny",
                "4 POST /prompts/p 504 Slow", "5 GET /nothing 404 -",
            ]
        )
        #expect(entries[1].bytes == rendered.text.utf8.count)
    }

    @Test("makes no entry when nobody reads them")
    func noAccessLog() async throws {
        let gateway = try await InMemoryGateway(access: RecordedAccess(isEnabled: false))
        #expect(try await gateway.client("GET /health").status == 200)
        #expect(gateway.access.entries == [])
    }

    @Test("that is blocked is answered with the plugin's own status and headers")
    func blocked() async throws {
        let violation = PluginViolation(
            reason: "too many requests",
            description: "11 in one second",
            code: "RATE_LIMIT",
            details: ["limit": 10],
            httpHeaders: ["Retry-After": "1", "Transfer-Encoding": "chunked"]
        )
        let gateway = try await Self.gateway(
            ClosureHooks(PromptPolicy(), [.promptPreFetch: { _ in .blocked(violation) }])
        )
        for line in ["GET /prompts/p", "POST /prompts/p", "POST /v1/prompts/p/render"] {
            let response = try await gateway.client(line)
            #expect(
                response.line
                    == #"429 {"message":"prompt_pre_fetch blocked by plugin Guard: RATE_LIMIT - too many requests "#
                    + #"(11 in one second)","details":{"reason":"too many requests","description":"11 in one second","#
                    + #""code":"RATE_LIMIT","details":{"limit":10},"mcp_error_code":null,"http_status_code":null,"#
                    + #""http_headers":{"Retry-After":"1","Transfer-Encoding":"chunked"},"plugin_name":"Guard"}}"#
            )
            #expect(response.headers["Retry-After"] == "1")
            #expect(response.headers["Transfer-Encoding"] == nil)
        }
    }

    @Test("gets the headers that plugins add")
    func addedHeaders() async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.promptPostFetch: { _ in HookOutcome(httpHeaders: ["X-Masked": "2", "Content-Type": "text/html"]) }]
        )
        let response = try await Self.gateway(hooks).client("GET /prompts/p")
        #expect(response.headers["X-Masked"] == "2")
        #expect(response.headers["Content-Type"] == "application/json")
    }

    @Test("that was still being sent when the gateway stopped is no error of the gateway")
    func cancelled() async throws {
        let stores = InMemoryStores()
        let client = try await InMemoryGateway(stores: stores).client
        stores.records(of: Prompt.self).fail(CancellationError())
        let response = try await client("POST /prompts", ["name": "p", "template": "x"])
        #expect(response.line == #"503 {"message":"the gateway is stopping"}"#)
    }

    @Test("that breaks the gateway is answered without what broke it")
    func gatewayFails() async throws {
        struct DiskIsFull: Error {}
        let stores = InMemoryStores()
        let client = try await InMemoryGateway(stores: stores).client
        stores.records(of: Prompt.self).fail(DiskIsFull())
        let response = try await client(
            "POST /prompts",
            ["name": "p", "template": "x"],
            headers: ["X-Request-Id": "77"]
        )
        #expect(response.line == #"500 {"message":"an error of the gateway; its log has more under 77"}"#)
    }
}
