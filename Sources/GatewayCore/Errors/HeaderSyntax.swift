/// What a header may look like (RFC 9110, 5.1 and 5.5), without anything that is not ASCII.
enum HeaderSyntax {
    /// Whether a name and a value are well-formed.
    static func allows(_ name: String, _ value: String) -> Bool {
        isName(name) && isValue(value)
    }

    static func isName(_ name: String) -> Bool { !name.isEmpty && name.utf8.allSatisfy(isTokenByte) }

    static func isValue(_ value: String) -> Bool { value.utf8.allSatisfy(isValueByte) }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private static func isValueByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\t") || (byte >= 0x20 && byte < 0x7F)
    }
}
