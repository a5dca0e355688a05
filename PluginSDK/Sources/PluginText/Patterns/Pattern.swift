/// A compiled regular expression, written as for Python's `re` and matched by PCRE2.
///
/// Text and pattern are Unicode, as for Python's `str`: `.` is one character, `\d`, `\w`, `\s` and `\b` know all
/// scripts, and ``Options/caseInsensitive`` folds all letters. `$` matches at the end and before a last line feed, and
/// only the line feed ends a line. `\Z`, `\uXXXX`, `\UXXXXXXXX` and `{,n}` mean what they mean in Python; everything
/// else is PCRE2's syntax, which has Python's as its core. `\C`, a single byte, is refused.
///
/// ```swift
/// let phone = try Pattern(#"(?P<area>\d{3})-(\d{3})-(\d{4})"#)
/// try phone.replaceAll(in: "Call 123-456-7890", with: Replacement(#"XXX-\2-\3"#, for: phone))
/// ```
///
/// A pattern never changes and may be used by any number of threads. Compile it once, when the plugin is made.
///
/// ## Limits
///
/// A search that exceeds ``Limits`` throws ``PatternError/limit(_:pattern:)``. They bound the search from one starting
/// place; a pattern such as `\s+x` may still need time that grows with the square of the text, so bound the text too.
public struct Pattern: Sendable {
    let compiled: CompiledPattern

    /// Compiles a pattern.
    ///
    /// - Parameters:
    ///   - source: The regular expression.
    ///   - options: How it is read and matched.
    ///   - limits: What one search may need.
    ///   - useJIT: `false` keeps to PCRE2's interpreter, which gives the same results in about six times the time.
    /// - Throws: ``PatternError/syntax(pattern:message:offset:)``.
    public init(
        _ source: String,
        options: Options = [],
        limits: Limits = .standard,
        useJIT: Bool = true
    ) throws(PatternError) {
        compiled = try CompiledPattern(source, options: options, limits: limits, useJIT: useJIT)
    }

    /// The text the pattern was made of.
    public var source: String { compiled.source }

    /// How the pattern is read and matched.
    public var options: Options { compiled.options }

    /// Whether matching runs as machine code.
    ///
    /// `false` if that was not asked for, or is not possible: a process under memory-deny-write-execute may not make
    /// machine code.
    public var usesJIT: Bool { compiled.code.usesJIT }

    /// Number of capturing groups, not counting the whole match.
    public var groupCount: Int { compiled.code.groupCount }

    /// The numbers of the named groups.
    public var groupNames: [String: Int] { compiled.groupNames }

    /// What one search may need.
    public var limits: Limits { compiled.code.limits }

    /// A pattern that matches exactly a text.
    public static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if special.contains(scalar) { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    private static let special = Set("\\.^$*+?{}[]()|#&~- \t\n\r\u{B}\u{C}".unicodeScalars)
}

extension Pattern: CustomStringConvertible {
    /// The text the pattern was made of.
    public var description: String { source }
}
