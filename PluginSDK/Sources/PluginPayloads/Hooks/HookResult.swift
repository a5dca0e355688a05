/// What a hook answers.
public struct HookResult<Payload: Sendable>: Sendable {
    /// Whether the request goes on.
    public var continueProcessing: Bool
    /// The changed payload; `nil` when nothing changed.
    public var modifiedPayload: Payload?
    /// Why the request is blocked; or, when it goes on, what is reported.
    public var violation: PluginViolation?
    /// What the plugin adds to the result's metadata.
    public var metadata: JSONObject
    /// After how many milliseconds the caller should repeat the operation; 0 for never.
    public var retryDelayMilliseconds: Int
    /// Headers to add to the HTTP response.
    public var httpHeaders: [String: String]

    /// Makes a result; without arguments, one that changes nothing.
    ///
    /// - Parameters:
    ///   - continueProcessing: Whether the request goes on.
    ///   - modifiedPayload: The changed payload.
    ///   - violation: Why the request is blocked, or what is reported.
    ///   - metadata: What to add to the result's metadata.
    ///   - retryDelayMilliseconds: When to repeat the operation.
    ///   - httpHeaders: Headers to add to the HTTP response.
    public init(
        continueProcessing: Bool = true,
        modifiedPayload: Payload? = nil,
        violation: PluginViolation? = nil,
        metadata: JSONObject = [:],
        retryDelayMilliseconds: Int = 0,
        httpHeaders: [String: String] = [:]
    ) {
        self.continueProcessing = continueProcessing
        self.modifiedPayload = modifiedPayload
        self.violation = violation
        self.metadata = metadata
        self.retryDelayMilliseconds = retryDelayMilliseconds
        self.httpHeaders = httpHeaders
    }

    /// The request goes on, and nothing changes.
    public static var proceed: Self { Self() }

    /// The request goes on with a changed payload.
    ///
    /// - Parameters:
    ///   - payload: The changed payload.
    ///   - metadata: What to add to the result's metadata.
    /// - Returns: The result.
    public static func modified(_ payload: Payload, metadata: JSONObject = [:]) -> Self {
        Self(modifiedPayload: payload, metadata: metadata)
    }

    /// The request is blocked.
    ///
    /// - Parameter violation: Why.
    /// - Returns: The result.
    public static func deny(_ violation: PluginViolation) -> Self {
        Self(continueProcessing: false, violation: violation)
    }

    /// The request is blocked.
    ///
    /// - Parameters:
    ///   - code: A short name for programs.
    ///   - reason: What happened, in a few words.
    ///   - description: What happened, in a sentence.
    ///   - details: More about it, for programs.
    /// - Returns: The result.
    public static func deny(
        code: String,
        reason: String,
        description: String,
        details: JSONObject = [:]
    ) -> Self {
        deny(PluginViolation(reason: reason, description: description, code: code, details: details))
    }
}
