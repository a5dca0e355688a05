import PluginSDK

/// What is known of one token, which is never the token itself.
struct TokenRecord: Decodable, Sendable {
    /// SHA-256 of the token.
    let digest: [UInt8]
    /// The user whose token it is.
    let email: String
    /// The second from which it is of no use.
    let expires: Int?
    let isRevoked: Bool
    /// What it is good for; `nil` for anything that the user may do.
    let permissions: [String]?

    private enum CodingKeys: String, CodingKey {
        case digest = "token_sha256"
        case isRevoked = "revoked"
        case email, expires, permissions
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        guard let digest = Self.bytes(ofHex: try values.decode(String.self, forKey: .digest)), digest.count == 32 else {
            throw DecodingError.dataCorruptedError(
                forKey: .digest,
                in: values,
                debugDescription: "expected the 64 hexadecimal digits that `printf %s TOKEN | sha256sum` prints"
            )
        }
        self.digest = digest
        email = try values.decode(String.self, forKey: .email)
        guard email.contains("@"), email.utf8.allSatisfy({ 0x21...0x7e ~= $0 }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .email,
                in: values,
                debugDescription: "this is no e-mail address"
            )
        }
        expires = try values.decodeIfPresent(String.self, forKey: .expires).map { text in
            guard let seconds = UTCTime.seconds(text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .expires,
                    in: values,
                    debugDescription: "expected a day or a time, such as 2027-01-31 or 2027-01-31T12:00:00Z"
                )
            }
            return seconds
        }
        isRevoked = try values.decodeIfPresent(Bool.self, forKey: .isRevoked) ?? false
        permissions = try values.decodeIfPresent([String].self, forKey: .permissions)
    }

    /// What tells the record from others in the state of a request.
    var identifier: String { Self.hex(digest.prefix(8)) }

    /// Whether the token is good for something; `nil` if that is for others to say.
    func allows(_ permission: String) -> Bool? {
        permissions?.contains { pattern in
            pattern == "*" || pattern == permission
                || pattern.hasSuffix(".*") && permission.hasPrefix(pattern.dropLast())
        }
    }

    private static func bytes(ofHex text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.reduce(into: "") { text, byte in
            text += String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
    }
}
