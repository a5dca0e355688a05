import PluginText

/// Goes over the bytes of a text once and tells where rules may find something, so that most texts need no search.
///
/// Whatever a rule finds in the whole text it also finds in a site with the rule's trait. A rule's pattern keeps that
/// promise by its form: a number is digits with up to three separators in a row; a label is at most ``labelRoom`` bytes
/// long, ends with its last letter or separator, and its value stands right behind it; and nothing looks further than one
/// byte behind a match, or into the same number.
package struct SiteScan {
    /// Bytes before a value in which its label begins.
    private static let labelRoom = 64
    /// Letters and digits of a word that are counted on each side of a number.
    private static let wordRoom = 40

    /// The end of the number that was seen last, and of the word that it ends in.
    private var numberEnd = 0
    private var wordEnd = 0
    private var colons = ColonCount()

    /// Visits the sites from left to right; of those at one number the labelled one first.
    package static func forEachSite<Failure: Error>(
        in text: Span<UInt8>,
        _ body: (Site) throws(Failure) -> Void
    ) throws(Failure) {
        var scan = SiteScan()
        var index = 0
        // One range for the digits, the colon and the at sign, with some rare ones between.
        while let place = text.firstIndex(in: UInt8(ascii: "0")...UInt8(ascii: "@"), from: index) {
            index = place + 1
            let byte = text[place]
            if byte.isDigit {
                try scan.visit(NumberShape(of: text, from: place), in: text, body)
                index = scan.numberEnd
            } else if byte == UInt8(ascii: ":") {
                scan.colons.add(at: place)
            } else if byte == UInt8(ascii: "@"), let range = address(around: place, in: text) {
                try body(Site(range: range, traits: .at))
            }
        }
        if scan.colons.mayBeAddress { try body(Site(range: 0..<text.count, traits: .colons)) }
    }

    private mutating func visit<Failure: Error>(
        _ number: NumberShape,
        in text: Span<UInt8>,
        _ body: (Site) throws(Failure) -> Void
    ) throws(Failure) {
        let (start, end) = (number.range.lowerBound, number.range.upperBound)
        let isNewWord = start >= wordEnd
        let before = isNewWord ? Self.letters(before: start, in: text) : 0
        let behind = Self.letters(behind: end, in: text)
        let word = isNewWord ? number.firstWord(with: before, and: behind) : 0
        let upper = min(end + behind + 1, text.count)

        var labelled = number.labelledTraits
        if word >= 5 { labelled.insert(.labelledWord) }
        if !labelled.isEmpty {
            let lower = max(0, start - before - Self.labelRoom, min(numberEnd, start - before))
            try body(Site(range: lower..<upper, traits: labelled))
        }
        if word >= 15 { try body(Site(range: (start - before)..<upper, traits: .longWord)) }
        let hasPlus = start > 0 && text[start - 1] == UInt8(ascii: "+")
        let traits = number.traits(hasPlus: hasPlus)
        if !traits.isEmpty {
            // A match may begin with a plus sign or a parenthesis.
            try body(Site(range: max(0, start - 1, numberEnd)..<min(end + 1, text.count), traits: traits))
        }
        numberEnd = end
        wordEnd = end + behind
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
