/// What became of one hook after all its plugins have run.
public struct HookOutcome: Sendable, Equatable {
    /// Whether the request may go on: `false` if it was blocked or a plugin's error stops it.
    public var continueProcessing: Bool

    /// The payload after all changes; `nil` if it is unchanged, blocked or failed.
    ///
    /// Some hooks answer with another value: `http_pre_request` and `http_post_request` with the header map,
    /// `http_auth_resolve_user` with the user map, `http_auth_check_permission` with `{granted, reason}`.
    public var modifiedPayload: PayloadBlock?

    /// The violation that blocked the request, or that a plugin reported without blocking.
    public var violation: PluginViolation?

    /// The error that stops the request.
    public var error: PluginError?

    /// What the plugins say about their work; the last one to write a key wins.
    public var metadata: JSONObject

    /// After how many milliseconds to repeat the whole operation; 0 if no plugin asks for it.
    public var retryDelayMilliseconds: Int

    /// Headers to add to the response.
    public var httpHeaders: JSONObject

    /// Makes an outcome; without arguments, one in which nothing happened.
    public init(
        continueProcessing: Bool = true,
        modifiedPayload: PayloadBlock? = nil,
        violation: PluginViolation? = nil,
        error: PluginError? = nil,
        metadata: JSONObject = [:],
        retryDelayMilliseconds: Int = 0,
        httpHeaders: JSONObject = [:]
    ) {
        self.continueProcessing = continueProcessing
        self.modifiedPayload = modifiedPayload
        self.violation = violation
        self.error = error
        self.metadata = metadata
        self.retryDelayMilliseconds = retryDelayMilliseconds
        self.httpHeaders = httpHeaders
    }
}
