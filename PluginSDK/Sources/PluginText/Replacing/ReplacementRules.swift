/// Search-and-replace rules that are applied one after another, each to the result of the one before.
///
/// ```swift
/// let rules = ReplacementRules([
///     try ReplacementRule(search: "crap", replace: "crud"),
///     try ReplacementRule(search: "crud", replace: "yikes"),
/// ])
/// try rules.apply(to: "What a crapshow!")  // "What a yikesshow!"
/// ```
public struct ReplacementRules: Sendable {
    /// The rules, in the order in which they are applied.
    public let rules: [ReplacementRule]

    private let patterns: PatternList

    /// Makes a list of rules.
    public init(_ rules: [ReplacementRule]) {
        self.rules = rules
        patterns = PatternList(rules.map(\.pattern))
    }

    /// The text after all rules.
    ///
    /// - Parameters:
    ///   - text: Where to look.
    ///   - scratch: Working memory.
    /// - Returns: The new text, or `nil` if no rule found anything.
    /// - Throws: ``PatternError/limit(_:pattern:)`` if finding out takes more than the limits of a pattern allow.
    public func apply(to text: UTF8Span, using scratch: borrowing MatchScratch) throws(PatternError) -> String? {
        // Most texts have no hit, and a list finds that out fastest.
        guard let first = try patterns.firstIndex(foundIn: text, using: scratch) else { return nil }
        var result = try rules[first].apply(to: text, using: scratch) ?? String(copying: text)
        for rule in rules[(first + 1)...] {
            result = try rule.apply(to: result.utf8Span, using: scratch) ?? result
        }
        return result
    }

    /// The text after all rules, or `nil` if none found anything.
    ///
    /// - Throws: ``PatternError/limit(_:pattern:)`` if finding out takes more than the limits of a pattern allow.
    public func apply(to text: String) throws(PatternError) -> String? {
        try apply(to: text.utf8Span, using: MatchScratch())
    }
}

/// What to search, and what to put in its place.
public struct ReplacementRule: Sendable {
    /// What is searched.
    public let pattern: Pattern
    /// What takes the place of each match.
    public let replacement: Replacement

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - search: The regular expression.
    ///   - replace: The replacement, in Python's syntax.
    ///   - options: How the expression is read and matched.
    /// - Throws: ``PatternError`` if either is malformed.
    public init(search: String, replace: String, options: Pattern.Options = []) throws(PatternError) {
        pattern = try Pattern(search, options: options)
        replacement = try Replacement(replace, for: pattern)
    }

    func apply(to text: UTF8Span, using scratch: borrowing MatchScratch) throws(PatternError) -> String? {
        try pattern.replaceAll(in: text, with: replacement, using: scratch)
    }
}
