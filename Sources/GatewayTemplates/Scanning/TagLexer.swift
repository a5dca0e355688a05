/// Cuts the inside of a tag into words and signs.
struct TagLexer {
    private let source: TemplateSource
    private let opening: Delimiter
    private var tokens: [TagToken] = []
    private var offset: Int

    private init(_ source: TemplateSource, _ opening: Delimiter) {
        self.source = source
        self.opening = opening
        offset = opening.end
    }

    /// The words and signs of a tag, the end as the last one, and where the closing sign is.
    static func read(
        _ source: TemplateSource,
        _ opening: Delimiter
    ) throws(TemplateError) -> (tokens: [TagToken], closing: Int) {
        var lexer = TagLexer(source, opening)
        do throws(TemplateError) {
            return try lexer.readAll()
        } catch {
            // Whatever stands in the text behind a tag that was left open is not what is wrong.
            throw opening.isClosed(in: source) ? error : opening.unclosed(in: source)
        }
    }

    private mutating func readAll() throws(TemplateError) -> (tokens: [TagToken], closing: Int) {
        while true {
            while offset < source.bytes.count, source.bytes[offset].isSpace { offset += 1 }
            guard offset < source.bytes.count else { throw opening.unclosed(in: source) }
            if let closing = closing() {
                tokens.append(TagToken(kind: .end, offset: offset))
                return (tokens, closing)
            }
            let start = offset
            tokens.append(TagToken(kind: try next(), offset: start))
        }
    }

    /// Where the closing sign is if it comes next, perhaps behind a mark for white space.
    private func closing() -> Int? {
        if source.has(opening.closing, at: offset) { return offset }
        let hasMark = source.has("-", at: offset) || opening.kind == .block && source.has("+", at: offset)
        return hasMark && source.has(opening.closing, at: offset + 1) ? offset + 1 : nil
    }

    private mutating func next() throws(TemplateError) -> TagToken.Kind {
        // A tag inside a tag: the first one was left open.
        if Delimiter(opening: source, at: offset) != nil { throw opening.unclosed(in: source) }
        let byte = source.bytes[offset]
        if byte.isDigit { return try number() }
        if byte.isNamePart { return try name() }
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { return try string(quote: byte) }
        for sign in Self.signs where source.has(sign, at: offset) {
            offset += sign.utf8.count
            return .sign(sign)
        }
        throw source.error(at: offset, "`\(Unicode.Scalar(byte))` means nothing inside a tag")
    }

    /// The longer ones first.
    private static let signs = [
        "==", "!=", "<=", ">=", "//", "**", "<", ">", "=", "(", ")", "[", "]", "{", "}", ".", ",", ":", "|", "+", "-",
        "*", "/", "%", "~",
    ]

    private mutating func name() throws(TemplateError) -> TagToken.Kind {
        let start = offset
        while offset < source.bytes.count, source.bytes[offset].isNamePart { offset += 1 }
        let name = source.text(start..<offset)
        for (index, scalar) in name.unicodeScalars.enumerated() {
            let isRight = index == 0 ? scalar.properties.isXIDStart || scalar == "_" : scalar.properties.isXIDContinue
            if !isRight { throw source.error(at: start, "`\(scalar)` means nothing inside a tag") }
        }
        return .name(name)
    }

    private mutating func number() throws(TemplateError) -> TagToken.Kind {
        let start = offset
        skipDigits()
        // In `items.0.1` the numbers are 0 and 1.
        let isMember = tokens.last?.kind == .sign(".")
        if !isMember, source.has(".", at: offset), isDigit(at: offset + 1) {
            offset += 1
            skipDigits()
        }
        if !isMember { skipExponent() }
        let text = source.text(start..<offset)
        let isNumber = !(text.utf8.count > 1 && text.utf8.first == UInt8(ascii: "0")) || text.hasPrefix("0.")
        guard isNumber, offset == source.bytes.count || !source.bytes[offset].isNamePart else {
            throw source.error(at: start, "this number has a form that is not supported", hint: "write it in decimal")
        }
        return .number(text)
    }

    private mutating func skipExponent() {
        guard source.has("e", at: offset) || source.has("E", at: offset) else { return }
        let hasSign = source.has("+", at: offset + 1) || source.has("-", at: offset + 1)
        let digits = offset + (hasSign ? 2 : 1)
        guard isDigit(at: digits) else { return }
        offset = digits
        skipDigits()
    }

    private mutating func skipDigits() {
        while isDigit(at: offset) { offset += 1 }
    }

    private func isDigit(at offset: Int) -> Bool { offset < source.bytes.count && source.bytes[offset].isDigit }

    private mutating func string(quote: UInt8) throws(TemplateError) -> TagToken.Kind {
        let start = offset
        offset += 1
        while offset < source.bytes.count, source.bytes[offset] != quote {
            offset += source.bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard offset < source.bytes.count else {
            throw source.error(at: start, "this string is never closed", hint: "end it with the quote it begins with")
        }
        offset += 1
        guard let text = StringLiteral.text(of: source.bytes[(start + 1)..<(offset - 1)]) else {
            throw source.error(at: start, "this string has a `\\x`, `\\u` or `\\U` that names no character")
        }
        return .string(text)
    }
}
