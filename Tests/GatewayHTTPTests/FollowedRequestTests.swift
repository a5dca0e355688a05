import GatewayHTTP
import GatewayTesting
import IsolationTesting
import PluginPayloads
import TestSupport
import Testing

/// A plugin that remembers where it has met a request.
@Suite("A request that a real plugin follows", .inBothIsolations)
struct FollowedRequestTests {
    private static func site() throws -> GatewaySite {
        try GatewaySite("plugins: [{name: follows, path: \"\(try FixturePlugin.path("follows"))\"}]")
    }

    private static let admin: HTTPHeaders = ["Authorization": "Bearer admin@example.com"]
    private static let viewer: HTTPHeaders = ["Authorization": "Bearer viewer@example.com"]

    /// The way of a request that is refused, or answered, after it was looked who sends it.
    private static let entry = "m1 http_pre_request http_auth_resolve_user"

    @Test("is the same request from the first hook to the last, and the user is known as soon as there is one")
    func state() async throws {
        let user = "=admin@example.com"
        let prompt: JSONValue = ["name": "p", "template": "x"]
        let ways: [(line: String, headers: HTTPHeaders, way: String)] = [
            ("POST /prompts", Self.admin, "\(Self.entry) http_auth_check_permission\(user) http_post_request\(user)"),
            (
                "GET /v1/prompts/p", Self.admin,
                "\(Self.entry) http_auth_check_permission\(user) prompt_pre_fetch\(user) prompt_post_fetch\(user) "
                    + "http_post_request\(user)"
            ),
            ("GET /prompts/p", [:], "\(Self.entry) http_post_request"),
            (
                "GET /admin/users", Self.viewer,
                "\(Self.entry) http_auth_check_permission=viewer@example.com http_post_request=viewer@example.com"
            ),
            ("GET /health", [:], "m1 http_pre_request http_post_request"),
            ("GET /v1/ready", [:], "m1 http_pre_request http_post_request"),
            ("GET /nothing", [:], "m1 http_pre_request http_post_request"),
        ]
        try await LiveGateway.run(try Self.site(), users: .ofEachRole, tokens: PlainTokens()) { gateway in
            for (line, headers, way) in ways {
                var headers = headers
                headers["X-Marker"] = "m1"
                let response = try await gateway.client(line, line.hasPrefix("POST") ? prompt : nil, headers: headers)
                #expect(response.headers["X-Seen"] == way, "\(line)")
            }
        }
    }

    @Test("shares nothing with 64 others that are under way")
    func isolation() async throws {
        try await LiveGateway.run(try Self.site(), users: .ofEachRole, tokens: PlainTokens()) { gateway in
            let prompt: JSONValue = ["name": "p", "template": "x"]
            _ = try await gateway.client("POST /prompts", prompt, headers: Self.admin)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<64 {
                    group.addTask {
                        for number in 0..<32 {
                            var headers = Self.admin
                            headers["X-Marker"] = "\(client)/\(number)"
                            let seen = try await gateway.client("GET /prompts/p", headers: headers).headers["X-Seen"]
                            #expect(seen?.hasPrefix("\(client)/\(number) http_pre_request ") == true)
                            #expect(seen?.split(separator: " ").count == 7)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("that is not HTTP, or says its host twice, reaches no plugin")
    func malformed() async throws {
        try await LiveGateway.run(try Self.site()) { gateway in
            for (head, status) in [
                ("GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
                ("GET /health HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nauthorization: Bearer a\r\n\r\n", 400),
                ("GET /health HTTP/1.1\r\nHost: a\r\nBad Header: b\r\n\r\n", 400),
                ("GET  /health\r\n\r\n", 400),
            ] {
                let connection = try await RawConnection(port: gateway.port)
                await connection.send(head)
                let answer = try await connection.answer()
                #expect(answer.status == status, "\(head)")
                #expect(answer.headers["X-Seen"] == nil)
            }
        }
    }
}
