/// A pattern of Python's `re`, translated where PCRE2 would read the same text in another way.
///
/// | Python | PCRE2 | would mean |
/// |---|---|---|
/// | `\Z` | `\z` | the end, or before a last line feed |
/// | `x{,n}` | `x{0,n}` | the text `x{,n}` |
/// | `\uXXXX`, `\UXXXXXXXX` | `\x{…}` | an error |
struct PythonSyntax {
    /// The pattern for PCRE2.
    private(set) var translation: [UInt8] = []
    /// For every byte of the translation, and for its end, the byte of the source it comes from.
    private(set) var origins: [Int] = []

    private let source: [UInt8]
    private var position = 0
    private let isVerbose: Bool

    init(_ pattern: String, isVerbose: Bool) {
        source = Array(pattern.utf8)
        self.isVerbose = isVerbose || Self.startsVerbose(source)
        translation.reserveCapacity(source.count)
        origins.reserveCapacity(source.count + 1)
        while position < source.count { translateItem() }
        origins.append(source.count)
    }

    private mutating func translateItem() {
        switch source[position] {
        case UInt8(ascii: "\\"): translateEscape(inClass: false)
        case UInt8(ascii: "["): translateClass()
        case UInt8(ascii: "(") where follows("(?#"): copy(through: ")")
        case UInt8(ascii: "#") where isVerbose: copy(through: "\n")
        case UInt8(ascii: "{") where isOpenRepeat:
            copy(1)
            emit("0")
        default: copy(1)
        }
    }

    private mutating func translateEscape(inClass: Bool) {
        switch position + 1 < source.count ? source[position + 1] : 0 {
        case UInt8(ascii: "Z") where !inClass:
            emit("\\z")
            position += 2
        case UInt8(ascii: "u"): translateCodePoint(digits: 4)
        case UInt8(ascii: "U"): translateCodePoint(digits: 8)
        case UInt8(ascii: "Q"): copy(through: "\\E")
        default: copy(2)
        }
    }

    private mutating func translateCodePoint(digits: Int) {
        let first = position + 2
        guard first + digits <= source.count, source[first..<first + digits].allSatisfy(Self.isHexDigit) else {
            return copy(2)  // which PCRE2 refuses
        }
        emit("\\x{")
        position = first
        copy(digits)
        emit("}")
    }

    /// Copies a character class; a `]` at its start, and those of `[:alpha:]`, do not end it.
    private mutating func translateClass() {
        copy(1)
        if follows("^") { copy(1) }
        if follows("]") { copy(1) }
        while position < source.count {
            if follows("\\") {
                translateEscape(inClass: true)
            } else if let length = lengthOfNamedClass {
                copy(length)
            } else {
                let ends = follows("]")
                copy(1)
                if ends { return }
            }
        }
    }

    /// Bytes of a `[:name:]` that begins here.
    private var lengthOfNamedClass: Int? {
        guard follows("[:") else { return nil }
        var end = position + 2
        while end < source.count, Self.isNameByte(source[end]) { end += 1 }
        let isClosed = source[end...].starts(with: ":]".utf8)
        return isClosed ? end + 2 - position : nil
    }

    /// Whether `{,n}` or `{,}` begins here.
    private var isOpenRepeat: Bool {
        guard follows("{,") else { return false }
        let rest = source[(position + 2)...].drop { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        return rest.first == UInt8(ascii: "}")
    }

    private func follows(_ text: String) -> Bool {
        source[position...].starts(with: text.utf8)
    }

    private mutating func copy(_ count: Int) {
        for _ in 0..<min(count, source.count - position) {
            translation.append(source[position])
            origins.append(position)
            position += 1
        }
    }

    /// Copies to the end of the next occurrence of a text, or to the end.
    private mutating func copy(through text: String) {
        while position < source.count, !follows(text) { copy(1) }
        copy(text.utf8.count)
    }

    private mutating func emit(_ text: String) {
        for byte in text.utf8 {
            translation.append(byte)
            origins.append(position)
        }
    }

    /// Whether the pattern begins with flags, such as `(?ix)`, that make it verbose.
    private static func startsVerbose(_ source: [UInt8]) -> Bool {
        guard source.starts(with: "(?".utf8) else { return false }
        let flags = source.dropFirst(2).prefix { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
        return flags.contains(UInt8(ascii: "x")) && source.dropFirst(2 + flags.count).first == UInt8(ascii: ")")
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        Character(UnicodeScalar(byte)).isHexDigit
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "^") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
    }
}
