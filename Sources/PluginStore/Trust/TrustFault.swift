/// Why a file is not trusted.
package enum TrustFault: Sendable, Equatable {
    /// The file or a directory above it belongs to somebody else.
    case owned(path: String, owner: UInt32, user: UInt32)
    /// Others may write to the file or to a directory above it.
    case writable(path: String, permissions: UInt32)
    case unlistedDigest(String)
    case unsigned(signature: String)
    /// The signature's file is there, but is none; the text says what is wrong with it.
    case malformedSignature(path: String, reason: String)
    case unknownKey(signature: String, key: String, trusted: [String])
    case wrongSignature(signature: String, key: String)
    /// The plugin speaks through a file beside it that no digest and no signature covers.
    case uncoveredManifest(path: String)
}

extension TrustFault {
    /// What is wrong with an owner or a mode, of a place that the text follows, whatever the configuration says.
    package func text(ofPlace place: String) -> String {
        switch self {
        case .owned(let path, let owner, let user):
            let users = user == 0 ? "root" : "root or to user \(user), which this process runs as"
            return "\(name(path, place)) belongs to user \(owner), and has to belong to \(users): chown it"
        case .writable(let path, let permissions):
            let (writers, letters) = Self.writers(permissions)
            return "\(name(path, place)) may be written by \(writers) (mode \(Self.octal(permissions))): "
                + "chmod \(letters)-w \(path)"
        case .unlistedDigest, .unsigned, .malformedSignature, .unknownKey, .wrongSignature, .uncoveredManifest:
            return text(of: place)
        }
    }

    /// What is wrong and what mends it, of a file that the text follows.
    func text(of file: String) -> String {
        switch self {
        case .owned, .writable: return text(ofPlace: file) + ", or set trust.check_owner: false"
        case .unlistedDigest(let digest):
            return "its SHA-256 \(digest) is not in trust.digests: add it, if you know where the file comes from"
        case .unsigned(let signature):
            return "there is no \(signature), and trust.public_keys asks for a signature: "
                + "hookgate plugin sign --key FILE \(file)"
        case .malformedSignature(let path, let reason):
            return "\(path) is no signature: \(reason); make it anew with hookgate plugin sign"
        case .unknownKey(let path, let key, let trusted):
            return "\(path) is by the key \(key), which is none of the trusted ones (\(Self.list(trusted))): "
                + "have the file signed by one of these, or add the key to trust.public_keys"
        case .wrongSignature(let path, let key):
            return "\(path) by the key \(key) does not fit the file's content: get the file again from where it was "
                + "signed, or sign it anew"
        case .uncoveredManifest(let path):
            return "its manifest is in \(path), which neither trust.digests nor a signature covers: put the manifest "
                + "into the .so file (HG_MANIFEST)"
        }
    }

    private func name(_ path: String, _ file: String) -> String { path == file ? "it" : path }

    private static func writers(_ permissions: UInt32) -> (names: String, letters: String) {
        switch permissions & 0o022 {
        case 0o020: ("its group", "g")
        case 0o002: ("everybody", "o")
        default: ("its group and everybody", "go")
        }
    }

    /// Four octal digits, as `chmod` takes them.
    private static func octal(_ permissions: UInt32) -> String {
        let digits = String(permissions, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func list(_ keys: [String]) -> String {
        keys.isEmpty ? "there are none" : keys.joined(separator: ", ")
    }
}
