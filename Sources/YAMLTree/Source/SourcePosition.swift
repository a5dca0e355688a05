/// A place in a text file; lines and columns begin at one, columns count characters (Unicode scalars).
package struct SourcePosition: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The beginning of a file.
    package static let start = SourcePosition(line: 1, column: 1)

    /// `12:7`, as editors and terminals understand it.
    package var description: String { "\(line):\(column)" }

    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
