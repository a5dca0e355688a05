/// What became of one hook after all its plugins have run.
public struct HookOutcome: Sendable {
    /// Whether the request may go on: `false` if it was blocked or a plugin's error stops it.
    public var continueProcessing = true

    /// The payload after all changes; `nil` if it is unchanged, blocked or failed.
    ///
    /// Some hooks answer with another value: `http_pre_request` and `http_post_request` with the header map,
    /// `http_auth_resolve_user` with the user map, `http_auth_check_permission` with `{granted, reason}`.
    public var modifiedPayload: PayloadBlock?

    /// What most outcomes have nothing of: they leave the array empty, and so are cheap to make and to pass on.
    private var extras: [Extras] = []

    private struct Extras: Equatable {
        var violation: PluginViolation?
        var error: PluginError?
        var metadata: JSONObject = [:]
        var retryDelayMilliseconds = 0
        var httpHeaders: JSONObject = [:]
        var executions: [ExecutionRecord] = []
    }

    /// Makes an outcome in which nothing happened.
    public init() {}

    /// Makes an outcome.
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
        self.extras = [
            Extras(
                violation: violation,
                error: error,
                metadata: metadata,
                retryDelayMilliseconds: retryDelayMilliseconds,
                httpHeaders: httpHeaders
            )
        ]
    }

    /// The violation that blocked the request, or that a plugin reported without blocking.
    public var violation: PluginViolation? {
        get { extras.first?.violation }
        set { change { $0.violation = newValue } }
    }

    /// The error that stops the request.
    public var error: PluginError? {
        get { extras.first?.error }
        set { change { $0.error = newValue } }
    }

    /// What the plugins say about their work; the last one to write a key wins.
    public var metadata: JSONObject {
        get { extras.first?.metadata ?? [:] }
        set { change { $0.metadata = newValue } }
    }

    /// After how many milliseconds to repeat the whole operation; 0 if no plugin asks for it.
    public var retryDelayMilliseconds: Int {
        get { extras.first?.retryDelayMilliseconds ?? 0 }
        set { change { $0.retryDelayMilliseconds = newValue } }
    }

    /// Headers to add to the response.
    public var httpHeaders: JSONObject {
        get { extras.first?.httpHeaders ?? [:] }
        set { change { $0.httpHeaders = newValue } }
    }

    /// What each plugin did, in their order; empty unless the request asks for it.
    public var executions: [ExecutionRecord] {
        get { extras.first?.executions ?? [] }
        set { change { $0.executions = newValue } }
    }

    private mutating func change(_ body: (inout Extras) -> Void) {
        if extras.isEmpty { extras.append(Extras()) }
        body(&extras[0])
    }
}

extension HookOutcome: Equatable {
    /// Two outcomes are equal if all that they say is.
    public static func == (left: HookOutcome, right: HookOutcome) -> Bool {
        left.continueProcessing == right.continueProcessing && left.modifiedPayload == right.modifiedPayload
            && (left.extras.first ?? Extras()) == (right.extras.first ?? Extras())
    }
}
