import GatewayHTTP
import GatewayTesting
import GatewayUpstreams
import Hummingbird
import IsolationTesting
import Logging
import PluginPayloads
import TestSupport
import Testing

/// One request, from its first hook to its last: with a real plugin, a real upstream, and authentication on.
@Suite("All hooks of a request share one context", .inBothIsolations)
struct SharedContextTests {
    /// A route that reaches something, and the hooks around what it reaches.
    struct Way: Sendable, CustomTestStringConvertible {
        let line: String
        let body: JSONValue?
        let hooks: [String]
        /// What the answer has of that which was reached.
        let answer: String

        init(_ line: String, _ body: JSONValue?, _ hooks: [String], _ answer: String) {
            (self.line, self.body, self.hooks, self.answer) = (line, body, hooks, answer)
        }

        static func rpc(_ method: String, _ parameters: JSONValue, _ hooks: [String], _ answer: String) -> Way {
            let body: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": parameters]
            return Way("POST /rpc", body, hooks, answer)
        }

        var testDescription: String { line + (body?["method"]?.string.map { " \($0)" } ?? "") }
    }

    private static let tool = ["tool_pre_invoke", "tool_post_invoke"]
    private static let prompt = ["prompt_pre_fetch", "prompt_post_fetch"]
    private static let resource = ["resource_pre_fetch", "resource_post_fetch"]
    private static let agent = ["agent_pre_invoke", "agent_post_invoke"]
    private static let call: JSONValue = ["name": "weather", "arguments": ["city": "Cork"]]

    static let ways = [
        Way("POST /tools/invoke", call, tool, "rain in Cork"),
        Way("POST /v1/tools/invoke", call, tool, "rain in Cork"),
        .rpc("tools/call", call, tool, "rain in Cork"),
        .rpc("weather", ["city": "Cork"], tool, "rain in Cork"),
        Way("POST /prompts/hello", ["user": "Ada"], prompt, "Hello Ada"),
        Way("POST /prompts/hello/render", ["arguments": ["user": "Ada"]], prompt, "Hello Ada"),
        Way("GET /prompts/hello", nil, prompt, "Hello "),
        .rpc("prompts/get", ["name": "hello", "arguments": ["user": "Ada"]], prompt, "Hello Ada"),
        Way("POST /resources/read", ["uri": "doc://page"], resource, "a page"),
        .rpc("resources/read", ["uri": "doc://page"], resource, "a page"),
        Way("POST /a2a/helper/invoke", ["parameters": ["query": "hi"]], agent, "at your service"),
        Way("POST /agents/helper/invoke", ["parameters": ["query": "hi"]], agent, "at your service"),
    ]

    private static func upstream() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("weather/:city") { _, context in "rain in \(context.parameters.get("city") ?? "nowhere")" }
        router.get("page") { _, _ in "a page" }
        router.post("agent") { _, _ in
            #"{"jsonrpc": "2.0", "id": "x", "result": {"role": "ROLE_AGENT", "messageId": "m", "#
                + #""parts": [{"text": "at your service"}]}}"#
        }
        return router
    }

    private static func fill(_ client: GatewayClient, _ origin: String, _ headers: HTTPHeaders) async throws {
        for (path, record) in [
            ("tools", ["name": "weather", "url": .string(origin + "/weather/{city}")]),
            ("prompts", ["name": "hello", "template": "Hello {{ user }}"]),
            ("resources", ["uri": "doc://page", "name": "page", "url": .string(origin + "/page")]),
            ("agents", ["name": "helper", "endpoint_url": .string(origin + "/agent")]),
        ] as [(String, JSONValue)] {
            let made = try await client("POST /\(path)", record, headers: headers)
            #expect(made.status == 200, "\(made.line)")
        }
    }

    @Test(
        "what the first sets is seen in the last, by the same request; those in between know the user and the tool",
        arguments: ways
    )
    func shared(way: Way) async throws {
        let site = try GatewaySite("plugins: [{name: follows, path: \"\(try FixturePlugin.path("follows"))\"}]")
        let upstream = NetworkUpstream(UpstreamLimits(), logger: .silent)
        try await LoopbackServer.run(Self.upstream()) { origin in
            try await LiveGateway.run(site, users: .ofEachRole, tokens: PlainTokens(), upstream: upstream) { gateway in
                var headers: HTTPHeaders = ["Authorization": "Bearer admin@example.com"]
                try await Self.fill(gateway.client, origin, headers)
                headers["X-Marker"] = "m1"
                headers["X-Request-Id"] = "request-7"
                let response = try await gateway.client(way.line, way.body, headers: headers)
                #expect(response.status == 200)
                #expect(response.text.contains(way.answer), "\(response.line)")
                // Once the gateway knows the tool, the request does too.
                let user = "=admin@example.com"
                let tool = way.hooks == Self.tool ? "/weather" : ""
                let inner = way.hooks.map { $0 + user + tool }
                let seen = ["m1", "http_pre_request", "http_auth_resolve_user", "http_auth_check_permission" + user]
                #expect(
                    response.headers["X-Seen"]
                        == (seen + inner + ["http_post_request" + user + tool]).joined(separator: " ")
                )
                #expect(response.headers["X-Seen-Request"] == "request-7")
                #expect(response.headers["X-Request-Id"] == "request-7")
            }
        }
        try await upstream.shutdown()
    }
}
