import GatewayTesting
import IsolationTesting
import PluginPayloads
import TestSupport
import Testing

/// Row 93, and row 97 with a bundled plugin, are in `Tests/Installation/contract`, beside section 9.4.
@Suite("Contract 9.5: HTTP mapping", .inBothIsolations)
struct HTTPTests {
    @Test("Row 91: a violation's own status and headers are those of the response, on REST and on /rpc")
    func ownStatus() async throws {
        let path = try FixturePlugin.path("denies")
        try await LiveGateway.run(try GatewaySite("plugins: [{name: Limit, path: \"\(path)\"}]")) { gateway in
            let client = gateway.client
            _ = try await client("POST /tools", ["name": "t", "url": "http://upstream"])
            let call: JSONValue = ["name": "t", "arguments": [:]]
            let text =
                "tool_pre_invoke blocked by plugin Limit: RATE_LIMIT - too many requests (11 requests in one second)"
            for (line, body) in [
                ("POST /tools/invoke", call),
                ("POST /rpc", ["jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": call]),
            ] as [(String, JSONValue)] {
                let response = try await client(line, body)
                #expect(response.status == 429)
                #expect(response.headers["Retry-After"] == "1")
                #expect(response.text.contains(text), "\(response.line)")
            }
        }
    }

    /// A gateway with authentication, a viewer and an admin, and a plugin on each of the `http_*` hooks that a row names.
    private static func site(_ plugin: String, settings: String = "") async throws -> GatewaySite {
        let site = try GatewaySite()
        let secret = "auth: {jwt_secret: \"a secret of at least thirty-two bytes\"}\n"
        try site.configure(secret + (try Row.configuration([plugin], settings: settings)))
        for role in ["viewer", "admin"] {
            let user = ["user", "add", "\(role)@example.com", "--role", role, "--data-dir", "$SITE/data"]
            #expect(try await Command.run(user, on: site).status == 0)
        }
        return site
    }

    private static func authorization(of email: String, _ site: GatewaySite) async throws -> String {
        let arguments = ["token", "create", "--user", email, "--config", "$SITE/config.yaml", "--expires", "1h"]
        let result = try await Command.run(arguments, on: site)
        #expect(result.status == 0, "\(result.errors)")
        return "Bearer " + (result.lines.first ?? "")
    }

    @Test(
        "Row 95: a plugin cannot overwrite Authorization unless the operator lets it",
        arguments: [("", 403), ("can_override_auth_headers: true", 200)]
    )
    func overwritten(settings: String, status: Int) async throws {
        let site = try await Self.site("name: Other")
        let admin = try await Self.authorization(of: "admin@example.com", site)
        let viewer = try await Self.authorization(of: "viewer@example.com", site)
        let changed = try Row.configuration(
            ["name: Other, hooks: [http_pre_request], config: {reply: {authorization: \"\(admin)\"}}"],
            settings: settings
        )
        try site.configure("auth: {jwt_secret: \"a secret of at least thirty-two bytes\"}\n" + changed)
        let gateway = try await GatewayProcess.serving(site)
        let client = try await gateway.client
        #expect(try await client("GET /admin/users", headers: ["Authorization": viewer]).status == status)
        // What a request does not have, a plugin may give it: this is how an API key becomes a token.
        #expect(try await client("GET /admin/users").status == 200)
        #expect(try await gateway.stop() == 0)
    }

    @Test("Row 97: a plugin that resolves a user whom nobody has added is answered with 401")
    func unknownUser() async throws {
        let site = try await Self.site(
            "name: Other, hooks: [http_auth_resolve_user], config: {reply: {email: gone@example.com, is_admin: true}}"
        )
        let gateway = try await GatewayProcess.serving(site)
        let admin = try await Self.authorization(of: "admin@example.com", site)
        let client = try await gateway.client
        for headers in [[:], ["Authorization": admin]] as [HTTPHeaders] {
            let response = try await client("GET /prompts", headers: headers)
            #expect(response.line == #"401 {"detail":"User not found in database"}"#)
            #expect(response.headers["WWW-Authenticate"] == "Bearer")
        }
        #expect(try await gateway.stop() == 0)
    }
}
