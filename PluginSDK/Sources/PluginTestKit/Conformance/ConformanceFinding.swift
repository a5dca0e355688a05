/// One thing that a plugin does wrong.
public struct ConformanceFinding: Sendable, Hashable, CustomStringConvertible {
    /// The duty that it fails.
    public enum Duty: String, Sendable {
        /// Instances are on their own and say the same.
        case instances
        /// `start`, `health` and `stop` end well.
        case lifecycle
        /// Unknown configuration keys are reported.
        case configuration
        /// Payloads are answered.
        case answers
        /// Concurrent calls get the answers of single ones.
        case concurrency
        /// A cancelled call ends soon.
        case cancellation
        /// Nothing is done that the ABI forbids.
        case rules
    }

    /// The duty that it fails.
    public let duty: Duty
    /// What it does.
    public let message: String

    /// Makes a finding, to compare with one.
    public init(_ duty: Duty, _ message: String) {
        self.duty = duty
        self.message = message
    }

    /// The duty and the message.
    public var description: String { "\(duty.rawValue): \(message)" }
}
