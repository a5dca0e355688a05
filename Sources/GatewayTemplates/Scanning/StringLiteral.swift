/// The text that a string of a tag stands for, by the rules of Python.
enum StringLiteral {
    /// The text, or `nil` if an escape names no character.
    static func text(of bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
        var text = String.UnicodeScalarView()
        var rest = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let escaped = rest.popFirst() else {
                text.append(scalar)
                continue
            }
            switch escaped {
            case "x", "u", "U":
                guard let named = named(&rest, digits: escaped == "x" ? 2 : escaped == "u" ? 4 : 8) else { return nil }
                text.append(named)
            case "\n": continue
            default: text.append(contentsOf: short[escaped].map { [$0] } ?? [scalar, escaped])
            }
        }
        return String(text)
    }

    /// Escapes of one letter; behind any other letter the backslash stands for itself.
    private static let short: [Unicode.Scalar: Unicode.Scalar] = [
        "n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", "\"": "\"", "a": "\u{7}", "b": "\u{8}", "f": "\u{C}",
        "v": "\u{B}", "0": "\0",
    ]

    private static func named(_ rest: inout Substring.UnicodeScalarView, digits: Int) -> Unicode.Scalar? {
        let text = String(rest.prefix(digits))
        guard text.unicodeScalars.count == digits, text.unicodeScalars.allSatisfy(\.properties.isASCIIHexDigit) else {
            return nil
        }
        rest.removeFirst(digits)
        return UInt32(text, radix: 16).flatMap(Unicode.Scalar.init)
    }
}
