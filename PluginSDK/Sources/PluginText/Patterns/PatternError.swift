/// Why a pattern or a replacement was refused, or a match was given up.
public enum PatternError: Error, Sendable, Hashable {
    /// The pattern is malformed; `offset` counts the UTF-8 bytes before the fault.
    case syntax(pattern: String, message: String, offset: Int)
    /// The replacement is malformed or names a group that the pattern lacks; `offset` counts the UTF-8 bytes before the fault.
    case replacement(String, message: String, offset: Int)
    /// A match needed more than the pattern's limits allow.
    ///
    /// Whether the text matches is unknown: a filter has to treat it as a failure, never as "no match".
    case limit(Limit, pattern: String)
    /// The matching engine failed in a way it should not; `code` is PCRE2's.
    case engine(code: Int, message: String, pattern: String)

    /// What ran out.
    public enum Limit: Sendable, Hashable {
        /// Steps of backtracking.
        case steps
        /// Nested backtracking points.
        case depth
        /// Memory for backtracking points.
        case memory
    }
}

extension PatternError: CustomStringConvertible {
    /// What is wrong, where, and the mend.
    public var description: String {
        switch self {
        case .syntax(let pattern, let message, let offset):
            "invalid pattern \"\(pattern)\", at byte \(offset): \(message)"
        case .replacement(let text, let message, let offset):
            "invalid replacement \"\(text)\", at byte \(offset): \(message)"
        case .limit(let limit, let pattern):
            "the pattern \"\(pattern)\" \(limit) on this text; rewrite it so that it has fewer ways to match, "
                + "or raise the pattern's limits"
        case .engine(let code, let message, let pattern):
            "the pattern \"\(pattern)\" cannot be matched: \(message) (PCRE2 error \(code))"
        }
    }
}

extension PatternError.Limit: CustomStringConvertible {
    /// What was exceeded, as part of a sentence.
    public var description: String {
        switch self {
        case .steps: "needs more steps than allowed"
        case .depth: "nests deeper than allowed"
        case .memory: "needs more memory than allowed"
        }
    }
}
