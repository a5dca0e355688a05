import PluginPayloads
import PluginTestKit
import Testing
import TokenAuth

@Suite("Authentication by token")
struct TokenAuthTests {
    static let configuration: JSONObject = [
        "tokens": [
            [
                "token_sha256": "54a976f1f7ea57f6add41516b340083a827ac641daefa7ce4e5f13cc1f9351d8",
                "email": "ada@example.com",
            ],
            [
                "token_sha256": "9bdf10a691a1cfda89d9ff66629d1609ab176cec9b6a3146a8929f28937a9fce",
                "email": "ada@example.com", "expires": "2001-01-01",
            ],
            [
                "token_sha256": "a0681124726effb16d5d38d054824ee027a0bda46afc95a3a6d53ace6a4dbac9",
                "email": "ada@example.com", "revoked": true,
            ],
            [
                "token_sha256": "BBDE8D72B38E2BAE5B127E234E5E66230D265A7E382C01A553C8E8642805858D",
                "email": "bob@example.com", "expires": "2999-01-01T00:00:00Z",
                "permissions": ["tools.*", "prompts.read"],
            ],
        ]
    ]

    static func harness(_ more: JSONObject = [:]) throws -> PluginHarness {
        var configuration = configuration
        for (key, value) in more { configuration[key] = value }
        return try PluginHarness(TokenAuth.self, configuration: configuration)
    }

    static func request(_ headers: JSONObject) -> JSONObject {
        ["path": "/tools", "method": "GET", "headers": .object(headers)]
    }

    static func refusal(_ code: String, _ reason: String, _ description: String) -> HarnessResult {
        HarnessResult(
            continueProcessing: false,
            violation: PluginViolation(reason: reason, description: description, code: code, httpStatusCode: 401)
        )
    }

    static func user(_ email: String) -> HarnessResult {
        HarnessResult(
            modified: ["email": .string(email), "auth_provider": "token_auth"],
            metadata: ["auth_method": "token"]
        )
    }

    @Test(
        "a token becomes a bearer token, unless there is one",
        arguments: [
            (["X-API-Key": "t"], "Bearer t"), (["x-auth-token": "t", "x-api-key": "u"], "Bearer t"),
            (["x-api-key": "t", "Authorization": "Basic x"], nil), (["x-api-key": ""], nil), ([:], nil),
        ] as [(JSONObject, String?)]
    )
    func transforms(_ headers: JSONObject, _ authorization: String?) async throws {
        let result = try await Self.harness().invoke("http_pre_request", payload: Self.request(headers))
        let expected = authorization.map { text in
            var headers = headers
            headers["authorization"] = .string(text)
            return headers
        }
        #expect(result == HarnessResult(modified: expected))
        let off = try Self.harness(["transform_to_bearer": false])
        #expect(try await off.invoke("http_pre_request", payload: Self.request(headers)) == HarnessResult())
    }

    static let verdicts: [(JSONObject, HarnessResult)] = [
        (["headers": ["x-api-key": "ada-token"]], user("ada@example.com")),
        (["headers": ["X-Auth-Token": "limited-token"]], user("bob@example.com")),
        (["headers": ["authorization": "bearer ada-token"]], user("ada@example.com")),
        (["headers": [:], "credentials": ["scheme": "Bearer", "credentials": "ada-token"]], user("ada@example.com")),
        (["headers": [:], "credentials": ["scheme": "Basic", "credentials": "ada-token"]], HarnessResult()),
        (["headers": ["x-api-key": "old-token"]], refusal("INVALID_TOKEN", "Expired token", "The token has expired")),
        (
            ["headers": ["authorization": "Bearer revoked-token"]],
            refusal("API_KEY_REVOKED", "Revoked token", "The token was revoked")
        ),
        (["headers": ["x-api-key": "Ada-token"]], refusal("INVALID_TOKEN", "Invalid token", "The token is not known")),
        // The hash of a token is no token.
        (
            ["headers": ["x-api-key": "54a976f1f7ea57f6add41516b340083a827ac641daefa7ce4e5f13cc1f9351d8"]],
            refusal("INVALID_TOKEN", "Invalid token", "The token is not known")
        ),
        // What others may know is left to them.
        (["headers": ["authorization": "Bearer unknown"]], HarnessResult()),
        (["headers": ["x-api-key": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"]], HarnessResult()),
        (["headers": [:]], HarnessResult()),
    ]

    @Test("a token says who it is, or that it is none", arguments: verdicts)
    func resolves(_ payload: JSONObject, _ expected: HarnessResult) async throws {
        #expect(try await Self.harness().invoke("http_auth_resolve_user", payload: payload) == expected)
    }

    @Test("a token's user is looked for in another header when told so")
    func tokenHeader() async throws {
        let harness = try Self.harness(["token_header": "x-key", "transform_to_bearer": false])
        for (header, expected) in [
            ("X-Key", Self.user("ada@example.com")), ("x-auth-token", HarnessResult()),
        ] {
            let payload: JSONObject = ["headers": [header: "ada-token"]]
            #expect(try await harness.invoke("http_auth_resolve_user", payload: payload) == expected)
        }
        let token: JSONObject = ["headers": ["x-key": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"]]
        let refused = try await harness.invoke("http_auth_resolve_user", payload: token)
        #expect(refused == Self.refusal("INVALID_TOKEN", "Invalid token", "The token is not known"))
    }

    @Test(
        "a token is good for what it lists",
        arguments: [
            ("limited-token", "bob@example.com", "tools.invoke", true),
            ("limited-token", "bob@example.com", "prompts.read", true),
            ("limited-token", "bob@example.com", "prompts.readers", false),
            ("limited-token", "bob@example.com", "toolsmith", false),
            ("limited-token", "bob@example.com", "admin.users", false),
            ("limited-token", "ada@example.com", "tools.invoke", nil),
            ("ada-token", "ada@example.com", "tools.invoke", nil),
        ] as [(String, String, String, Bool?)]
    )
    func permissions(_ token: String, _ email: String, _ permission: String, _ granted: Bool?) async throws {
        let harness = try Self.harness()
        let request = HarnessRequest()
        _ = try await harness.invoke(
            "http_auth_resolve_user",
            payload: ["headers": ["x-api-key": .string(token)]],
            request: request
        )
        let payload: JSONObject = ["user_email": .string(email), "permission": .string(permission)]
        let result = try await harness.invoke("http_auth_check_permission", payload: payload, request: request)
        let expected = granted.map { granted -> JSONObject in
            [
                "granted": .bool(granted),
                "reason": .string("the token is \(granted ? "" : "not ")good for \(permission)"),
            ]
        }
        #expect(result == HarnessResult(modified: expected))
        // Without the request in which the token came, there is nothing to say.
        let other = try await harness.invoke("http_auth_check_permission", payload: payload)
        #expect(other == HarnessResult())
    }
}

// MARK: - Whole requests

extension TokenAuthTests {
    /// What the last hook answers, and the request with all that was written into it.
    private static func run(
        _ headers: JSONObject,
        status: Int64,
        response: JSONValue = ["content-type": "text/plain"]
    ) async throws -> (headers: JSONObject?, request: HarnessRequest, harness: PluginHarness) {
        let harness = try harness()
        let request = HarnessRequest(RequestIdentity(requestID: "request-7"))
        let payload = Self.request(headers)
        let before = try await harness.invoke("http_pre_request", payload: payload, request: request)
        let seen = before.modified ?? headers
        _ = try await harness.invoke("http_auth_resolve_user", payload: ["headers": .object(seen)], request: request)
        var after = Self.request(seen)
        after["response_headers"] = response
        after["status_code"] = .int(status)
        let result = try await harness.invoke("http_post_request", payload: after, request: request)
        return (result.modified, request, harness)
    }

    @Test("the response tells how the request was authenticated, and bears its identifier")
    func response() async throws {
        let good = try await Self.run(["x-api-key": "ada-token", "x-correlation-id": "abc-1"], status: 200)
        #expect(
            good.headers == [
                "content-type": "text/plain", "x-auth-status": "authenticated", "x-auth-method": "token",
                "x-auth-user": "ada@example.com", "x-correlation-id": "abc-1",
            ]
        )
        let failed = try await Self.run(["x-api-key": "wrong", "x-correlation-id": "a\nb"], status: 401, response: nil)
        #expect(
            failed.headers == ["x-auth-status": "failed", "x-auth-method": "token", "x-correlation-id": "request-7"]
        )
        // The gateway may know the token, or not the user.
        let other = try await Self.run(["x-api-key": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"], status: 200)
        #expect(other.headers == ["content-type": "text/plain", "x-correlation-id": "request-7"])
        let unknownUser = try await Self.run(["x-api-key": "ada-token"], status: 401)
        #expect(unknownUser.headers?["x-auth-status"] == "failed")
        #expect(unknownUser.headers?["x-auth-user"] == nil)
    }

    @Test("a token is in no state, metadata, log or counter", arguments: ["ada-token", "revoked-token", "wrong-token"])
    func secrecy(_ token: String) async throws {
        let (_, request, harness) = try await Self.run(["x-api-key": .string(token)], status: 200)
        let kept: [JSONObject] = [
            request.state(of: "token_auth"), request.metadata(of: "token_auth"), request.globalState,
            request.globalMetadata,
        ]
        #expect(!kept.map { JSONValue.object($0).description }.joined().contains(token))
        #expect(request.state(of: "token_auth")["correlation_id"] == "request-7")
        #expect(harness.log == [])
        #expect(harness.counters == [token == "ada-token" ? "authenticated" : "refused": 1])
    }

    @Test("the plugin keeps the duties of every plugin")
    func conforms() async {
        let suite = ConformanceSuite(
            TokenAuth.self,
            configuration: Self.configuration,
            samples: [
                "http_pre_request": Self.request(["x-api-key": "ada-token"]),
                "http_auth_resolve_user": ["headers": ["x-api-key": "ada-token"]],
                "http_auth_check_permission": ["user_email": "ada@example.com", "permission": "tools.read"],
                "http_post_request": Self.request([:]),
            ]
        )
        #expect(await suite.run() == [])
    }
}

@Suite("The configuration of tokens")
struct ConfigurationTests {
    private static let digest = JSONValue.string(String(repeating: "0a", count: 32))

    @Test(
        "what cannot be meant is refused, and pointed at",
        arguments: [
            (["tokens": [["token_sha256": "abc", "email": "a@b.c"]]], "/tokens/0/token_sha256"),
            (
                ["tokens": [["token_sha256": .string(String(repeating: "g", count: 64)), "email": "a@b.c"]]],
                "/tokens/0/token_sha256"
            ),
            (["tokens": [["token_sha256": digest, "email": "ada"]]], "/tokens/0/email"),
            (["tokens": [["token_sha256": digest, "email": "a@b.c\r\nx: y"]]], "/tokens/0/email"),
            (["tokens": [["token_sha256": digest, "email": "a@b.c", "expires": "soon"]]], "/tokens/0/expires"),
            (["tokens": [["email": "a@b.c"]]], "/tokens/0"),
            (
                ["tokens": [["token_sha256": digest, "email": "a@b.c"], ["token_sha256": digest, "email": "d@e.f"]]],
                "/tokens/1/token_sha256"
            ),
            (["token_header": "x key"], "/token_header"), (["token_header": "Authorization"], "/token_header"),
        ] as [(JSONObject, String)]
    )
    func refused(_ configuration: JSONObject, _ pointer: String) {
        let error = #expect(throws: HarnessError.self) {
            _ = try PluginHarness(TokenAuth.self, configuration: configuration)
        }
        #expect(error?.problems.map(\.pointer) == [pointer])
    }
}
