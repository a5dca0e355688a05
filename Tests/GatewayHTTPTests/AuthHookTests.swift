import GatewayCore
import GatewayHTTP
import GatewayTesting
import PluginPayloads
import Testing

/// Section 8 of the contract: what plugins can say of a caller, and what comes of it.
@Suite("The hooks of authentication")
struct AuthHookTests {
    private static let violation = PluginViolation(reason: "revoked", description: "key 7", code: "API_KEY_REVOKED")

    /// One request of a caller, with authentication on.
    private static func answer(
        _ bodies: [HookName: ClosureHooks.Body],
        _ line: String = "GET /prompts",
        token: String? = nil,
        users: InMemoryUsers = .ofEachRole,
        powers: PluginPowers = PluginPowers(),
        log: RecordedLog = RecordedLog()
    ) async throws -> (response: ClientResponse, hooks: ClosureHooks) {
        let hooks = ClosureHooks(PromptPolicy(), bodies)
        let gateway = try await InMemoryGateway(
            hooks: hooks,
            users: users,
            tokens: PlainTokens(),
            powers: powers,
            logger: log.logger
        )
        var headers: HTTPHeaders = [:]
        headers["Authorization"] = token.map { "Bearer \($0)" }
        let body: JSONValue? = line.hasPrefix("POST") ? ["name": "p", "template": "x"] : nil
        return (try await gateway.client(line, body, headers: headers), hooks)
    }

    private static func user(_ user: JSONValue) -> [HookName: ClosureHooks.Body] {
        [.httpAuthResolveUser: { _ in try .modified(user) }]
    }

    private static let required =
        #"401 {"detail":"authentication is required: send Authorization: Bearer TOKEN"}"#

    // MARK: http_auth_resolve_user

    @Test("find a user, whose record says the rest; conditions and later hooks see who it is")
    func resolves() async throws {
        let (response, hooks) = try await Self.answer([
            .httpAuthResolveUser: { _ in
                HookOutcome(
                    modifiedPayload: try PayloadBlock(["email": "Viewer@Example.com"] as JSONObject),
                    metadata: ["auth_method": "ldap"]
                )
            },
            .httpAuthCheckPermission: { _ in HookOutcome() },
        ])
        #expect(response.line == "200 []")
        #expect(
            hooks.calls.last?.payload
                == #"{"user_email":"viewer@example.com","permission":"prompts.read","resource_type":"prompts","#
                + #""team_id":null,"is_admin":false,"auth_method":"ldap","client_host":null,"user_agent":null}"#
        )
        #expect(hooks.identities.map { $0.user } == [nil, "viewer@example.com"])
    }

    @Test("show the whole record of the user where that is configured")
    func userRecord() async throws {
        let users = InMemoryUsers([
            User(
                email: "ada@example.com",
                fullName: "Ada",
                role: .admin,
                tenantID: "acme",
                createdAt: "",
                updatedAt: ""
            )
        ])
        let (_, hooks) = try await Self.answer(
            [.httpPostRequest: { _ in HookOutcome() }],
            token: "ada@example.com",
            users: users,
            powers: PluginPowers(seesUserRecord: true)
        )
        #expect(
            hooks.identities.last?.user == [
                "email": "ada@example.com", "full_name": "Ada", "role": "admin", "is_admin": true, "tenant_id": "acme",
                "auth_method": "jwt",
            ]
        )
        #expect(hooks.identities.last?.tenantID == "acme")
    }

    @Test("cannot bring in a user who is unknown or disabled, with or without a good token")
    func unknown() async throws {
        let users = InMemoryUsers([
            User(email: "off@example.com", role: .admin, isActive: false, createdAt: "", updatedAt: ""),
            User(email: "on@example.com", role: .admin, createdAt: "", updatedAt: ""),
        ])
        for (email, detail) in [
            ("gone@example.com", "User not found in database"), ("off@example.com", "Account disabled"),
            ("", "User not found in database"), ("on@example.com\u{0}", "User not found in database"),
        ] {
            for token in [nil, "on@example.com"] {
                let (response, _) = try await Self.answer(
                    Self.user(["email": .string(email), "is_active": true, "is_admin": true]),
                    token: token,
                    users: users
                )
                #expect(response.line == #"401 {"detail":"\#(detail)"}"#)
                #expect(response.headers["WWW-Authenticate"] == "Bearer")
            }
        }
        let (response, _) = try await Self.answer([:], token: "off@example.com", users: users)
        #expect(response.line == #"401 {"detail":"Account disabled"}"#)
    }

    @Test(
        "cannot make a viewer anything else",
        arguments: [
            ["is_admin": true], ["role": "admin"], ["is_admin": true, "role": "admin", "permissions": ["*"]],
            ["is_superuser": true, "groups": ["admins"], "scopes": ["admin.user_management"]],
        ] as [JSONObject]
    )
    func escalation(claims: JSONObject) async throws {
        var user = claims
        user["email"] = "viewer@example.com"
        let (read, _) = try await Self.answer(Self.user(.object(user)), "GET /prompts")
        #expect(read.line == "200 []")
        for (line, permission) in [
            ("POST /prompts", "prompts.create"), ("GET /admin/users", "admin.user_management"),
        ] {
            let (response, _) = try await Self.answer(Self.user(.object(user)), line)
            #expect(
                response.line
                    == #"403 {"detail":"permission denied: \#(permission) is not for the role viewer"}"#
            )
        }
    }

    @Test("refuse a caller, with a challenge")
    func refuses() async throws {
        let (response, _) = try await Self.answer(
            [.httpAuthResolveUser: { _ in .blocked(Self.violation) }],
            token: "admin@example.com"
        )
        #expect(
            response.line
                == #"401 {"detail":"http_auth_resolve_user blocked by plugin Guard: API_KEY_REVOKED - revoked (key 7)"}"#
        )
        #expect(response.headers["WWW-Authenticate"] == "Bearer")
        var limit = Self.violation
        limit.httpStatusCode = 429
        limit.httpHeaders = ["Retry-After": "3"]
        let limited = limit
        let (late, _) = try await Self.answer([.httpAuthResolveUser: { _ in .blocked(limited) }])
        #expect(late.status == 429)
        #expect(late.headers["Retry-After"] == "3")
        #expect(late.headers["WWW-Authenticate"] == nil)
    }

    @Test("leave it to the token if they say nothing, fail, or answer no user")
    func standardAuthentication() async throws {
        let bodies: [ClosureHooks.Body] = [
            { _ in HookOutcome() }, { _ in .failed(.failed, "secret") }, { _ in .failed(.timeout, "secret") },
            { _ in try .modified(["name": "no address"]) }, { _ in try .modified(["email": 7]) },
        ]
        for body in bodies {
            let hooks: [HookName: ClosureHooks.Body] = [.httpAuthResolveUser: body]
            #expect(try await Self.answer(hooks).response.line == Self.required)
            #expect(try await Self.answer(hooks, token: "viewer@example.com").response.line == "200 []")
        }
    }

    @Test("stop the request if they are required, overloaded, or every error is to be known")
    func errors() async throws {
        for hook in [HookName.httpAuthResolveUser, .httpAuthCheckPermission] {
            func status(_ code: PluginError.Code, _ powers: PluginPowers = PluginPowers()) async throws -> Int {
                try await Self.answer([hook: { _ in .failed(code, "") }], token: "admin@example.com", powers: powers)
                    .response.status
            }
            #expect(try await status(.unavailable) == 503)
            #expect(try await status(.overloaded) == 503)
            #expect(try await status(.payloadTooLarge) == 413)
            #expect(try await status(.failed) == 200)
            #expect(try await status(.failed, PluginPowers(failsOnError: true)) == 500)
            #expect(try await status(.timeout, PluginPowers(failsOnError: true)) == 504)
        }
    }

    // MARK: http_auth_check_permission

    @Test("refuse what a role allows, and say why")
    func denies() async throws {
        for (decision, detail) in [
            (["granted": false, "reason": "not at night"], "permission denied: prompts.read: not at night"),
            (["granted": false], "permission denied: prompts.read"),
        ] as [(JSONValue, String)] {
            let (response, _) = try await Self.answer(
                [.httpAuthCheckPermission: { _ in try .modified(decision) }],
                token: "admin@example.com"
            )
            #expect(response.line == #"403 {"detail":"\#(detail)"}"#)
            #expect(response.headers["WWW-Authenticate"] == nil)
        }
    }

    @Test("grant what a role does not allow only where that is configured")
    func grants() async throws {
        let grant: [HookName: ClosureHooks.Body] = [
            .httpAuthCheckPermission: { _ in try .modified(["granted": true, "reason": "because"]) }
        ]
        let log = RecordedLog()
        let (refused, _) = try await Self.answer(grant, "POST /prompts", token: "viewer@example.com", log: log)
        #expect(
            refused.line == #"403 {"detail":"permission denied: prompts.create is not for the role viewer"}"#
        )
        #expect(
            log.lines == [
                "warning a plugin grants more than the role, which plugins may not (plugin_settings.can_override_rbac) | "
                    + "prompts.create for viewer@example.com, viewer"
            ]
        )
        let (granted, _) = try await Self.answer(
            grant,
            "POST /prompts",
            token: "viewer@example.com",
            powers: PluginPowers(grantsBeyondRole: true)
        )
        #expect(granted.status == 200)
    }

    @Test("change nothing by a violation, a failure or an answer that is no decision")
    func roleDecides() async throws {
        let bodies: [ClosureHooks.Body] = [
            { _ in HookOutcome() }, { _ in .blocked(Self.violation) }, { _ in .failed(.timeout, "") },
            { _ in try .modified(["granted": "yes"]) }, { _ in try .modified([:]) },
        ]
        for body in bodies {
            let hooks: [HookName: ClosureHooks.Body] = [.httpAuthCheckPermission: body]
            let powers = PluginPowers(grantsBeyondRole: true)
            let (read, _) = try await Self.answer(hooks, token: "viewer@example.com", powers: powers)
            #expect(read.line == "200 []")
            let (write, _) = try await Self.answer(hooks, "POST /prompts", token: "viewer@example.com", powers: powers)
            #expect(write.status == 403)
        }
    }

    // MARK: Authentication switched off

    @Test("are asked even if authentication is off: what they refuse is refused")
    func switchedOff() async throws {
        func line(_ bodies: [HookName: ClosureHooks.Body]) async throws -> String {
            let gateway = try await InMemoryGateway(hooks: ClosureHooks(PromptPolicy(), bodies), users: .ofEachRole)
            return try await gateway.client("GET /admin/users").line.prefix(60).description
        }
        #expect(try await line([:]).hasPrefix(#"200 [{"email":"admin@example.com""#))
        #expect(
            try await line([.httpAuthCheckPermission: { _ in try .modified(["granted": false]) }])
                == #"403 {"detail":"permission denied: admin.user_management"}"#
        )
        #expect(try await line(Self.user(["email": "viewer@example.com"])).hasPrefix("403 "))
        #expect(try await line([.httpAuthResolveUser: { _ in .blocked(Self.violation) }]).hasPrefix("401 "))
    }
}
