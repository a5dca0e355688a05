/// A detached signature: the file `PLUGIN.so.sig` beside `PLUGIN.so`.
///
/// It is one line, `hookgate-signature-v1 ID BASE64`. The 64 bytes are the Ed25519 signature (RFC 8032, without context
/// or prehash) of all bytes of the plugin's file, and nothing else; the id is that of the key.
package struct Signature: Sendable {
    private let path: String
    package let keyID: String
    private let bytes: [UInt8]

    private static let fileLimit = 1_024

    /// Where the signature of a file is.
    package static func path(beside file: String) -> String { file + ".sig" }

    /// Reads the signature of a file.
    package static func beside(_ file: String) throws(StoreError) -> Signature {
        let path = path(beside: file)
        let anybody = TrustPolicy(checksOwners: false)
        let bytes: [UInt8]
        do throws(StoreError) { bytes = try anybody.bytes(of: path, limit: fileLimit) } catch {
            switch error {
            case .noFile: throw .untrusted(path: file, .unsigned(signature: path))
            case .empty: throw .untrusted(path: file, .malformedSignature(path: path, reason: "it is empty"))
            case .notRegular(_, let what):
                throw .untrusted(path: file, .malformedSignature(path: path, reason: "it is \(what)"))
            case .tooLarge(_, let size, _):
                throw .untrusted(path: file, .malformedSignature(path: path, reason: "it has \(size) bytes"))
            default: throw error
            }
        }
        do throws(KeyLine.Fault) {
            let line = try KeyLine(String(decoding: bytes, as: UTF8.self), .signature)
            return Signature(path: path, keyID: line.keyID, bytes: line.bytes)
        } catch { throw .untrusted(path: file, .malformedSignature(path: path, reason: error.reason)) }
    }

    /// Checks that one of the keys has signed the content.
    ///
    /// - Returns: The key that has.
    package func verify(
        _ content: [UInt8],
        of file: String,
        by keys: [VerifyingKey]
    ) throws(StoreError) -> VerifyingKey {
        let named = keys.filter { $0.id == keyID }
        guard !named.isEmpty else {
            throw .untrusted(path: file, .unknownKey(signature: path, key: keyID, trusted: keys.map(\.id)))
        }
        guard let key = named.first(where: { $0.accepts(bytes, for: content) }) else {
            throw .untrusted(path: file, .wrongSignature(signature: path, key: keyID))
        }
        return key
    }

    static func write(_ line: KeyLine, beside file: String) throws(StoreError) -> String {
        let path = path(beside: file)
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let temporary = folder + TemporaryName.next()
        do throws(StoreError) {
            try OpenFile(temporary, .createShared).write(Array("\(line.text)\n".utf8))
            try Directory.rename(temporary, to: path)
        } catch {
            try? Directory.remove(temporary)
            throw error
        }
        return path
    }
}
