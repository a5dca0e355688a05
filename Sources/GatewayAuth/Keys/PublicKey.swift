import Foundation
import JWTKit
import PluginPayloads

/// One key of a JSON Web Key Set.
struct PublicKey {
    let id: String
    /// How its tokens are signed: as the key says, or as is usual for its type.
    let algorithm: JWK.Algorithm
    private let key: JWK

    private static let algorithms: [JWK.Algorithm] = [
        .rs256, .rs384, .rs512, .ps256, .ps384, .ps512, .es256, .es384, .es512, .eddsa,
    ]

    /// Reads a key set.
    ///
    /// Keys for encryption, and keys of types that nobody signs tokens with here, are passed over.
    static func keys(of text: String) throws(KeyFailure) -> [PublicKey] {
        guard let list = (try? JSONValue(json: text))?["keys"]?.array else {
            throw KeyFailure("it is no JSON Web Key Set: expected {\"keys\": […]}")
        }
        var keys: [PublicKey] = []
        for (index, value) in list.enumerated() where value["use"]?.string ?? "sig" == "sig" {
            guard value["kty"] != "oct" else {
                throw KeyFailure("keys[\(index)] is a secret; put it into auth.jwt_secret")
            }
            keys.append(try PublicKey(value, "keys[\(index)]"))
        }
        guard !keys.isEmpty else { throw KeyFailure("it has no key for signatures") }
        return keys
    }

    private init(_ value: JSONValue, _ place: String) throws(KeyFailure) {
        guard value["d"] == nil else {
            throw KeyFailure("\(place) is a private key; the gateway needs its public part alone")
        }
        guard let key = try? JSONDecoder().decode(JWK.self, from: Data(value.description.utf8)) else {
            throw KeyFailure("\(place) is no key of type RSA, EC or OKP")
        }
        guard let id = key.keyIdentifier?.string, !id.isEmpty else { throw KeyFailure("\(place) has no kid") }
        guard let algorithm = key.algorithm ?? Self.usual(value), Self.algorithms.contains(algorithm) else {
            throw KeyFailure("\(place) has no algorithm for signatures")
        }
        self.id = id
        self.algorithm = algorithm
        self.key = key
    }

    private static func usual(_ value: JSONValue) -> JWK.Algorithm? {
        switch (value["kty"]?.string, value["crv"]?.string) {
        case ("RSA", _): .rs256
        case ("EC", "P-256"): .es256
        case ("EC", "P-384"): .es384
        case ("EC", "P-521"): .es512
        case ("OKP", _): .eddsa
        default: nil
        }
    }

    /// What verifies the key's signatures.
    var verifier: any JWTAlgorithm {
        get async throws {
            var key = key
            key.algorithm = algorithm
            do {
                return try await JWTKeyCollection().add(jwk: key).getKey(for: JWKIdentifier(string: id))
            } catch {
                throw KeyFailure("the key with the kid \"\(id)\" is not usable: \(error)")
            }
        }
    }
}
