/// Tells which of some sets of words have one in a text, in one look at its bytes: the automaton of Aho and Corasick.
///
/// The case of ASCII letters does not count. A rule whose markers are not in a text needs no search of its own.
package struct MarkerSearch: Sendable {
    /// A set of sets: the bit of each.
    package typealias Sets = UInt32

    /// The column of each byte; all bytes that no word has share the first.
    private var columns = [UInt8](repeating: 0, count: 256)
    private var width = 1
    /// Rows of the places behind each byte, by where a row begins; those of a row with an end have the highest bit.
    private var next: [UInt16] = []
    /// By row: the sets of the words that end there.
    private var ends: [Sets] = []

    private static let endBit: UInt16 = 0x8000

    /// Builds the automaton.
    ///
    /// - Parameter sets: The words of each set, in ASCII; together some thousand letters at most.
    package init(_ sets: [[String]]) {
        precondition(sets.count <= Sets.bitWidth, "there are more sets than bits")
        for byte in Set(sets.joined().flatMap { $0.utf8.map(Self.lowercased) }).sorted() {
            columns[Int(byte)] = UInt8(width)
            columns[Int(Self.uppercased(byte))] = UInt8(width)
            width += 1
        }
        var rows = addWords(sets)
        addFallbacks(to: &rows)
        precondition(rows.count * width < Int(Self.endBit), "the words are too long for the table")
        next = rows.joined().map { row in UInt16(row * width) | (ends[row] == 0 ? 0 : Self.endBit) }
    }

    /// The sets that have a word in a text.
    package func sets(foundIn text: Span<UInt8>) -> Sets {
        var found: Sets = 0
        var row = 0
        for index in text.indices {
            let place = next[row + Int(columns[Int(text[index])])]
            row = Int(place & ~Self.endBit)
            if place & Self.endBit != 0 { found |= ends[row / width] }
        }
        return found
    }

    /// The words as a tree: a row for each beginning of a word, with 0 where no word goes on.
    private mutating func addWords(_ sets: [[String]]) -> [[Int]] {
        var rows = [[Int](repeating: 0, count: width)]
        ends = [0]
        for (set, words) in sets.enumerated() {
            for word in words {
                var row = 0
                for byte in word.utf8 {
                    let column = Int(columns[Int(byte)])
                    if rows[row][column] == 0 {
                        rows[row][column] = rows.count
                        rows.append([Int](repeating: 0, count: width))
                        ends.append(0)
                    }
                    row = rows[row][column]
                }
                ends[row] |= 1 << set
            }
        }
        return rows
    }

    /// Where no word goes on, the longest end of what was read that begins another word does.
    private mutating func addFallbacks(to rows: inout [[Int]]) {
        var fallbacks = [Int](repeating: 0, count: rows.count)
        var queue = rows[0].filter { $0 != 0 }
        var head = 0
        while head < queue.count {
            let row = queue[head]
            head += 1
            let fallback = fallbacks[row]
            ends[row] |= ends[fallback]
            for column in 0..<width {
                let child = rows[row][column]
                if child == 0 {
                    rows[row][column] = rows[fallback][column]
                } else {
                    fallbacks[child] = rows[fallback][column]
                    queue.append(child)
                }
            }
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func uppercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & ~0x20 : byte
    }
}
