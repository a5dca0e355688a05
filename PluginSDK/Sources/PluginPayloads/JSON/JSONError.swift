/// Why a JSON text was refused, and where.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong: `duplicate key "name"`.
    public let message: String

    /// Bytes before the place.
    public let offset: Int

    /// The line, counted from 1; lines end with a line feed.
    public let line: Int

    /// The place in the line, counted from 1 in Unicode scalars.
    public let column: Int

    /// Makes an error with its parts.
    public init(message: String, offset: Int, line: Int, column: Int) {
        self.message = message
        self.offset = offset
        self.line = line
        self.column = column
    }

    /// The place and the message: `line 3, column 7: duplicate key "name"`.
    public var description: String { "line \(line), column \(column): \(message)" }
}
