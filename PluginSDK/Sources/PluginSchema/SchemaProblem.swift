/// What is wrong with a value, and where.
///
/// The message shows no part of the value but names of unknown properties, cut to a length.
public struct SchemaProblem: Sendable, Hashable, CustomStringConvertible {
    /// A JSON pointer (RFC 6901) into the value; empty for all of it.
    public let pointer: String
    /// What is wrong: `expected an integer, found a string`.
    public let message: String

    /// Makes a problem.
    ///
    /// - Parameters:
    ///   - pointer: A JSON pointer into the value; empty for all of it.
    ///   - message: What is wrong.
    public init(at pointer: String, _ message: String) {
        self.pointer = pointer
        self.message = message
    }

    /// The message behind its pointer.
    public var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}

/// Why a schema cannot be used, and where.
public struct SchemaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A JSON pointer (RFC 6901) into the schema; empty for all of it.
    public let pointer: String
    /// What is wrong, and how to mend it.
    public let message: String

    init(at pointer: String, _ message: String) {
        self.pointer = pointer
        self.message = message
    }

    /// The message behind its pointer.
    public var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}
