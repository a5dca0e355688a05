import JWTKit

/// The keys whose tokens count: a secret of the gateway's own, public keys of others, or both.
///
/// A token chooses among the keys by algorithm and name, and never how a key is used: each key has one algorithm. So a
/// public key is no secret for HMAC, and `none` is no algorithm at all.
package struct TokenKeys: Sendable {
    private struct Name: Hashable {
        let algorithm: String
        /// `nil` for a key that tokens need not name.
        let id: String?
    }

    private let keys: [Name: any JWTAlgorithm]

    /// - Parameters:
    ///   - secret: For tokens of HS256; `nil` for none of them.
    ///   - publicKeys: The text of a JSON Web Key Set (RFC 7517); `nil` for none.
    /// - Throws: ``KeyFailure`` if a key cannot be used.
    package init(secret: String? = nil, publicKeys: String? = nil) async throws {
        var keys: [Name: any JWTAlgorithm] = [:]
        if let secret {
            let key = try await JWTKeyCollection().add(hmac: HMACKey(secret: secret), digestAlgorithm: .sha256).getKey()
            keys[Name(algorithm: "HS256", id: nil)] = key
        }
        if let publicKeys {
            for key in try PublicKey.keys(of: publicKeys) {
                let name = Name(algorithm: key.algorithm.rawValue, id: key.id)
                guard keys[name] == nil else { throw KeyFailure("two keys have the kid \"\(key.id)\"") }
                keys[name] = try await key.verifier
            }
        }
        self.keys = keys
    }

    /// Whether a token is signed by the key that it names, in the one way that is right for that key.
    func verify(_ token: TokenParts) -> Bool {
        // Without a name a token can only mean the secret; whoever has no key set gives it any name.
        let id = token.algorithm == "HS256" ? nil : token.keyID
        guard let key = keys[Name(algorithm: token.algorithm, id: id)] ?? onlyKey(for: token) else { return false }
        return (try? key.verify(token.signature, signs: token.signed)) ?? false
    }

    /// The one public key for an algorithm, for a token that names none.
    private func onlyKey(for token: TokenParts) -> (any JWTAlgorithm)? {
        guard token.keyID == nil else { return nil }
        let candidates = keys.filter { $0.key.algorithm == token.algorithm }
        return candidates.count == 1 ? candidates.first?.value : nil
    }
}

/// Why a key cannot be used; the text has nothing of the key.
package struct KeyFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
