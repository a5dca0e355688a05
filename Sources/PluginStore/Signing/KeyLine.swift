/// The line that keys and signatures are written as: what it is, the key's id, and some bytes in base64.
///
/// ```
/// hookgate-signature-v1 6bf0a1c5d2e3f409 bWFkZSBvZiA2NCBieXRlcw…==
/// ```
struct KeyLine {
    enum Kind: String, CaseIterable {
        case publicKey = "hookgate-public-key-v1"
        case privateKey = "hookgate-private-key-v1"
        case signature = "hookgate-signature-v1"

        /// How many bytes it has.
        var size: Int { self == .signature ? 64 : 32 }

        var name: String {
            switch self {
            case .publicKey: "a public key"
            case .privateKey: "a private key"
            case .signature: "a signature"
            }
        }
    }

    let kind: Kind
    let keyID: String
    let bytes: [UInt8]

    /// Why a text is no such line.
    struct Fault: Error {
        let reason: String
    }

    init(_ kind: Kind, keyID: String, bytes: [UInt8]) {
        self.kind = kind
        self.keyID = keyID
        self.bytes = bytes
    }

    /// Reads a text that has to be one line of a kind, whose end may be missing.
    init(_ text: String, _ kind: Kind) throws(Fault) {
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        let expected = "\"\(kind.rawValue) ID BASE64\""
        guard let first = words.first, let found = Kind(rawValue: String(first)) else {
            throw Fault(reason: "it does not begin with \"\(kind.rawValue)\"")
        }
        guard found == kind else { throw Fault(reason: "it is \(found.name) where \(kind.name) is needed") }
        guard words.count == 3, !line.contains("\n") else { throw Fault(reason: "it is not one line \(expected)") }
        guard Self.isKeyID(words[1]) else { throw Fault(reason: "its id has to be 16 hexadecimal digits") }
        guard let bytes = Base64.decoded(words[2]), bytes.count == kind.size else {
            throw Fault(reason: "it does not end with \(kind.size) bytes in base64")
        }
        self.init(kind, keyID: String(words[1]), bytes: bytes)
    }

    var text: String { "\(kind.rawValue) \(keyID) \(Base64.encoded(bytes))" }

    private static func isKeyID(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 16 && text.utf8.allSatisfy(ContentDigest.isDigit)
    }
}
