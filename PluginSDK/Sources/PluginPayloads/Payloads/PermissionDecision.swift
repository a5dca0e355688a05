/// Whether a user may do something, as a plugin decides it.
public struct PermissionDecision: Sendable, Hashable {
    /// Whether the user may.
    public var granted: Bool
    /// Why, or why not.
    public var reason: String?

    /// Makes a decision.
    ///
    /// - Parameters:
    ///   - granted: Whether the user may.
    ///   - reason: Why, or why not.
    public init(granted: Bool, reason: String? = nil) {
        self.granted = granted
        self.reason = reason
    }
}

extension PermissionDecision: HookReply {
    /// Reads the decision that a plugin answers.
    ///
    /// - Throws: ``BlockError`` that names the field which is missing or has another type.
    public init(block value: BlockValue) throws(BlockError) {
        let fields = try FieldReader(value, of: "decision")
        self.init(granted: try fields.bool("granted"), reason: try fields.optionalText("reason"))
    }

    /// Writes the decision.
    public func write(to writer: inout BlockWriter) {
        writer.add(["granted": .bool(granted), "reason": JSONValue(reason)] as JSONObject)
    }
}
