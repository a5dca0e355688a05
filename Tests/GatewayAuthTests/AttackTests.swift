import Foundation
import GatewayAuth
import GatewayCore
import GatewayTesting
import PluginPayloads
import Testing

/// Requests of people who are not who they say, to a gateway with real tokens.
@Suite("An attack on authentication")
struct AttackTests {
    /// A token, and what is wrong with it.
    struct Attack: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let detail: String
        let token: @Sendable (KeyPairs) throws -> String

        init(
            _ name: String,
            _ detail: String = "the token is not valid",
            token: @escaping @Sendable (KeyPairs) throws -> String
        ) {
            testDescription = name
            self.detail = detail
            self.token = token
        }

        /// A well-signed token whose claims are wrong.
        init(_ name: String, _ detail: String, claims: JSONObject) {
            self.init(name, detail) { _ in try Forgery.token(Forgery.claims(claims)) }
        }
    }

    static let attacks = [
        Attack("alg none, without a signature") { _ in
            try Forgery.token(Forgery.claims, ["alg": "none"], { _ in Data() })
        },
        Attack("alg none, with a signature") { _ in try Forgery.token(Forgery.claims, ["alg": "none"]) },
        Attack("another key") { _ in try Forgery.token(Forgery.claims, ["alg": "HS256"], Forgery.hmac("guess")) },
        Attack("the key of another owner") { _ in
            try Forgery.token(Forgery.claims, ["alg": "RS256", "kid": "r"], KeyPairs().signature("RS256"))
        },
        Attack("the public key as a secret") { pairs in
            try Forgery.token(Forgery.claims, ["alg": "HS256", "kid": "r"], Forgery.hmac(pairs.publicText))
        },
        Attack("a key that is not there") { pairs in
            try Forgery.token(Forgery.claims, ["alg": "RS256", "kid": "../r"], pairs.signature("RS256"))
        },
        Attack("no signature at all") { _ in
            try Forgery.token().split(separator: ".").dropLast().joined(separator: ".")
        },
        Attack("two tokens") { _ in try Forgery.token() + " " + Forgery.token() },
        Attack("a huge token") { _ in
            try Forgery.token(Forgery.claims(["pad": .string(String(repeating: "x", count: 20_000))]))
        },
        Attack("another audience", "the token is for another audience", claims: ["aud": "other"]),
        Attack("another issuer", "the token is from another issuer", claims: ["iss": "them"]),
        Attack("expired", "the token has expired", claims: ["exp": 1_799_999_000]),
        Attack("without an end", "the token does not say when it expires", claims: ["exp": nil]),
        Attack("not yet valid", "the token is not valid yet", claims: ["nbf": 1_800_001_000]),
        Attack("of nobody", "the token does not say whose it is", claims: ["sub": nil]),
    ]

    private static func gateway(
        _ pairs: KeyPairs,
        _ bodies: [HookName: ClosureHooks.Body] = [:],
        powers: PluginPowers = PluginPowers()
    ) async throws -> InMemoryGateway {
        let keys = try await TokenKeys(secret: Forgery.secret, publicKeys: pairs.set.description)
        return try await InMemoryGateway(
            hooks: ClosureHooks(PromptPolicy(), bodies),
            users: .ofEachRole,
            tokens: Forgery.verifier(keys),
            powers: powers
        )
    }

    private static func token(of role: String) throws -> String {
        try Forgery.token(Forgery.claims(["sub": .string("\(role)@example.com")]))
    }

    @Test("is refused, and says what is wrong without what was sent", arguments: attacks)
    func tokens(attack: Attack) async throws {
        let pairs = try KeyPairs()
        let gateway = try await Self.gateway(pairs)
        let token = try attack.token(pairs)
        let response = try await gateway.client("GET /admin/users", headers: ["Authorization": "Bearer \(token)"])
        #expect(response.line == #"401 {"detail":"\#(attack.detail)"}"#)
        #expect(response.headers["WWW-Authenticate"] == #"Bearer error="invalid_token""#)
        let good = try await gateway.client(
            "GET /admin/users",
            headers: ["Authorization": "bearer \(try Self.token(of: "admin"))"]
        )
        #expect(good.status == 200)
    }

    @Test("by a plugin that puts an admin's token in the place of the viewer's fails, unless the operator allows it")
    func rewrittenToken() async throws {
        let admin = "Bearer \(try Self.token(of: "admin"))"
        let hooks: [HookName: ClosureHooks.Body] = [
            .httpPreRequest: { _ in try .modified(["Authorization": .string(admin)]) }
        ]
        func line(_ headers: HTTPHeaders, _ powers: PluginPowers) async throws -> String {
            try await Self.gateway(try KeyPairs(), hooks, powers: powers).client("GET /admin/users", headers: headers)
                .line
        }
        let viewer: HTTPHeaders = ["Authorization": "Bearer \(try Self.token(of: "viewer"))"]
        #expect(
            try await line(viewer, PluginPowers())
                == #"403 {"detail":"permission denied: admin.user_management is not for the role viewer"}"#
        )
        #expect(try await line(viewer, PluginPowers(replacesCredentials: true)).hasPrefix("200 "))
        // A key that the gateway does not know may become a token that it does: for that the hook is there.
        #expect(try await line(["X-Auth-Key": "7"], PluginPowers()).hasPrefix("200 "))
    }

    @Test("cannot ask for HEAD where it may not ask for GET")
    func head() async throws {
        let gateway = try await Self.gateway(try KeyPairs())
        #expect(try await gateway.client("HEAD /prompts").line == "401 ")
        let headers: HTTPHeaders = ["Authorization": "Bearer \(try Self.token(of: "viewer"))"]
        #expect(try await gateway.client("HEAD /admin/users", headers: headers).line == "403 ")
        #expect(try await gateway.client("HEAD /prompts", headers: headers).line == "200 ")
    }
}
