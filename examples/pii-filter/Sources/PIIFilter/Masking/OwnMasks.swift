import PluginText

/// Recognizes what the filter itself has put in a text, so that a text may pass it any number of times.
struct OwnMasks: Sendable {
    /// Masks that replace all of what was found.
    private let whole: Pattern
    /// Masks that let a part be seen, which the built-in rules know and do not find.
    private let partial: Pattern
    /// Bytes around a place in which a mask that contains it may lie.
    private let room: Int

    init(redactionText: String) throws(PatternError) {
        var whole = [#"\[HASH:[0-9a-f]{16}\]"#, #"\[TOKEN:[0-9a-f]{8}\]"#]
        if !redactionText.isEmpty { whole.append(Pattern.escape(redactionText)) }
        self.whole = try Pattern(whole.joined(separator: "|"))
        partial = try Pattern(
            #"(?:\*{3}-\*{2}-|\*{3}-\*{3}-|(?:\*{4}-){3}|\*{5})\d{4}|"# + EmailPattern.mask,
            options: .asciiClasses
        )
        room = max(64, redactionText.utf8.count)
    }

    /// Whether a part of a text, which a rule has found, lies within one mask; `mayBePartial` tells whether masks that
    /// let a part be seen count too.
    func contain(
        _ range: Range<Int>,
        of text: UTF8Span,
        mayBePartial: Bool,
        using scratch: borrowing MatchScratch
    ) throws(PatternError) -> Bool {
        if try contains(range, of: text, whole, scratch) { return true }
        return mayBePartial ? try contains(range, of: text, partial, scratch) : false
    }

    private func contains(
        _ range: Range<Int>,
        of text: UTF8Span,
        _ pattern: Pattern,
        _ scratch: borrowing MatchScratch
    ) throws(PatternError) -> Bool {
        var start = max(0, range.lowerBound - room)
        let end = min(text.count, range.upperBound + room)
        while start <= range.lowerBound,
            let mask = try pattern.firstMatch(in: text, within: start..<end, using: scratch)?.range
        {
            if mask.lowerBound <= range.lowerBound && range.upperBound <= mask.upperBound { return true }
            start = mask.lowerBound + 1
        }
        return false
    }
}
