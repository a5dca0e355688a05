internal import Crypto

/// An Ed25519 private key that files are signed with.
package struct SigningKey: Sendable {
    static let fileLimit = 4_096

    private let key: Curve25519.Signing.PrivateKey

    /// A new key.
    package init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// Reads a key's file, which has to be ours alone, as `ssh` asks of its keys.
    package init(file path: String) throws(StoreError) {
        let bytes = try SourceFile.bytes(of: path, sizeLimit: Self.fileLimit, TrustPolicy(checksOwners: false)) {
            (source) throws(StoreError) in
            let bytes = try source.read()
            // What is no private key may be read by others, and is refused for another reason.
            if bytes.starts(with: KeyLine.Kind.privateKey.rawValue.utf8) { try source.checkPrivate() }
            return bytes
        }
        do throws(KeyLine.Fault) {
            let line = try KeyLine(String(decoding: bytes, as: UTF8.self), .privateKey)
            guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: line.bytes) else {
                throw KeyLine.Fault(reason: "it is no key of Ed25519")
            }
            self.key = key
            guard publicKey.id == line.keyID else {
                throw KeyLine.Fault(reason: "its id \(line.keyID) is not that of the key, which is \(publicKey.id)")
            }
        } catch { throw .badKey(path: path, reason: error.reason) }
    }

    /// What signatures of this key are checked with.
    package var publicKey: VerifyingKey { VerifyingKey(Array(key.publicKey.rawRepresentation)) }

    /// Writes the key to `PREFIX.key`, for its owner alone, and its public part to `PREFIX.pub`.
    ///
    /// - Throws: That one of the files is there already, or cannot be written; then neither is written.
    package func write(prefix: String) throws(StoreError) {
        let line = KeyLine(.privateKey, keyID: publicKey.id, bytes: Array(key.rawRepresentation))
        try Self.make("\(prefix).key", .createPrivate, line.text)
        do throws(StoreError) {
            try Self.make("\(prefix).pub", .createShared, publicKey.text)
        } catch {
            try? Directory.remove("\(prefix).key")
            throw error
        }
    }

    /// Makes a file with one line, or none at all.
    private static func make(_ path: String, _ mode: OpenFile.Mode, _ line: String) throws(StoreError) {
        let file = try OpenFile(path, mode)
        do throws(StoreError) { try file.write(Array("\(line)\n".utf8)) } catch {
            // A disk may be full; what is half there would be in the way of the next attempt.
            try? Directory.remove(path)
            throw error
        }
    }

    /// Signs a file, and writes the signature beside it, in the place of an earlier one.
    ///
    /// - Returns: The path of the signature.
    package func sign(_ path: String) throws(StoreError) -> String {
        let bytes = try TrustPolicy(checksOwners: false).bytes(of: path)
        guard let signature = try? key.signature(for: bytes) else {
            throw .badKey(path: path, reason: "the key cannot sign it")
        }
        let line = KeyLine(.signature, keyID: publicKey.id, bytes: Array(signature))
        return try Signature.write(line, beside: path)
    }
}
