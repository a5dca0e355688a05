/// What the parser found wrong, without any text: most texts are right, and texts are made when one is not.
struct JSONFault: Error {
    enum Kind {
        case tooLong
        case tooDeep
        case tooManyNodes
        case tooLarge
        case noMemory
        case value
        case trailingComma
        case commaOrBracket
        case key
        case colon
        case commaOrBrace
        case end
        case duplicateKey
        case unclosedString
        case controlCharacter
        case escape
        case unicodeEscape
        case loneSurrogate
        case encoding
        case number
    }

    let kind: Kind
    let offset: Int
}

extension JSONFault {
    /// The error for people.
    func error(in text: UnsafeBufferPointer<UInt8>, limits: JSONLimits) -> JSONError {
        let before = unsafe text.prefix(offset)
        let lineStart = unsafe before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let lines = unsafe before.count { $0 == UInt8(ascii: "\n") }
        let scalars = unsafe before[lineStart...].count { $0 & 0xC0 != 0x80 }
        let message = unsafe message(in: text, limits: limits)
        return JSONError(message: message, offset: offset, line: lines + 1, column: scalars + 1)
    }

    private func message(in text: UnsafeBufferPointer<UInt8>, limits: JSONLimits) -> String {
        let found = unsafe Self.name(of: text, at: offset)
        return switch kind {
        case .tooLong:
            "the text has \(text.count) bytes, more than the limit of \(min(limits.maxBytes, BlockAssembly.longestText))"
        case .tooDeep: "more than \(min(limits.maxDepth, 128)) containers within one another"
        case .tooManyNodes: "more than \(limits.maxNodes) values"
        case .tooLarge: "the value needs more than 4 GiB"
        case .noMemory: "no memory for the value"
        case .value: "expected a value, found \(found)"
        case .trailingComma: "expected a value after the comma, found \(found)"
        case .commaOrBracket: "expected a comma or ']' after an element, found \(found)"
        case .key: "expected a key in double quotes, found \(found)"
        case .colon: "expected a colon after the key, found \(found)"
        case .commaOrBrace: "expected a comma or '}' after a value, found \(found)"
        case .end: "expected the end of the text, found \(found)"
        case .duplicateKey: unsafe "duplicate key \(Self.excerpt(of: text, at: offset))"
        case .unclosedString: "the string that begins here is not closed"
        case .controlCharacter: "\(found) in a string has to be escaped"
        case .escape: "unknown escape: a backslash before \(found)"
        case .unicodeEscape: "\\u needs four hexadecimal digits"
        case .loneSurrogate: "\\u with half of a surrogate pair"
        case .encoding: "\(found) is not UTF-8 here"
        case .number: unsafe Self.reason(forNumberIn: text, at: offset)
        }
    }

    private static func name(of text: UnsafeBufferPointer<UInt8>, at offset: Int) -> String {
        guard offset < text.count else { return "the end of the text" }
        if unsafe text[offset...].starts(with: [0xEF, 0xBB, 0xBF]) { return "a byte order mark" }
        let byte = unsafe text[offset]
        return switch byte {
        case UInt8(ascii: "'"): "a single quote"
        case 0x21...0x7E: "'\(Unicode.Scalar(byte))'"
        default: "the byte 0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
        }
    }

    /// The string that begins at an offset, as it is written, cut if it is long.
    private static func excerpt(of text: UnsafeBufferPointer<UInt8>, at offset: Int) -> String {
        var end = offset + 1
        while unsafe end < text.count && text[end] != UInt8(ascii: "\"") {
            end += unsafe text[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        let content = unsafe text[(offset + 1)..<end]
        let cut = unsafe String(decoding: content.prefix(100), as: UTF8.self)
        return unsafe "\"\(cut)\(content.count > 100 ? "…" : "")\""
    }

    private static func reason(forNumberIn text: UnsafeBufferPointer<UInt8>, at offset: Int) -> String {
        let rest = unsafe text[offset] == UInt8(ascii: "-") ? text[(offset + 1)...] : text[offset...]
        let digits = unsafe rest.prefix { $0 &- 0x30 <= 9 }
        if unsafe digits.isEmpty { return "a minus sign needs digits" }
        if unsafe digits.count > 1 && digits.first == UInt8(ascii: "0") { return "a number may not begin with 0" }
        return unsafe text[digits.endIndex] == UInt8(ascii: ".") && !Self.hasDigit(text, at: digits.endIndex + 1)
            ? "a decimal point needs digits" : "an exponent needs digits"
    }

    private static func hasDigit(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        unsafe offset < text.count && text[offset] &- 0x30 <= 9
    }
}
