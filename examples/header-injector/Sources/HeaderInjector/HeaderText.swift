/// What may stand in a header.
enum HeaderText {
    /// Whether a text is the name of a header.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+-.^_`|~".utf8.contains($0) }
    }

    /// Whether a text is a value: printable ASCII and blanks, none at the ends.
    static func isValue(_ text: String) -> Bool {
        let blanks: [UInt8] = [UInt8(ascii: " "), UInt8(ascii: "\t")]
        return text.utf8.allSatisfy { 0x20...0x7e ~= $0 || $0 == UInt8(ascii: "\t") }
            && ![text.utf8.first, text.utf8.last].contains { $0.map(blanks.contains) ?? false }
    }

    /// Whether a text can be passed on as the identifier of a request: short, and of harmless characters.
    static func isCorrelationID(_ text: String) -> Bool {
        1...128 ~= text.utf8.count && text.utf8.allSatisfy { isLetterOrDigit($0) || "-._:".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
