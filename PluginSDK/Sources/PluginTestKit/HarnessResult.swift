public import PluginPayloads

/// What a hook answered.
public struct HarnessResult: Sendable, Hashable {
    /// Whether the request goes on; false when it was blocked, and when the hook failed.
    public var continueProcessing = true
    /// The top-level fields to replace; `nil` when nothing was, or when the request was blocked.
    public var modified: JSONObject?
    /// Why the request is blocked; or, when it goes on, what is reported.
    public var violation: PluginViolation?
    /// What the hook added to the result's metadata.
    public var metadata: JSONObject = [:]
    /// After how many milliseconds the operation should be repeated; 0 for never.
    public var retryDelayMilliseconds = 0
    /// Headers for the HTTP response.
    public var httpHeaders: [String: String] = [:]
    /// Why the hook failed; what it had answered until then is dropped.
    public var error: String?
    /// Whether the call was cancelled before the hook had ended; what it answered later is dropped.
    public var isLate = false

    /// Makes a result, to compare with what a hook answered.
    public init(
        continueProcessing: Bool = true,
        modified: JSONObject? = nil,
        violation: PluginViolation? = nil,
        metadata: JSONObject = [:],
        retryDelayMilliseconds: Int = 0,
        httpHeaders: [String: String] = [:],
        error: String? = nil,
        isLate: Bool = false
    ) {
        self.continueProcessing = continueProcessing
        self.modified = modified
        self.violation = violation
        self.metadata = metadata
        self.retryDelayMilliseconds = retryDelayMilliseconds
        self.httpHeaders = httpHeaders
        self.error = error
        self.isLate = isLate
    }

    /// The result of a hook that failed.
    ///
    /// - Parameter error: Why.
    /// - Returns: The result.
    public static func failed(_ error: String) -> HarnessResult {
        HarnessResult(continueProcessing: false, error: error)
    }
}
