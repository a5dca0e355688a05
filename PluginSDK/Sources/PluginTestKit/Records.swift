/// A hook that a plugin has registered.
public struct RecordedHook: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Whether it may block a request.
    public let mayDeny: Bool
    /// Whether it may change a payload.
    public let mayModify: Bool
    /// Whether it may go on after it has returned.
    public let maySuspend: Bool
    /// Whether it may hold its thread.
    public let mayBlock: Bool
    /// JSON Schema of the payload; empty for a standard hook.
    public let schema: String
}

/// What a plugin said about its configuration.
public struct RecordedProblem: Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Sendable {
        /// The plugin can work with it.
        case warning
        /// The plugin cannot.
        case error
    }

    /// How bad it is.
    public let severity: Severity
    /// A JSON pointer into the configuration.
    public let pointer: String
    /// What is wrong.
    public let message: String

    /// Makes a problem, to compare with a recorded one.
    public init(_ severity: Severity, at pointer: String, _ message: String) {
        self.severity = severity
        self.pointer = pointer
        self.message = message
    }

    /// One line: `error at /domain: domain: missing`.
    public var description: String {
        "\(severity.rawValue)\(pointer.isEmpty ? "" : " at \(pointer)"): \(message)"
    }
}

/// A line that a plugin has written to the log.
public struct RecordedLine: Sendable, Hashable {
    /// The level in the C header: 0 for debug to 3 for error.
    public let level: Int
    /// The line.
    public let message: String

    /// Makes a line, to compare with a recorded one.
    public init(level: Int, _ message: String) {
        self.level = level
        self.message = message
    }
}
