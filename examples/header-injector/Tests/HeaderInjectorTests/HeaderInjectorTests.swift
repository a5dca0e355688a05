import HeaderInjector
import PluginPayloads
import PluginTestKit
import Testing

@Suite("The header injector")
struct HeaderInjectorTests {
    private static func request(_ headers: JSONObject) -> JSONObject {
        ["path": "/tools", "method": "GET", "headers": .object(headers)]
    }

    private static func response(_ headers: JSONValue) -> JSONObject {
        var payload = request([:])
        payload["response_headers"] = headers
        payload["status_code"] = 200
        return payload
    }

    private static let tool: JSONObject = ["name": "search", "args": [:], "headers": ["Accept": "*/*"]]

    @Test(
        "the correlation identifier is the client's, if it is well formed, else the request's",
        arguments: [
            ("abc-1.2_3:4", "abc-1.2_3:4"), (nil, "request-7"), ("", "request-7"), ("a b", "request-7"),
            ("a\r\nset-cookie: x", "request-7"), ("é", "request-7"), ("a{", "request-7"), ("@", "request-7"),
            (String(repeating: "a", count: 128), String(repeating: "a", count: 128)),
            (String(repeating: "a", count: 129), "request-7"),
        ] as [(String?, String)]
    )
    func correlation(_ given: String?, _ expected: String) async throws {
        let harness = try PluginHarness(HeaderInjector.self)
        let request = HarnessRequest(RequestIdentity(requestID: "request-7"))
        let headers: JSONObject = given.map { ["x-correlation-id": .string($0)] } ?? ["accept": "*/*"]
        let before = try await harness.invoke("http_pre_request", payload: Self.request(headers), request: request)
        let seen = before.modified ?? headers
        #expect((seen["x-correlation-id"] ?? seen["X-Correlation-Id"])?.string == expected)
        #expect(seen.count == (given == nil ? 2 : 1))
        let tool = try await harness.invoke("tool_pre_invoke", payload: Self.tool, request: request)
        #expect(
            tool == HarnessResult(modified: ["headers": ["Accept": "*/*", "X-Correlation-Id": .string(expected)]])
        )
        let after = try await harness.invoke("http_post_request", payload: Self.response(nil), request: request)
        #expect(after == HarnessResult(modified: ["X-Correlation-Id": .string(expected)]))
    }

    @Test("a hook of a request that never came over HTTP knows the request's identifier")
    func withoutHTTP() async throws {
        let harness = try PluginHarness(HeaderInjector.self)
        let result = try await harness.invoke("tool_pre_invoke", payload: ["name": "search"])
        #expect(result == HarnessResult(modified: ["headers": ["X-Correlation-Id": "request-1"]]))
    }

    @Test("headers are set, overridden and taken away, in whatever case they are written")
    func changes() async throws {
        let harness = try PluginHarness(
            HeaderInjector.self,
            configuration: [
                "correlation_header": nil, "request_headers": ["X-Gateway": "hookgate"],
                "response_headers": ["Server": nil, "Cache-Control": "no-store", "X-New": "1"],
                "tool_headers": ["User-Agent": "hookgate"],
            ]
        )
        let before = try await harness.invoke(
            "http_pre_request",
            payload: Self.request(["x-gateway": "client", "a": "b"])
        )
        #expect(before == HarnessResult(modified: ["x-gateway": "hookgate", "a": "b"]))
        let after = try await harness.invoke(
            "http_post_request",
            payload: Self.response(["server": "nginx", "cache-control": "public", "vary": "*"])
        )
        #expect(after == HarnessResult(modified: ["cache-control": "no-store", "vary": "*", "X-New": "1"]))
        let tool = try await harness.invoke("tool_pre_invoke", payload: Self.tool)
        #expect(tool == HarnessResult(modified: ["headers": ["Accept": "*/*", "User-Agent": "hookgate"]]))
    }

    @Test("where nothing is to change, nothing does")
    func nothing() async throws {
        let harness = try PluginHarness(HeaderInjector.self, configuration: ["correlation_header": nil])
        for (hook, payload) in [
            ("http_pre_request", Self.request(["a": "b"])), ("http_post_request", Self.response(["a": "b"])),
            ("tool_pre_invoke", Self.tool),
        ] {
            #expect(try await harness.invoke(hook, payload: payload) == HarnessResult())
        }
    }

    @Test("the headers that keep browsers careful come by a switch, and can be overridden")
    func securityHeaders() async throws {
        let harness = try PluginHarness(
            HeaderInjector.self,
            configuration: [
                "correlation_header": nil, "security_headers": true,
                "response_headers": ["x-frame-options": "SAMEORIGIN", "Strict-Transport-Security": nil],
            ]
        )
        let result = try await harness.invoke("http_post_request", payload: Self.response([:]))
        #expect(
            result.modified == [
                "X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN", "Referrer-Policy": "no-referrer",
                "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
            ]
        )
    }

    @Test(
        "what is no header is refused, and pointed at",
        arguments: [
            (["response_headers": ["a b": "x"]], "/response_headers/a b"),
            (["response_headers": ["a/b": "x"]], "/response_headers/a~1b"),
            (["response_headers": ["a": "x\r\nb: c"]], "/response_headers/a"),
            (["response_headers": ["a": " x"]], "/response_headers/a"),
            (["request_headers": ["a": nil]], "/request_headers/a"), (["tool_headers": ["a": 1]], "/tool_headers/a"),
            (["tool_headers": ["": "x"]], "/tool_headers/"), (["tool_headers": "a: b"], "/tool_headers"),
            (["correlation_header": "a:"], "/correlation_header"),
        ] as [(JSONObject, String)]
    )
    func refused(_ configuration: JSONObject, _ pointer: String) {
        let error = #expect(throws: HarnessError.self) {
            _ = try PluginHarness(HeaderInjector.self, configuration: configuration)
        }
        #expect(error?.problems.map(\.pointer) == [pointer])
    }

    @Test("the plugin keeps the duties of every plugin")
    func conforms() async {
        let suite = ConformanceSuite(
            HeaderInjector.self,
            configuration: ["security_headers": true, "tool_headers": ["a": "b"]],
            samples: [
                "http_pre_request": Self.request([:]), "http_post_request": Self.response([:]),
                "tool_pre_invoke": Self.tool,
            ]
        )
        #expect(await suite.run() == [])
    }
}
