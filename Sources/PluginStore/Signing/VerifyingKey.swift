internal import Crypto

/// An Ed25519 public key that signatures are checked with.
package struct VerifyingKey: Sendable, Hashable {
    /// The first eight bytes of the key's SHA-256, in hexadecimal digits.
    package let id: String
    private let bytes: [UInt8]

    /// Whether a text is meant as a key, and not as the path of one.
    package static func isKey(_ text: String) -> Bool {
        KeyLine.Kind.allCases.contains { text.hasPrefix($0.rawValue + " ") }
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        id = String(ContentDigest.of(bytes).prefix(16))
    }

    /// Reads a key's line.
    ///
    /// - Parameters:
    ///   - text: The line.
    ///   - place: What a message calls it: its file, or where it stands.
    /// - Throws: That it is none.
    package init(_ text: String, from place: String) throws(StoreError) {
        do throws(KeyLine.Fault) {
            let line = try KeyLine(text, .publicKey)
            self.init(line.bytes)
            guard id == line.keyID else {
                throw KeyLine.Fault(reason: "its id \(line.keyID) is not that of the key, which is \(id)")
            }
        } catch { throw .badKey(path: place, reason: error.reason) }
    }

    /// Reads a key's file.
    package init(file path: String, _ trust: TrustPolicy = TrustPolicy(checksOwners: false)) throws(StoreError) {
        let bytes = try trust.bytes(of: path, limit: SigningKey.fileLimit)
        try self.init(String(decoding: bytes, as: UTF8.self), from: path)
    }

    /// The line that the key is written as.
    package var text: String { KeyLine(.publicKey, keyID: id, bytes: bytes).text }

    /// Whether a signature of this key is by it, and for these bytes.
    func accepts(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signature, for: message)
    }
}
