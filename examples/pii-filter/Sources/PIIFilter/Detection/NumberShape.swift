/// Digits with separators between them, and what one look tells of them.
struct NumberShape {
    /// From the first to behind the last digit.
    var range: Range<Int> { start..<end }
    private let start: Int
    private var end: Int
    private var digits = 0
    private var runs = 0
    private var firstRun = 0
    private var lastRun = 0
    private var longestRun = 0
    /// Single dots, and single dashes or slashes, between two digits.
    private var dots = 0
    private var dashes = 0

    /// As many separators as may stand in a row: `+44 (20) (1234)`.
    private static let mostSeparators = 3

    /// Looks at the number whose first digit is at a place.
    init(of text: Span<UInt8>, from start: Int) {
        self.start = start
        end = start
        var index = start
        while index < text.count, index - end <= Self.mostSeparators {
            let byte = text[index]
            if byte.isDigit {
                if digits == 0 || index > end { beginRun(behind: index - end == 1 ? text[index - 1] : 0) }
                digits += 1
                lastRun += 1
                longestRun = max(longestRun, lastRun)
                end = index + 1
            } else if !byte.isSeparator {
                break
            }
            index += 1
        }
        if runs == 1 { firstRun = lastRun }
    }

    private mutating func beginRun(behind separator: UInt8) {
        if runs == 1 { firstRun = lastRun }
        runs += 1
        lastRun = 0
        if separator == UInt8(ascii: ".") { dots += 1 }
        if separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") { dashes += 1 }
    }

    /// What rules without labels may find here.
    var traits: Site.Traits {
        var traits: Site.Traits = []
        if digits >= 9 { traits.insert(.nineDigits) }
        if digits >= 10 { traits.insert(.tenDigits) }
        if digits >= 13 { traits.insert(.thirteenDigits) }
        if dots >= 3 { traits.insert(.dottedDigits) }
        if hasDate { traits.insert(.dateDigits) }
        return traits
    }

    /// What rules with labels may find here.
    var labelledTraits: Site.Traits {
        var traits: Site.Traits = []
        if digits >= 9 { traits.insert(.labelledNineDigits) }
        if hasDate { traits.insert(.labelledDateDigits) }
        return traits
    }

    /// As short as `1/2/90`.
    private var hasDate: Bool { dashes >= 2 && digits >= 4 }

    /// Letters and digits of the longest word in the number, when its first and its last digits have letters around.
    func longestWord(with before: Int, and behind: Int) -> Int {
        if runs == 1 { return before + firstRun + behind }
        return max(before + firstRun, longestRun, lastRun + behind)
    }
}

extension UInt8 {
    /// Whether it may stand between the digits of one number.
    fileprivate var isSeparator: Bool {
        switch self {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("),
            UInt8(ascii: ")"):
            true
        default: false
        }
    }
}
