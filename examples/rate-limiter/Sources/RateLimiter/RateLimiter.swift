import PluginPayloads
public import PluginSDK

/// Limits how often users, tenants and tools are served.
public struct RateLimiter: PromptPreFetchHook, ToolPreInvokeHook {
    /// The name in the manifest.
    public static let name = "rate_limiter"
    /// The version in the manifest.
    public static let version = "1.0.0"

    private let configuration: Configuration
    private let host: PluginHost
    private let limiter: Limiter

    /// Starts with full buckets.
    public init(configuration: Configuration, host: PluginHost) {
        self.configuration = configuration
        self.host = host
        let start = ContinuousClock.now
        limiter = Limiter(capacity: configuration.maxBuckets) {
            Int((ContinuousClock.now - start).attoseconds / 1_000_000_000)
        }
    }

    /// Counts a prompt for its user and tenant.
    public func promptPreFetch(_ payload: PromptPreFetchPayload, _ context: HookContext) -> PromptPreFetchResult {
        answer(limits(context))
    }

    /// Counts a call for its user, its tenant and its tool.
    public func toolPreInvoke(_ payload: ToolPreInvokePayload, _ context: HookContext) -> ToolPreInvokeResult {
        let name = payload.name
        return answer(limits(context) + [configuration.byTool[name].map { Limit(.tool, name, $0) }].compactMap(\.self))
    }

    private func limits(_ context: HookContext) -> [Limit] {
        let identity = context.globalContext.identity
        // Calls without a user, or without a tenant, share a bucket: leaving the name out is no way round a limit.
        return [
            configuration.byUser.map { Limit(.user, Self.name(of: identity.user), $0) },
            configuration.byTenant.map { Limit(.tenant, identity.tenantID ?? "", $0) },
        ].compactMap(\.self)
    }

    /// The text that a user is known by.
    private static func name(of user: JSONValue?) -> String {
        guard let user, !user.isNull else { return "" }
        return user.string ?? user["email"]?.string ?? user.description
    }
}

// MARK: - Answers

extension RateLimiter {
    private func answer<Payload: Sendable>(_ limits: [Limit]) -> HookResult<Payload> {
        guard let allowance = limiter.take(limits) else { return .proceed }
        var headers = [
            "X-RateLimit-Limit": String(allowance.limit),
            "X-RateLimit-Remaining": String(allowance.remaining),
            "X-RateLimit-Reset": String(allowance.secondsToReset),
        ]
        guard allowance.secondsToRetry > 0 else { return HookResult(httpHeaders: headers) }
        headers["Retry-After"] = String(allowance.secondsToRetry)
        host.count("limited_by_\(allowance.scope.rawValue)")
        return .deny(
            PluginViolation(
                reason: "Rate limit exceeded",
                description: "The limit of this \(allowance.scope.rawValue) is used up; "
                    + "try again in \(allowance.secondsToRetry) s",
                code: "RATE_LIMIT",
                details: [
                    "scope": .string(allowance.scope.rawValue), "limit": .int(Int64(allowance.limit)),
                    "remaining": .int(Int64(allowance.remaining)),
                    "reset_seconds": .int(Int64(allowance.secondsToReset)),
                    "retry_after_seconds": .int(Int64(allowance.secondsToRetry)),
                ],
                httpStatusCode: 429,
                httpHeaders: headers
            )
        )
    }
}
