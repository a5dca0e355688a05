/// Patterns that are searched together.
///
/// Asking a list is faster than asking its patterns one by one, because nothing is copied or counted between them.
public struct PatternList: Sendable {
    /// The patterns.
    public let patterns: [Pattern]

    private let codes: [PatternCode]

    /// Makes a list.
    public init(_ patterns: [Pattern]) {
        self.patterns = patterns
        codes = patterns.map(\.compiled.code)
    }

    /// The first pattern of the list that is found in a text.
    ///
    /// ```swift
    /// var next = try words.firstIndex(foundIn: text, using: scratch)
    /// while let index = next {
    ///     hits.append(words.patterns[index].source)
    ///     next = try words.firstIndex(foundIn: text, from: index + 1, using: scratch)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - text: Where to look.
    ///   - start: The first pattern to try.
    ///   - scratch: Working memory.
    /// - Returns: The pattern's index, or `nil` if none is found.
    /// - Throws: ``PatternError/limit(_:pattern:)`` if finding out takes more than the limits of a pattern allow.
    public func firstIndex(
        foundIn text: UTF8Span,
        from start: Int = 0,
        using scratch: borrowing MatchScratch
    ) throws(PatternError) -> Int? {
        // The patterns own what the codes point to.
        defer { extendLifetime(patterns) }
        var index = start
        do throws(MatchFailure) {
            return try scratch.firstIndex(of: codes, foundIn: text, from: &index)
        } catch {
            throw PatternError(error, pattern: patterns[index].source)
        }
    }
}
