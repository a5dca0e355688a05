import GatewayTesting
import PluginPayloads
import TestSupport
import Testing

@Suite("Authentication of a gateway that is started")
struct AuthTests {
    private static let secret = "a secret of at least thirty-two bytes"
    private static let configuration = "auth: {jwt_secret: \"\(secret)\", audience: gateway, issuer: us}\nplugins: []\n"
    private static let isOff = "authentication is off: everyone who can reach the gateway may do everything"

    private static func add(_ email: String, _ role: String, on site: GatewaySite) async throws {
        let result = try await HookgateCommand.run(
            "user",
            "add",
            email,
            "--role",
            role,
            "--data-dir",
            "$SITE/data",
            on: site
        )
        #expect(result == ChildProcess.Result(status: 0, output: "added \(email)  \(role)\n"))
    }

    private static func headers(of email: String, on site: GatewaySite) async throws -> HTTPHeaders {
        let result = try await HookgateCommand.run(
            "token",
            "create",
            "--user",
            email,
            "--config",
            "$SITE/config.yaml",
            "--expires",
            "1h",
            on: site
        )
        #expect(result.status == 0)
        return ["Authorization": "Bearer " + result.output.split(separator: "\n").joined()]
    }

    @Test("knows users of the command line by their tokens, also those who come and go while it runs")
    func users() async throws {
        let site = try GatewaySite(Self.configuration)
        try await Self.add("viewer@example.com", "viewer", on: site)
        let gateway = try await GatewayProcess.serving(site)
        let client = try await gateway.client
        try await Self.add("admin@example.com", "admin", on: site)
        let viewer = try await Self.headers(of: "viewer@example.com", on: site)
        let admin = try await Self.headers(of: "admin@example.com", on: site)
        let unknown = try await Self.headers(of: "unknown@example.com", on: site)
        let prompt: JSONValue = ["name": "p", "template": "x"]
        #expect(try await client("GET /health").status == 200)
        #expect(try await client("GET /prompts").status == 401)
        #expect(
            try await client("GET /prompts", headers: unknown).line == #"401 {"detail":"User not found in database"}"#
        )
        #expect(try await client("GET /prompts", headers: viewer).line == "200 []")
        #expect(
            try await client("POST /prompts", prompt, headers: viewer).line
                == #"403 {"detail":"permission denied: prompts.create is not for the role viewer"}"#
        )
        #expect(try await client("POST /prompts", prompt, headers: admin).status == 200)
        let off = try await client("PUT /admin/users/viewer@example.com", ["is_active": false], headers: admin)
        #expect(off.status == 200)
        #expect(try await client("GET /prompts", headers: viewer).line == #"401 {"detail":"Account disabled"}"#)
        let removed = try await HookgateCommand.run(
            "user",
            "remove",
            "admin@example.com",
            "--data-dir",
            "$SITE/data",
            on: site
        )
        #expect(removed == ChildProcess.Result(status: 0, output: "removed admin@example.com\n"))
        try await eventually("the end of the admin", within: .seconds(10)) {
            try await client("GET /prompts", headers: admin).line == #"401 {"detail":"User not found in database"}"#
        }
        let listed = try await HookgateCommand.run("user", "list", "--data-dir", "$SITE/data", on: site)
        #expect(listed == ChildProcess.Result(status: 0, output: "viewer@example.com  viewer  inactive\n"))
        #expect(try await gateway.stop() == 0)
        // Neither a secret nor a token is in the log.
        #expect(gateway.log.lines.allSatisfy { !$0.contains("thirty-two") && !$0.contains("eyJ") })
        #expect(!gateway.log.lines.contains { $0.contains("authentication is off") })
    }

    @Test("is off without a key, on the own machine alone, and the log says so once")
    func off() async throws {
        for configuration in ["plugins: []", "auth: {required: false, jwt_secret: \"\(Self.secret)\"}"] {
            let gateway = try await GatewayProcess.serving(try GatewaySite(configuration))
            #expect(try await gateway.client("GET /prompts").line == "200 []")
            #expect(try await gateway.stop() == 0)
            let warnings = gateway.log.entries.filter { $0["level"] == "warning" }
            #expect(warnings.map { $0["message"] } == [.string(Self.isOff)])
        }
    }

    private static let refusal =
        "set auth.jwt_secret or auth.jwks_file in the configuration, listen on 127.0.0.1, or say --insecure-no-auth"

    @Test("has to be on where other machines reach the gateway", arguments: ["0.0.0.0", "::", "203.0.113.7"])
    func otherMachines(host: String) async throws {
        let gateway = try GatewayProcess(try GatewaySite(), ["--host", host])
        #expect(try await gateway.end == 1)
        let address = host.contains(":") ? "[\(host)]:0" : "\(host):0"
        #expect(
            gateway.log.text
                == "error: authentication is off, and other machines can reach \(address): \(Self.refusal)\n"
        )
    }

    @Test("may be off there if the operator says so, or has to be on and is")
    func everywhere() async throws {
        let open = try await GatewayProcess.serving(try GatewaySite(), ["--host", "0.0.0.0", "--insecure-no-auth"])
        #expect(try await open.client("GET /prompts").line == "200 []")
        #expect(try await open.stop() == 0)
        #expect(open.log.entries.contains { $0["message"] == .string(Self.isOff) })
        let site = try GatewaySite(Self.configuration)
        let closed = try await GatewayProcess.serving(site, GatewayProcess.configured + ["--host", "0.0.0.0"])
        #expect(try await closed.client("GET /prompts").status == 401)
        #expect(try await closed.stop() == 0)
    }

    @Test(
        "that cannot be is no reason to start without it",
        arguments: [
            (
                "auth: {required: true}",
                "authentication is required (auth.required), and there is no key: set auth.jwt_secret, at least 32 bytes "
                    + "that nobody can guess, or auth.jwks_file"
            ),
            (
                "auth: {jwks_file: keys.json}",
                "auth.jwks_file: keys.json: it has no key for signatures"
            ),
        ]
    )
    func impossible(configuration: String, reason: String) async throws {
        let site = try GatewaySite(configuration)
        try site.directory.write(#"{"keys": []}"#, to: "keys.json")
        let gateway = try GatewayProcess(site)
        #expect(try await gateway.end == 1)
        #expect(gateway.log.text == "error: \(reason)\n")
    }

    @Test("by a short secret is possible, with a warning that does not show it")
    func shortSecret() async throws {
        let gateway = try await GatewayProcess.serving(try GatewaySite("auth: {jwt_secret: hunter22}"))
        #expect(try await gateway.client("GET /prompts").status == 401)
        #expect(try await gateway.stop() == 0)
        let warnings = gateway.log.entries.filter { $0["level"] == "warning" }
        #expect(warnings.map { $0["message"] } == ["auth.jwt_secret is short; use at least 32 bytes"])
        #expect(!gateway.log.text.contains("hunter22"))
    }

    @Test("reads its keys again when the gateway reloads")
    func newSecret() async throws {
        let site = try GatewaySite(Self.configuration)
        try await Self.add("viewer@example.com", "viewer", on: site)
        let gateway = try await GatewayProcess.serving(site)
        let old = try await Self.headers(of: "viewer@example.com", on: site)
        try site.configure(Self.configuration.replacing("thirty-two", with: "33"))
        let new = try await Self.headers(of: "viewer@example.com", on: site)
        let client = try await gateway.client
        #expect(try await client("GET /prompts", headers: old).status == 200)
        #expect(try await client("GET /prompts", headers: new).status == 401)
        try await gateway.reload()
        #expect(try await client("GET /prompts", headers: old).status == 401)
        #expect(try await client("GET /prompts", headers: new).status == 200)
        // A key that is gone is a mistake: the one of before stays.
        try site.configure("plugins: []")
        try await gateway.reload()
        #expect(try await client("GET /prompts").status == 401)
        #expect(try await client("GET /prompts", headers: new).status == 200)
        #expect(try await gateway.stop() == 0)
        #expect(gateway.log.entries.contains { $0["message"] == "the keys of before count on" })
    }

    @Test("has commands that say what they cannot do")
    func commands() async throws {
        let site = try GatewaySite("auth: {jwks_file: keys.json}")
        let token = try await HookgateCommand.run(
            "token",
            "create",
            "--user",
            "a@b",
            "--config",
            "$SITE/config.yaml",
            on: site
        )
        #expect(
            token
                == ChildProcess.Result(
                    status: 1,
                    errors: "error: cannot make a token: auth.jwks_file has public keys alone; ask "
                        + "whoever owns their private keys for a token, or set auth.jwt_secret too\n"
                )
        )
        let gone = try await HookgateCommand.run("user", "remove", "a@b", "--data-dir", "$SITE/data", on: site)
        #expect(gone == ChildProcess.Result(status: 1, errors: "error: user not found: a@b\n"))
        try await Self.add("a@b", "developer", on: site)
        let twice = try await HookgateCommand.run(
            "user",
            "add",
            "A@B",
            "--role",
            "admin",
            "--data-dir",
            "$SITE/data",
            on: site
        )
        #expect(twice == ChildProcess.Result(status: 1, errors: "error: a user a@b exists already\n"))
        for lifetime in ["7", "d", "0s", "-1h", "9999d", "1w", "99999999999999999999s"] {
            let result = try await HookgateCommand.run(
                "token",
                "create",
                "--user",
                "a@b",
                "--config",
                "$SITE/config.yaml",
                "--expires=\(lifetime)",
                on: site
            )
            #expect(result.status == 64)
        }
    }
}
