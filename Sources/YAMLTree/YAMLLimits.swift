/// How large a YAML document may be, so that a hostile file costs little time and memory.
///
/// Nodes and text are counted after aliases were replaced by what they stand for: a few nested aliases can stand for billions.
package struct YAMLLimits: Sendable {
    /// The size of the file.
    package var bytes = 4 * 1024 * 1024
    /// The levels of nesting; the root is the first.
    package var depth = 64
    /// Scalars, sequences, mappings and keys.
    package var nodes = 200_000
    /// The UTF-8 bytes of all scalars and keys.
    package var textBytes = 16 * 1024 * 1024
    /// Mistakes that are collected before the reading ends.
    package var errors = 100
    /// Lines that begin with `%`; libyaml compares each tag directive with all before it.
    package var directives = 16

    package init() {}

    /// What can be refused before the text is parsed.
    func error(in source: SourceText, byteCount: Int) -> YAMLError? {
        if byteCount > bytes {
            return YAMLError(.limit, at: .start, "the file is larger than \(bytes) bytes")
        }
        guard let line = source.lines(beginningWith: UInt8(ascii: "%")).dropFirst(directives).first else { return nil }
        let position = SourcePosition(line: line, column: 1)
        let message = "more than \(directives) lines begin with '%', as directives do"
        return YAMLError(.limit, at: position, message, hint: "remove them; indent those that belong to a text")
    }
}
