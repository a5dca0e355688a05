/// Reads the syntax that ``Replacement`` describes.
struct ReplacementParser {
    private let source: String
    private let bytes: [UInt8]
    private let groupCount: Int
    private let groupNames: [String: Int]
    private var position = 0
    private var text: [UInt8] = []
    private var pieces: [Replacement.Piece] = []

    init(_ source: String, groupCount: Int, groupNames: [String: Int]) {
        self.source = source
        bytes = Array(source.utf8)
        self.groupCount = groupCount
        self.groupNames = groupNames
    }

    mutating func parse() throws(PatternError) -> [Replacement.Piece] {
        while let byte = take() {
            if byte == UInt8(ascii: "\\") {
                try parseEscape()
            } else {
                text.append(byte)
            }
        }
        endText()
        return pieces
    }

    private mutating func parseEscape() throws(PatternError) {
        let start = position - 1
        guard let byte = take() else { throw error("a backslash at the end; write \\\\ for one", at: start) }
        switch byte {
        case UInt8(ascii: "g"): try parseGroup(start)
        case UInt8(ascii: "0"): appendOctal(0, digits: 2)
        case UInt8(ascii: "1")...UInt8(ascii: "9"): try parseNumber(Int(byte - UInt8(ascii: "0")), start)
        default: try parseSign(byte, start)
        }
    }

    /// `\1`, `\12`, or the octal `\101`.
    private mutating func parseNumber(_ first: Int, _ start: Int) throws(PatternError) {
        if let second = digit(at: position), let third = digit(at: position + 1), max(first, second, third) < 8 {
            guard first < 4 else { throw error("the octal number is greater than \\377", at: start) }
            position += 2
            return append(codePoint: first * 64 + second * 8 + third)
        }
        var number = first
        if let second = digit(at: position) {
            number = number * 10 + second
            position += 1
        }
        try appendGroup(number, start)
    }

    /// `\g<1>` or `\g<name>`.
    private mutating func parseGroup(_ start: Int) throws(PatternError) {
        guard take() == UInt8(ascii: "<") else { throw error("\\g lacks its <name>", at: start) }
        let rest = bytes[position...]
        guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else {
            throw error("\\g<name> lacks its >", at: start)
        }
        let name = String(decoding: rest[..<end], as: UTF8.self)
        position = end + 1
        if name.isEmpty { throw error("\\g<> lacks a name", at: start) }
        if name.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
            try appendGroup(Int(name) ?? .max, start)
        } else if let number = groupNames[name] {
            try appendGroup(number, start)
        } else {
            throw error("the pattern has no group named \"\(name)\"", at: start)
        }
    }

    private mutating func parseSign(_ byte: UInt8, _ start: Int) throws(PatternError) {
        switch byte {
        case UInt8(ascii: "\\"): text.append(byte)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "a"): text.append(0x07)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "v"): text.append(0x0B)
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            let letter = Character(UnicodeScalar(byte))
            throw error("\\\(letter) means nothing; write \\\\\(letter) for a backslash and the letter", at: start)
        default: text += [UInt8(ascii: "\\"), byte]
        }
    }

    private mutating func appendGroup(_ number: Int, _ start: Int) throws(PatternError) {
        guard number <= groupCount else {
            throw error("the pattern has \(groupCount) groups and no group \(number)", at: start)
        }
        endText()
        pieces.append(.group(number))
    }

    /// Reads up to `digits` octal digits after those in `value`.
    private mutating func appendOctal(_ value: Int, digits: Int) {
        var value = value
        for _ in 0..<digits {
            guard let next = digit(at: position), next < 8 else { break }
            value = value * 8 + next
            position += 1
        }
        append(codePoint: value)
    }

    private mutating func append(codePoint: Int) {
        text.append(contentsOf: String(UnicodeScalar(UInt8(truncatingIfNeeded: codePoint))).utf8)
    }

    private mutating func endText() {
        if !text.isEmpty { pieces.append(.text(text)) }
        text.removeAll()
    }

    private mutating func take() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    private func digit(at position: Int) -> Int? {
        guard position < bytes.count else { return nil }
        let value = Int(bytes[position]) - Int(UInt8(ascii: "0"))
        return 0...9 ~= value ? value : nil
    }

    private func error(_ message: String, at offset: Int) -> PatternError {
        .replacement(source, message: message, offset: offset)
    }
}
