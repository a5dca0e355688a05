/// The bytes of a text file, without a leading byte order mark, and where its lines begin.
///
/// Lines end where libyaml says they do, so that its line numbers fit: at LF, CR, CR LF, NEL, LS and PS.
package struct SourceText: Sendable {
    package let bytes: [UInt8]
    private let lineStarts: [Int]

    package init(bytes: [UInt8]) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        self.bytes = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(byteOrderMark.count)) : bytes
        self.lineStarts = Self.lineStarts(of: self.bytes)
    }

    /// The text of a line (from one) without its line break, or `nil` behind the end of the text.
    package func line(_ number: Int) -> String? {
        guard lineStarts.indices.contains(number - 1) else { return nil }
        let start = lineStarts[number - 1]
        let end = number < lineStarts.count ? lineStarts[number] : bytes.count
        let content = bytes[start..<end]
        let lineBreak = Self.lineBreaks.first { content.suffix($0.count).elementsEqual($0) } ?? []
        return String(decoding: content.dropLast(lineBreak.count), as: UTF8.self)
    }

    /// The numbers of the lines whose first byte is `byte`.
    package func lines(beginningWith byte: UInt8) -> [Int] {
        lineStarts.indices.filter { lineStarts[$0] < bytes.count && bytes[lineStarts[$0]] == byte }.map { $0 + 1 }
    }

    /// The character at a position, or `nil` at the end of a line.
    package func character(at position: SourcePosition) -> Unicode.Scalar? {
        line(position.line)?.unicodeScalars.dropFirst(position.column - 1).first
    }

    /// The position of a byte.
    package func position(ofByte offset: Int) -> SourcePosition {
        let end = min(max(offset, 0), bytes.count)
        let line = lineStarts.partitioningIndex { $0 > end }
        let start = lineStarts[line - 1]
        let characters = bytes[start..<end].count { $0 & 0xC0 != 0x80 }
        return SourcePosition(line: line, column: characters + 1)
    }

    /// All line breaks; the one of two characters comes before its parts.
    private static let lineBreaks = ["\r\n", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].map { Array($0.utf8) }

    private static func lineStarts(of bytes: [UInt8]) -> [Int] {
        var starts = [0]
        var index = 0
        while index < bytes.count {
            let length = lineBreakLength(in: bytes, at: index)
            index += max(length, 1)
            if length > 0 { starts.append(index) }
        }
        return starts
    }

    private static func lineBreakLength(in bytes: [UInt8], at index: Int) -> Int {
        func byte(_ offset: Int) -> UInt8? { index + offset < bytes.count ? bytes[index + offset] : nil }
        switch bytes[index] {
        case 0x0A: return 1
        case 0x0D: return byte(1) == 0x0A ? 2 : 1
        case 0xC2: return byte(1) == 0x85 ? 2 : 0
        case 0xE2: return byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9) ? 3 : 0
        default: return 0
        }
    }
}

extension [Int] {
    /// The first index whose element is in the second part of an array that is ordered by `belongsToSecondPart`.
    fileprivate func partitioningIndex(where belongsToSecondPart: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if belongsToSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
