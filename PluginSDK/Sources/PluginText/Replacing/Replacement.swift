/// What to put in the place of a match, written as for Python's `re.sub`.
///
/// | Text | Stands for |
/// |---|---|
/// | `\1` … `\99`, `\g<1>`, `\g<name>` | what the group matched; nothing if it took no part |
/// | `\g<0>` | the whole match |
/// | `\n \t \r \a \b \f \v \\` | the control character, the backslash |
/// | `\0`, `\07`, `\101` | the character of that octal number |
/// | `\.` and other signs | itself, with the backslash |
///
/// Other letters after a backslash are an error. `$1` is plain text.
public struct Replacement: Sendable, Hashable {
    /// The text the replacement was made of.
    public let source: String

    let pieces: [Piece]

    /// A part of the result.
    enum Piece: Sendable, Hashable {
        case text([UInt8])
        case group(Int)
    }

    /// Reads a replacement.
    ///
    /// - Parameters:
    ///   - source: The text, in Python's syntax.
    ///   - pattern: Whose groups it may name.
    /// - Throws: ``PatternError/replacement(_:message:offset:)`` if it is malformed or names a group that the pattern
    ///   lacks.
    public init(_ source: String, for pattern: Pattern) throws(PatternError) {
        var parser = ReplacementParser(source, groupCount: pattern.groupCount, groupNames: pattern.groupNames)
        self.source = source
        pieces = try parser.parse()
    }

    /// Makes a replacement in which nothing stands for anything else.
    public init(verbatim text: String) {
        source = text
        pieces = text.isEmpty ? [] : [.text(Array(text.utf8))]
    }
}
