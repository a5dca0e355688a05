/// What is wrong with a plugin's configuration, and where.
///
/// The runtime turns the pointer into file, line and column. Thrown by ``Plugin/init(configuration:host:)`` it fails the
/// plugin; ``PluginHost/warn(at:_:)`` reports one that does not.
public struct ConfigurationProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// A JSON pointer (RFC 6901) into the configuration, such as `/words/1/search`; empty for all of it.
    public let pointer: String
    /// What is wrong, and how to mend it.
    public let message: String

    /// Makes a problem.
    ///
    /// - Parameters:
    ///   - pointer: A JSON pointer into the configuration, such as `/words/1/search`; empty for all of it.
    ///   - message: What is wrong, and how to mend it.
    public init(at pointer: String = "", _ message: String) {
        self.pointer = pointer
        self.message = message
    }

    /// The message behind its pointer.
    public var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}
