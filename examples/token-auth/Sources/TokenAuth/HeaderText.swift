/// What may stand in a header.
enum HeaderText {
    /// Whether a text is the name of a header.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }

    /// Whether a text can be passed on as the identifier of a request: short, and of harmless characters.
    static func isCorrelationID(_ text: String) -> Bool {
        1...128 ~= text.utf8.count
            && text.utf8.allSatisfy { byte in
                byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "-._:".utf8.contains(byte)
            }
    }

    /// The token of `Bearer TOKEN`.
    static func bearerToken(_ value: String) -> String? {
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    /// Whether a token looks like one that the gateway checks itself: three parts, of which the first is a JSON object.
    static func isJWT(_ token: String) -> Bool {
        token.hasPrefix("eyJ") && token.utf8.count { $0 == UInt8(ascii: ".") } == 2
    }
}
