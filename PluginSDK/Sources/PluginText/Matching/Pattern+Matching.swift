extension Pattern {
    /// Whether the pattern is found in a text.
    ///
    /// - Parameters:
    ///   - text: Where to look.
    ///   - scratch: Working memory.
    /// - Returns: Whether it is found.
    /// - Throws: ``PatternError/limit(_:pattern:)`` if finding out takes more than the limits allow.
    public func isMatch(in text: UTF8Span, using scratch: borrowing MatchScratch) throws(PatternError) -> Bool {
        try reportingFailure { code throws(MatchFailure) in try scratch.find(code, in: text) }
    }

    /// The first place where the pattern is found.
    ///
    /// - Parameters:
    ///   - text: Where to look.
    ///   - scratch: Working memory.
    /// - Returns: The match, or `nil` if there is none.
    /// - Throws: ``PatternError/limit(_:pattern:)`` if finding out takes more than the limits allow.
    public func firstMatch(in text: UTF8Span, using scratch: borrowing MatchScratch) throws(PatternError) -> Match? {
        try withCursor(over: text, using: scratch) { cursor throws(MatchFailure) in
            guard let range = try cursor.next() else { return nil }
            return Match(range, cursor, groupCount: groupCount)
        }
    }

    /// The first place where the pattern is found in a part of a text, as Python's `search(text, start, end)`.
    ///
    /// Lookbehinds see what lies before the part; nothing sees what lies behind it: the text seems to end there. A bound
    /// inside a character moves to its end, so whoever goes on one byte behind the last place goes on.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - range: Where to look, in bytes.
    ///   - scratch: Working memory.
    /// - Returns: The match, in bytes of the whole text, or `nil` if there is none.
    /// - Throws: ``PatternError/limit(_:pattern:)`` if finding out takes more than the limits allow.
    public func firstMatch(
        in text: UTF8Span,
        within range: Range<Int>,
        using scratch: borrowing MatchScratch
    ) throws(PatternError) -> Match? {
        try reportingFailure { code throws(MatchFailure) in
            try scratch.find(code, in: text, within: range) { range, cursor in
                Match(range, cursor, groupCount: groupCount)
            }
        }
    }

    /// All places where the pattern is found, from left to right, none overlapping another.
    ///
    /// As in Python, an empty match may touch the match before it.
    ///
    /// - Parameters:
    ///   - text: Where to look.
    ///   - scratch: Working memory.
    /// - Returns: The matches.
    /// - Throws: ``PatternError/limit(_:pattern:)`` if finding out takes more than the limits allow.
    public func matches(in text: UTF8Span, using scratch: borrowing MatchScratch) throws(PatternError) -> [Match] {
        try withCursor(over: text, using: scratch) { cursor throws(MatchFailure) in
            var matches: [Match] = []
            while let range = try cursor.next() {
                matches.append(Match(range, cursor, groupCount: groupCount))
            }
            return matches
        }
    }
}

extension Pattern {
    /// Whether the pattern is found in a text.
    ///
    /// - Throws: ``PatternError/limit(_:pattern:)`` if finding out takes more than the limits allow.
    public func isMatch(in text: String) throws(PatternError) -> Bool {
        try isMatch(in: text.utf8Span, using: MatchScratch())
    }

    /// The first place where the pattern is found, in bytes of the text's UTF-8.
    ///
    /// - Throws: ``PatternError/limit(_:pattern:)`` if finding out takes more than the limits allow.
    public func firstMatch(in text: String) throws(PatternError) -> Match? {
        try firstMatch(in: text.utf8Span, using: MatchScratch())
    }

    /// All places where the pattern is found, in bytes of the text's UTF-8.
    ///
    /// - Throws: ``PatternError/limit(_:pattern:)`` if finding out takes more than the limits allow.
    public func matches(in text: String) throws(PatternError) -> [Match] {
        try matches(in: text.utf8Span, using: MatchScratch())
    }
}

extension Pattern {
    /// Lends a cursor over the matches in a text.
    func withCursor<Result>(
        over text: UTF8Span,
        using scratch: borrowing MatchScratch,
        _ body: (inout MatchCursor) throws(MatchFailure) -> Result
    ) throws(PatternError) -> Result {
        try reportingFailure { code throws(MatchFailure) in try scratch.withCursor(over: text, for: code, body) }
    }

    /// Lends the code for a search, whose failure is reported with the pattern's text.
    private func reportingFailure<Result>(
        _ search: (PatternCode) throws(MatchFailure) -> Result
    ) throws(PatternError) -> Result {
        defer { extendLifetime(compiled) }
        do throws(MatchFailure) {
            return try search(compiled.code)
        } catch {
            throw PatternError(error, pattern: source)
        }
    }
}
