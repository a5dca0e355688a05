/// Digits with separators between them, and what one look tells of them.
struct NumberShape {
    private let start: Int
    private var end: Int
    private var digits = 0
    /// Digits that stand together are a run.
    private var runs = 0
    private var firstRun = 0
    private var lastRun = 0
    /// The longest but the first one.
    private var longestLaterRun = 0
    /// Single dots between two runs.
    private var dots = 0
    /// Runs before the last one that have the lengths of a date, and of a social security number.
    private var dateParts = 0
    private var ssnParts = 0
    private var hasDate = false
    private var hasSSN = false

    /// As many separators as may stand in a row: `+44 (20) (1234)`.
    private static let mostSeparators = 3

    /// From the first to behind the last digit.
    var range: Range<Int> { start..<end }

    /// Looks at the number whose first digit is at a place.
    init(of text: Span<UInt8>, from start: Int) {
        self.start = start
        end = start
        var index = start
        while index < text.count, index - end <= Self.mostSeparators {
            let byte = text[index]
            if byte.isDigit {
                if index > end { beginRun(behind: index - end == 1 ? text[end] : 0) }
                digits += 1
                lastRun += 1
                end = index + 1
            } else if !byte.isSeparator {
                break
            }
            index += 1
        }
        endRun()
    }

    private mutating func beginRun(behind separator: UInt8) {
        let isDash = separator == UInt8(ascii: "-")
        dateParts = (isDash || separator == UInt8(ascii: "/")) && lastRun <= 2 ? dateParts + 1 : 0
        if dateParts >= 2 { hasDate = true }
        ssnParts = isDash && lastRun == 3 ? 1 : isDash && lastRun == 2 && ssnParts == 1 ? 2 : 0
        if ssnParts == 2 { hasSSN = true }
        if separator == UInt8(ascii: ".") { dots += 1 }
        endRun()
        lastRun = 0
    }

    private mutating func endRun() {
        runs += 1
        if runs == 1 { firstRun = lastRun } else { longestLaterRun = max(longestLaterRun, lastRun) }
    }

    /// What rules without labels may find here.
    ///
    /// - Parameter hasPlus: Whether a plus sign stands before the number.
    /// - Returns: The traits.
    func traits(hasPlus: Bool) -> Site.Traits {
        var traits: Site.Traits = []
        if hasSSN { traits.insert(.dashedDigits) }
        if digits >= 10, hasPlus || firstRun >= 10 || longestLaterRun >= 4 { traits.insert(.phoneDigits) }
        if digits >= 13 { traits.insert(.cardDigits) }
        if dots >= 3 { traits.insert(.dottedDigits) }
        if hasDate { traits.insert(.dateDigits) }
        return traits
    }

    /// What rules with labels may find here; a label stands right before the first digit.
    var labelledTraits: Site.Traits {
        var traits: Site.Traits = []
        if digits >= 9, firstRun == 3 || firstRun == 5 || firstRun == 9 { traits.insert(.labelledNineDigits) }
        if hasDate { traits.insert(.labelledDateDigits) }
        return traits
    }

    /// Letters and digits of the word that the first run is a part of.
    ///
    /// - Parameters:
    ///   - before: Those before the number.
    ///   - behind: Those behind it.
    /// - Returns: How many there are.
    func firstWord(with before: Int, and behind: Int) -> Int {
        before + firstRun + (runs == 1 ? behind : 0)
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
