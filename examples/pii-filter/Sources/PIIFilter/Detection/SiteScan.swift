/// Goes over the bytes of a text once and tells where rules may find something, so that most texts need no search.
///
/// Whatever a rule finds in the whole text it also finds in a site with the rule's trait. A rule's pattern keeps that
/// promise by its form: a number is digits with up to three separators in a row, a label is at most
/// ``labelRoom`` bytes long and stands before its value, and nothing looks further than one byte behind its match.
package enum SiteScan {
    /// Bytes before a value in which its label begins.
    static let labelRoom = 64
    /// Letters and digits of a word that are counted on each side of its first digits.
    private static let wordRoom = 40

    /// Visits the sites from left to right; of those at one number the labelled one first.
    package static func forEachSite<Failure: Error>(
        in text: Span<UInt8>,
        _ body: (Site) throws(Failure) -> Void
    ) throws(Failure) {
        var colons = ColonCount()
        var previousEnd = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            // One comparison for the digits, the colon, the at sign and some rare ones.
            guard byte &- UInt8(ascii: "0") <= UInt8(ascii: "@") - UInt8(ascii: "0") else {
                index += 1
                continue
            }
            if byte.isDigit {
                let number = NumberShape(of: text, from: index)
                try visit(number, after: previousEnd, in: text, body)
                index = number.range.upperBound
                previousEnd = index
                continue
            }
            if byte == UInt8(ascii: "@") {
                if let range = address(around: index, in: text) { try body(Site(range: range, traits: .at)) }
            } else if byte == UInt8(ascii: ":") {
                colons.add(at: index)
            }
            index += 1
        }
        if colons.mayBeAddress { try body(Site(range: 0..<text.count, traits: .colons)) }
    }

    private static func visit<Failure: Error>(
        _ number: NumberShape,
        after previousEnd: Int,
        in text: Span<UInt8>,
        _ body: (Site) throws(Failure) -> Void
    ) throws(Failure) {
        let digits = number.range
        let before = letters(before: digits.lowerBound, in: text)
        let behind = letters(behind: digits.upperBound, in: text)
        let words = (digits.lowerBound - before)..<min(digits.upperBound + behind + 1, text.count)
        let longestWord = number.longestWord(with: before, and: behind)
        var labelled = number.labelledTraits
        if longestWord >= 5 { labelled.insert(.labelledWord) }
        if !labelled.isEmpty {
            let lower = max(words.lowerBound - labelRoom, min(previousEnd, words.lowerBound), 0)
            try body(Site(range: lower..<words.upperBound, traits: labelled))
        }
        if longestWord >= 15 { try body(Site(range: words, traits: .longWord)) }
        if !number.traits.isEmpty {
            // A match may begin with a plus sign or a parenthesis.
            let lower = max(digits.lowerBound - 2, previousEnd)
            try body(Site(range: lower..<min(digits.upperBound + 1, text.count), traits: number.traits))
        }
    }

    private static func letters(before end: Int, in text: Span<UInt8>) -> Int {
        var count = 0
        while count < min(wordRoom, end), text[end - count - 1].isLetterOrDigit { count += 1 }
        return count
    }

    private static func letters(behind start: Int, in text: Span<UInt8>) -> Int {
        var count = 0
        while count < min(wordRoom, text.count - start), text[start + count].isLetterOrDigit { count += 1 }
        return count
    }

    /// What may be an e-mail address around an `@`, with one byte behind it.
    private static func address(around at: Int, in text: Span<UInt8>) -> Range<Int>? {
        var lower = at
        while lower > 0, text[lower - 1].mayBeInAddress { lower -= 1 }
        var upper = at + 1
        while upper < text.count, text[upper].mayBeInAddress { upper += 1 }
        guard lower < at, upper > at + 1 else { return nil }
        return lower..<min(upper + 1, text.count)
    }
}

/// Counts colons that lie near enough to each other to be those of one IPv6 address.
private struct ColonCount {
    private var previous = 0
    private var count = 0
    private(set) var mayBeAddress = false

    mutating func add(at index: Int) {
        // Between two of them are at most four hexadecimal digits.
        count = index - previous <= 5 ? count + 1 : 1
        previous = index
        if count >= 7 { mayBeAddress = true }
    }
}

extension UInt8 {
    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

    var isLetterOrDigit: Bool { isDigit || (self | 0x20) &- UInt8(ascii: "a") < 26 }

    /// Whether the pattern for e-mail addresses could take the byte; those of other than ASCII characters count.
    fileprivate var mayBeInAddress: Bool {
        switch self {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
        default: isLetterOrDigit || self >= 0x80
        }
    }
}
