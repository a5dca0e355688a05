import Crypto
import CryptoExtras
import Foundation
import GatewayAuth
import GatewayCore
import PluginPayloads

/// Somebody who makes tokens, rightly or not, without the library that verifies them.
enum Forgery {
    typealias Signature = (Data) throws -> Data

    static let now = 1_800_000_000.0
    static let secret = "0123456789abcdef0123456789abcdef"
    static let rules = TokenRules(audience: "gateway", issuer: "us", leeway: .seconds(30))

    /// Claims that count: those of the admin.
    static let claims: JSONObject = [
        "sub": "admin@example.com", "exp": 1_800_000_600, "nbf": 1_800_000_000, "aud": "gateway", "iss": "us",
    ]

    /// The claims that count, with others in their place; `null` leaves one out.
    static func claims(_ changes: JSONObject) -> JSONObject {
        var claims = claims
        for (key, value) in changes { claims[key] = value.isNull ? JSONValue?.none : value }
        return claims
    }

    /// A token of any header and any signature.
    static func token(
        _ claims: JSONObject = claims,
        _ header: JSONObject = ["alg": "HS256", "typ": "JWT"],
        _ signature: Signature = hmac(secret)
    ) throws -> String {
        let signed = encode(header.description.utf8) + "." + encode(claims.description.utf8)
        return signed + "." + encode(try signature(Data(signed.utf8)))
    }

    static func hmac(_ key: String) -> Signature {
        { Data(HMAC<SHA256>.authenticationCode(for: $0, using: SymmetricKey(data: Data(key.utf8)))) }
    }

    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// A verifier whose clock stands still.
    static func verifier(_ keys: TokenKeys, _ rules: TokenRules = rules) -> TokenVerifier {
        TokenVerifier(keys, rules) { now }
    }
}

/// The keys of others, and what the gateway is told of them.
struct KeyPairs {
    private let rsa: _RSA.Signing.PrivateKey
    private let ecdsa = P256.Signing.PrivateKey()
    private let eddsa = Curve25519.Signing.PrivateKey()

    init() throws {
        rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    }

    /// The public part of the RSA key as text, as anybody can have it.
    var publicText: String { rsa.publicKey.pemRepresentation }

    /// How the owner of a key signs.
    func signature(_ algorithm: String) -> Forgery.Signature {
        switch algorithm {
        case "RS256": { try rsa.signature(for: SHA256.hash(data: $0), padding: .insecurePKCS1v1_5).rawRepresentation }
        case "RS384": { try rsa.signature(for: SHA384.hash(data: $0), padding: .insecurePKCS1v1_5).rawRepresentation }
        case "ES256": { try ecdsa.signature(for: $0).rawRepresentation }
        default: { try eddsa.signature(for: $0) }
        }
    }

    /// The key set, with and without the names of algorithms, and a key that is not for signatures.
    var set: JSONObject {
        get throws {
            let primitives = try rsa.publicKey.getKeyPrimitives()
            let point = ecdsa.publicKey.rawRepresentation
            return [
                "keys": [
                    [
                        "kty": "RSA", "kid": "r", "use": "sig", "n": .string(Forgery.encode(primitives.modulus)),
                        "e": .string(Forgery.encode(primitives.publicExponent)),
                    ],
                    [
                        "kty": "EC", "kid": "e", "crv": "P-256", "alg": "ES256",
                        "x": .string(Forgery.encode(point.prefix(32))), "y": .string(Forgery.encode(point.suffix(32))),
                    ],
                    [
                        "kty": "OKP", "kid": "d", "crv": "Ed25519",
                        "x": .string(Forgery.encode(eddsa.publicKey.rawRepresentation)),
                    ],
                    ["kty": "RSA", "kid": "x", "use": "enc", "n": "AQAB", "e": "AQAB"],
                ]
            ]
        }
    }
}
