/// The author's text, in which errors find their line.
struct TemplateSource: Sendable {
    /// The text in UTF-8, each end of line a single newline, the last one removed: as Jinja reads a template.
    let bytes: [UInt8]

    init(_ text: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == .carriageReturn {
                bytes.append(.newline)
            } else if byte != .newline || previous != .carriageReturn {
                bytes.append(byte)
            }
            previous = byte
        }
        if bytes.last == .newline { bytes.removeLast() }
        self.bytes = bytes
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Whether the bytes at an offset are those of a word.
    func has(_ word: String, at offset: Int) -> Bool {
        let end = offset + word.utf8.count
        return end <= bytes.count && word.utf8.elementsEqual(bytes[offset..<end])
    }

    /// Where a word begins next, from an offset on.
    func find(_ word: String, from offset: Int) -> Int? {
        offset < bytes.count ? (offset..<bytes.count).first { has(word, at: $0) } : nil
    }

    func error(at offset: Int, _ message: String, hint: String? = nil) -> TemplateError {
        let before = bytes[..<min(offset, bytes.count)]
        let lineStart = before.lastIndex(of: .newline).map { $0 + 1 } ?? 0
        let line = before.count { $0 == .newline } + 1
        // Every byte of UTF-8 that continues no scalar begins one.
        let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
        return TemplateError(line: line, column: column, message: message, hint: hint)
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    /// Blank, tab, newline, and the other white space of ASCII.
    var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

    var isDigit: Bool { (0x30...0x39).contains(self) }

    /// Whether the byte may be part of a name; those beyond ASCII are looked at as scalars later.
    var isNamePart: Bool {
        isDigit || self == UInt8(ascii: "_") || self >= 0x80 || (0x61...0x7A).contains(self | 0x20)
    }
}
