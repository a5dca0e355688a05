import GatewayCore
import GatewayHTTP
import GatewayTesting
import PluginPayloads
import Synchronization
import Testing

/// No route can be left out here: they are those that the gateway serves.
@Suite("Each route")
struct RouteAccessTests {
    /// A request to a route, which would be answered with 422 or 404 if its handler ran.
    ///
    /// The body of all but GET begins like JSON, so that whoever reads it fails.
    private static func request(_ route: RouteSummary, _ prefix: String, token: String?) -> ClientRequest {
        let path = route.path.split(separator: "/").map { $0.hasPrefix(":") ? "unknown" : String($0) }
        var request = ClientRequest("\(route.method) \(prefix)/\(path.joined(separator: "/"))")
        if route.method != "GET" { request.body = Array("{".utf8) }
        request.headers["Authorization"] = token.map { "Bearer \($0)" }
        return request
    }

    @Test("is open, or asks for a permission; only the status is open, and /rpc asks for that of each method")
    func open() async throws {
        let routes = try await InMemoryGateway().routes
        #expect(routes.filter(\.isOpen).map(\.path) == ["health", "ready", "version"])
        #expect(routes.filter { !$0.isOpen && $0.permission == nil }.map(\.path) == ["rpc"])
        #expect(Set(routes.map { "\($0.method) \($0.path)" }).count == routes.count)
    }

    @Test("refuses who says no name, and whose role is too small, before it reads anything", arguments: ["", "/v1"])
    func refuses(prefix: String) async throws {
        var bodies: [HookName: ClosureHooks.Body] = [:]
        for hook in HookName.standard where !hook.description.hasPrefix("http_") {
            bodies[hook] = { _ in HookOutcome() }
        }
        let hooks = ClosureHooks(PromptPolicy(), bodies)
        let gateway = try await InMemoryGateway(hooks: hooks, users: .ofEachRole, tokens: PlainTokens())
        for route in gateway.routes {
            guard let permission = route.permission else { continue }
            let name = "\(route.method) \(prefix)/\(route.path)"
            let reads = Mutex(0)
            var request = Self.request(route, prefix, token: nil)
            request.onBodyRead = { reads.withLock { $0 += 1 } }
            let nobody = try await gateway.client.send(request)
            #expect(
                nobody.line == #"401 {"detail":"authentication is required: send Authorization: Bearer TOKEN"}"#,
                "\(name)"
            )
            #expect(nobody.headers["WWW-Authenticate"] == "Bearer")
            for role in Role.allCases where !role.allows(permission) {
                request.headers["Authorization"] = "Bearer \(role)@example.com"
                let refused = try await gateway.client.send(request)
                #expect(
                    refused.line
                        == #"403 {"detail":"permission denied: \#(permission.rawValue) is not for the role \#(role)"}"#,
                    "\(name)"
                )
            }
            #expect(reads.withLock { $0 } == 0, "\(name)")
        }
        #expect(hooks.calls == [])
    }

    @Test(
        "of /rpc refuses who says no name, and a method that the role does not allow",
        arguments: [
            ("tools/list", Permission.toolsRead), ("tools/call", .toolsExecute), ("some_tool", .toolsExecute),
            ("prompts/list", .promptsRead), ("prompts/get", .promptsRead), ("resources/list", .resourcesRead),
            ("resources/templates/list", .resourcesRead), ("resources/read", .resourcesRead),
        ]
    )
    func methods(method: String, permission: Permission) async throws {
        let gateway = try await InMemoryGateway(users: .ofEachRole, tokens: PlainTokens())
        let body: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method)]
        #expect(try await gateway.client("POST /rpc", body).status == 401)
        for role in Role.allCases {
            let token = "Bearer \(role)@example.com"
            let response = try await gateway.client("POST /rpc", body, headers: ["Authorization": token])
            let text = "permission denied: \(permission.rawValue) is not for the role \(role)"
            let refusal = "403 {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32003,\"message\":\"\(text)\"}}"
            #expect((response.line == refusal) == !role.allows(permission), "\(role): \(response.line)")
        }
    }

    @Test("lets in whose role is large enough", arguments: ["", "/v1"])
    func lets(prefix: String) async throws {
        let gateway = try await InMemoryGateway(users: .ofEachRole, tokens: PlainTokens())
        for route in gateway.routes {
            for role in Role.allCases where route.permission.map(role.allows) ?? true {
                let response = try await gateway.client.send(
                    Self.request(route, prefix, token: "\(role)@example.com")
                )
                #expect(![401, 403].contains(response.status), "\(route.method) \(route.path): \(response.line)")
            }
        }
    }

    @Test(
        "takes a token from the header alone, whatever its scheme's case",
        arguments: [
            ("Bearer admin@example.com", 200), ("bearer admin@example.com", 200), ("BEARER admin@example.com", 200),
            ("Bearer  admin@example.com", 200), ("Bearer", 401), ("Bearer ", 401), ("", 401),
            ("admin@example.com", 401), ("Basic admin@example.com", 401), ("Token admin@example.com", 401),
            ("Bearer\tadmin@example.com", 401), ("Bearer nobody@example.com", 401), ("Bearer forged", 401),
        ]
    )
    func header(value: String, status: Int) async throws {
        let gateway = try await InMemoryGateway(users: .ofEachRole, tokens: PlainTokens())
        #expect(try await gateway.client("GET /admin/users", headers: ["Authorization": value]).status == status)
    }

    @Test(
        "takes no token from elsewhere",
        arguments: ["access_token", "token", "authorization", "jwt", "Authorization"]
    )
    func elsewhere(name: String) async throws {
        let gateway = try await InMemoryGateway(users: .ofEachRole, tokens: PlainTokens())
        let client = gateway.client
        for response in [
            try await client("GET /admin/users?\(name)=admin@example.com"),
            try await client("GET /admin/users?\(name)=Bearer%20admin@example.com"),
            try await client("GET /admin/users", headers: ["Cookie": "\(name)=admin@example.com"]),
            try await client("GET /admin/users", headers: ["X-\(name)": "Bearer admin@example.com"]),
            try await client("GET /admin/users", ["\(name)": "admin@example.com"]),
        ] {
            #expect(
                response.line == #"401 {"detail":"authentication is required: send Authorization: Bearer TOKEN"}"#
            )
        }
        #expect(Set(gateway.access.entries.map(\.path)) == ["/admin/users"])
    }

    @Test("refuses a token that does not count, and says what is wrong with it but not what it holds")
    func invalidToken() async throws {
        let gateway = try await InMemoryGateway(users: .ofEachRole, tokens: PlainTokens())
        let response = try await gateway.client("GET /prompts", headers: ["Authorization": "Bearer forged"])
        #expect(response.line == #"401 {"detail":"the token is not valid"}"#)
        #expect(response.headers["WWW-Authenticate"] == #"Bearer error="invalid_token""#)
    }

    @Test("refuses two Authorization headers, even if both are the same and right")
    func twoHeaders() async throws {
        let gateway = try await InMemoryGateway(users: .ofEachRole, tokens: PlainTokens())
        for other in ["Bearer admin@example.com", "Bearer forged"] {
            var request = ClientRequest("GET /admin/users", nil, ["Authorization": "Bearer admin@example.com"])
            request.repeatedHeaders = [("authorization", other)]
            let response = try await gateway.client.send(request)
            #expect(response.line == #"400 {"message":"the header authorization is repeated"}"#)
        }
    }

    @Test("of users keeps them: made, listed, changed and removed")
    func users() async throws {
        let client = try await InMemoryGateway().client
        #expect(try await client("GET /admin/users").line == "200 []")
        let made = try await client(
            "POST /admin/users",
            ["email": "Ada@Example.com", "role": "viewer", "full_name": "Ada", "tenant_id": "acme"]
        )
        let record =
            #"{"email":"ada@example.com","full_name":"Ada","role":"viewer","is_active":true,"tenant_id":"acme","#
            + #""created_at":"TIME","updated_at":"TIME"}"#
        #expect(try made.stableLine == "200 " + record)
        #expect(
            try await client("POST /admin/users", ["email": "ada@example.COM", "role": "admin"]).line
                == #"409 {"message":"a user ada@example.com exists already"}"#
        )
        let changed = try await client(
            "PUT /admin/users/ada%40example.com",
            ["role": "developer", "is_active": false, "full_name": nil]
        )
        #expect(
            try changed.stableLine
                == #"200 {"email":"ada@example.com","full_name":null,"role":"developer","is_active":false,"#
                + #""tenant_id":"acme","created_at":"TIME","updated_at":"TIME"}"#
        )
        #expect(try await client("GET /admin/users").json.array?.count == 1)
        #expect(try await client("GET /admin/users/ADA@example.com").json == changed.json)
        #expect(
            try await client("DELETE /admin/users/ADA@example.com").line
                == #"200 {"status":"success","message":"user ADA@example.com deleted"}"#
        )
        for line in ["GET", "PUT", "DELETE"].map({ "\($0) /admin/users/ada@example.com" }) {
            #expect(try await client(line).line == #"404 {"message":"user not found: ada@example.com"}"#)
        }
    }

    @Test(
        "of users says all that is wrong with one",
        arguments: [
            ([:], "missing email and role"), (["email": "a@b"], "missing role"),
            (
                ["role": "root", "email": 1],
                "email: expected a string, found a number; role: expected viewer, developer or admin"
            ),
            (["email": "ada", "role": "viewer"], "email: expected an address such as ada@example.com"),
            (["email": "a@b@c", "role": "viewer"], "email: expected an address such as ada@example.com"),
            (["email": "a b@c", "role": "viewer"], "email: expected an address such as ada@example.com"),
            (["email": "a@b", "role": "viewer", "is_active": 1], "is_active: expected true or false, found a number"),
            (
                ["email": "a@b", "role": "viewer", "full_name": "a\nb"],
                "full_name: expected at most 1024 bytes without control characters"
            ),
        ] as [(JSONValue, String)]
    )
    func badUsers(body: JSONValue, problem: String) async throws {
        let client = try await InMemoryGateway().client
        #expect(
            try await client("POST /admin/users", body).line == #"422 {"message":"the user is not valid: \#(problem)"}"#
        )
    }
}
