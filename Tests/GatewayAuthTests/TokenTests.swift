import Foundation
import GatewayAuth
import GatewayCore
import PluginPayloads
import Testing

@Suite("A bearer token")
struct TokenTests {
    /// What becomes of a token: its owner and tenant, or why it is refused.
    private static func verdict(_ token: String, _ verifier: TokenVerifier) -> String {
        do throws(TokenRefusal) {
            let verified = try verifier.verify(token)
            return verified.email + (verified.tenantID.map { " of \($0)" } ?? "")
        } catch {
            return error.rawValue
        }
    }

    private static func secretVerifier() async throws -> TokenVerifier {
        Forgery.verifier(try await TokenKeys(secret: Forgery.secret))
    }

    @Test(
        "counts by its claims, the clocks being at most 30 seconds apart",
        arguments: [
            ([:], "admin@example.com"),
            (["tenant_id": "acme"], "admin@example.com of acme"),
            (["aud": ["other", "gateway"]], "admin@example.com"),
            (["exp": 1_799_999_971], "admin@example.com"),
            (["exp": 1_799_999_970], "the token has expired"),
            (["exp": 1_799_999_970.5], "admin@example.com"),
            (["exp": nil], "the token does not say when it expires"),
            (["exp": "1900000000"], "the token is not valid"),
            (["nbf": nil], "admin@example.com"),
            (["nbf": 1_800_000_030], "admin@example.com"),
            (["nbf": 1_800_000_031], "the token is not valid yet"),
            (["nbf": "soon"], "the token is not valid"),
            (["aud": "other"], "the token is for another audience"),
            (["aud": ["other", "gateways"]], "the token is for another audience"),
            (["aud": []], "the token is for another audience"),
            (["aud": nil], "the token is for another audience"),
            (["iss": "them"], "the token is from another issuer"),
            (["iss": ["us"]], "the token is from another issuer"),
            (["iss": nil], "the token is from another issuer"),
            (["sub": nil], "the token does not say whose it is"),
            (["sub": ""], "the token does not say whose it is"),
            (["sub": ["admin@example.com"]], "the token does not say whose it is"),
        ] as [(JSONObject, String)]
    )
    func claims(changes: JSONObject, expected: String) async throws {
        let token = try Forgery.token(Forgery.claims(changes))
        #expect(Self.verdict(token, try await Self.secretVerifier()) == expected)
    }

    @Test("may have any audience and issuer where none is configured")
    func anyOrigin() async throws {
        let keys = try await TokenKeys(secret: Forgery.secret)
        let verifier = Forgery.verifier(keys, TokenRules())
        let token = try Forgery.token(Forgery.claims(["aud": nil, "iss": "them"]))
        #expect(Self.verdict(token, verifier) == "admin@example.com")
    }

    @Test(
        "is signed with a secret of any length",
        arguments: ["x", "hunter22", String(repeating: "s", count: 31), String(repeating: "s", count: 65)]
    )
    func lengths(secret: String) async throws {
        let verifier = Forgery.verifier(try await TokenKeys(secret: secret))
        let theirs = try Forgery.token(Forgery.claims, ["alg": "HS256"], Forgery.hmac(secret))
        #expect(Self.verdict(theirs, verifier) == "admin@example.com")
        let others = try Forgery.token(Forgery.claims, ["alg": "HS256"], Forgery.hmac(secret + "y"))
        #expect(Self.verdict(others, verifier) == "the token is not valid")
    }

    @Test(
        "is refused by its form alone",
        arguments: [
            "", ".", "..", "...", "a", "a.b", "a.b.c", "e30.e30.", "e30.e30.e30", "bnVsbA.e30.e30", "[].{}.",
            String(repeating: "a", count: 100_000), String(repeating: "a.", count: 10_000), "\u{0}.\u{0}.\u{0}",
            "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE5MDAwMDAwMDB9.", "ä.ö.ü",
        ]
    )
    func form(token: String) async throws {
        #expect(Self.verdict(token, try await Self.secretVerifier()) == "the token is not valid")
    }

    @Test(
        "is refused by its header, whatever it is signed with",
        arguments: [
            ["alg": "none"], ["alg": "None"], ["alg": "NONE"], ["alg": "nOnE"], ["alg": ""], [:], ["alg": nil],
            ["alg": ["HS256"]], ["alg": "hs256"], ["alg": "HS384"], ["alg": "HS512"], ["alg": "RS256"],
            ["alg": "HS256", "crit": ["exp"]], ["alg": "HS256", "crit": []], ["alg": "HS256", "kid": 1],
        ] as [JSONObject]
    )
    func header(header: JSONObject) async throws {
        let verifier = try await Self.secretVerifier()
        for signature in [Forgery.hmac(Forgery.secret), { _ in .init() }] {
            let token = try Forgery.token(Forgery.claims, header, signature)
            #expect(Self.verdict(token, verifier) == "the token is not valid")
        }
    }

    @Test("is refused if one bit of it was changed after it was signed")
    func changed() async throws {
        let verifier = try await Self.secretVerifier()
        let parts = try Forgery.token().split(separator: ".").map(String.init)
        let admin = try Forgery.token(Forgery.claims(["sub": "root@example.com"])).split(separator: ".").map(
            String.init
        )
        #expect(Self.verdict(parts.joined(separator: "."), verifier) == "admin@example.com")
        for forged in [
            [parts[0], admin[1], parts[2]], [parts[0], parts[1], admin[2]], [parts[0], parts[1], ""],
            [parts[0], parts[1], String(parts[2].dropLast(2))], [parts[0], parts[1], parts[2] + "AA"],
        ] {
            #expect(Self.verdict(forged.joined(separator: "."), verifier) == "the token is not valid", "\(forged)")
        }
        let other = try Forgery.token(Forgery.claims, ["alg": "HS256"], Forgery.hmac(Forgery.secret + " "))
        #expect(Self.verdict(other, verifier) == "the token is not valid")
    }

    @Test("that says a key twice is not read in two ways")
    func duplicateClaims() async throws {
        let header = Forgery.encode(#"{"alg":"HS256"}"#.utf8)
        let claims = Forgery.encode(
            #"{"sub":"viewer@example.com","sub":"admin@example.com","exp":1800000600,"aud":"gateway","iss":"us"}"#.utf8
        )
        let signature = try Forgery.hmac(Forgery.secret)(.init((header + "." + claims).utf8))
        let token = "\(header).\(claims).\(Forgery.encode(signature))"
        #expect(Self.verdict(token, try await Self.secretVerifier()) == "the token is not valid")
    }

    @Test("is verified by the key that it names, and in that key's way alone")
    func publicKeys() async throws {
        let pairs = try KeyPairs()
        let verifier = Forgery.verifier(try await TokenKeys(publicKeys: pairs.set.description))
        func verdict(_ header: JSONObject, _ signature: Forgery.Signature) throws -> String {
            Self.verdict(try Forgery.token(Forgery.claims, header, signature), verifier)
        }
        let good = "admin@example.com"
        let bad = "the token is not valid"
        for (algorithm, id) in [("RS256", "r"), ("ES256", "e"), ("EdDSA", "d")] {
            let signature = pairs.signature(algorithm)
            #expect(try verdict(["alg": .string(algorithm), "kid": .string(id)], signature) == good)
            #expect(try verdict(["alg": .string(algorithm)], signature) == good, "the one key of its kind")
            for other in ["r", "e", "d", "x", "?", ""] where other != id {
                #expect(try verdict(["alg": .string(algorithm), "kid": .string(other)], signature) == bad)
            }
            #expect(try verdict(["alg": .string(algorithm), "kid": .string(id)], { _ in .init() }) == bad)
            #expect(try verdict(["alg": "none", "kid": .string(id)], signature) == bad)
            #expect(try verdict(["alg": "HS256", "kid": .string(id)], signature) == bad)
        }
        // The key of another algorithm, and the other way round.
        #expect(try verdict(["alg": "RS384", "kid": "r"], pairs.signature("RS384")) == bad)
        #expect(try verdict(["alg": "RS256", "kid": "r"], pairs.signature("RS384")) == bad)
        #expect(try verdict(["alg": "RS256", "kid": "r"], pairs.signature("RS256")) == good)
        let stranger = try KeyPairs()
        #expect(try verdict(["alg": "RS256", "kid": "r"], stranger.signature("RS256")) == bad)
    }

    @Test("that is signed by HMAC with a public key is refused, in each way to write that key down")
    func confusion() async throws {
        let pairs = try KeyPairs()
        let set = try pairs.set
        let modulus = try #require(set["keys"]?[0]?["n"]?.string)
        let both = try await TokenKeys(secret: Forgery.secret, publicKeys: set.description)
        let alone = try await TokenKeys(publicKeys: set.description)
        for key in [pairs.publicText, pairs.publicText + "\n", modulus, set.description, ""] {
            for header in [["alg": "HS256"], ["alg": "HS256", "kid": "r"]] as [JSONObject] {
                let token = try Forgery.token(Forgery.claims, header, Forgery.hmac(key))
                for keys in [both, alone] {
                    #expect(Self.verdict(token, Forgery.verifier(keys)) == "the token is not valid")
                }
            }
        }
        // Beside the public keys the secret counts as before.
        #expect(Self.verdict(try Forgery.token(), Forgery.verifier(both)) == "admin@example.com")
        #expect(Self.verdict(try Forgery.token(), Forgery.verifier(alone)) == "the token is not valid")
    }

    @Test(
        "needs keys that can be used",
        arguments: [
            ("", #"it is no JSON Web Key Set: expected {"keys": […]}"#),
            ("[]", #"it is no JSON Web Key Set: expected {"keys": […]}"#),
            (#"{"keys": []}"#, "it has no key for signatures"),
            (#"{"keys": [{"kty": "RSA", "use": "enc"}]}"#, "it has no key for signatures"),
            (
                #"{"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "a"}]}"#,
                "keys[0] is a secret; put it into auth.jwt_secret"
            ),
            (
                #"{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "AA", "kid": "a"}]}"#,
                "keys[0] is a private key; the gateway needs its public part alone"
            ),
            (#"{"keys": [{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}]}"#, "keys[0] has no kid"),
            (#"{"keys": [{"kty": "DSA", "kid": "a"}]}"#, "keys[0] is no key of type RSA, EC or OKP"),
            (
                #"{"keys": [{"kty": "RSA", "kid": "a", "alg": "RSA-OAEP", "n": "AQAB", "e": "AQAB"}]}"#,
                "keys[0] has no algorithm for signatures"
            ),
        ]
    )
    func keySets(text: String, reason: String) async throws {
        let error = await #expect(throws: KeyFailure.self) { _ = try await TokenKeys(publicKeys: text) }
        #expect(error?.description == reason)
    }

    @Test("that the gateway makes itself counts until it expires, and is for the configured audience and issuer")
    func issued() async throws {
        let token = try await TokenIssuer(secret: Forgery.secret, Forgery.rules)
            .token(for: "ada@example.com", lifetime: .seconds(60))
        let keys = try await TokenKeys(secret: Forgery.secret)
        let now = TokenVerifier.systemTime()
        func verdict(after seconds: Double) -> String {
            Self.verdict(token, TokenVerifier(keys, Forgery.rules) { now + seconds })
        }
        #expect(verdict(after: 0) == "ada@example.com")
        #expect(verdict(after: 80) == "ada@example.com")
        #expect(verdict(after: 120) == "the token has expired")
    }
}
