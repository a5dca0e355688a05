import PluginPayloads
public import PluginSDK

/// Finds out by a token who sends a request, and what the token is good for.
///
/// A token is compared and forgotten: it is in no state, metadata, log or violation, and only its hash is configured.
public struct TokenAuth: HTTPPreRequestHook, HTTPAuthResolveUserHook, HTTPAuthCheckPermissionHook, HTTPPostRequestHook {
    /// The name in the manifest.
    public static let name = "token_auth"
    /// The version in the manifest.
    public static let version = "1.0.0"

    private let configuration: Configuration
    private let host: PluginHost
    private let store: TokenStore

    /// Takes the tokens.
    public init(configuration: Configuration, host: PluginHost) {
        self.configuration = configuration
        self.host = host
        store = TokenStore(configuration.tokens)
    }

    /// Remembers the request's identifier, and makes a token a bearer token, so that the gateway asks who it belongs to.
    public func httpPreRequest(_ payload: HTTPPreRequestPayload, _ context: HookContext) -> HTTPPreRequestResult {
        var headers = payload.headers
        let requestID = context.globalContext.requestID
        let given = headers["x-correlation-id"].flatMap { HeaderText.isCorrelationID($0) ? $0 : nil }
        context.state[StateKey.correlationID] = .string(given ?? requestID)
        guard let token = token(in: headers) else { return .proceed }
        context.state[StateKey.isPresented] = true
        guard configuration.transformsToBearer, headers["authorization"] == nil else { return .proceed }
        headers["authorization"] = "Bearer \(token)"
        return .modified(headers)
    }

    /// Says whose token it is, or that it is none.
    public func httpAuthResolveUser(
        _ payload: HTTPAuthResolveUserPayload,
        _ context: HookContext
    ) -> HTTPAuthResolveUserResult {
        let own = token(in: payload.headers)
        guard let token = own ?? bearerToken(of: payload) else { return .proceed }
        switch store.verdict(on: token, at: UTCTime.now) {
        case .valid(let record):
            context.state[StateKey.token] = .string(record.identifier)
            context.state[StateKey.user] = .string(record.email)
            host.count("authenticated")
            var user = ResolvedUser(email: record.email)
            user["auth_provider"] = "token_auth"
            return .modified(user, metadata: ["auth_method": "token"])
        case .expired: return deny("INVALID_TOKEN", "Expired token", "The token has expired")
        case .revoked: return deny("API_KEY_REVOKED", "Revoked token", "The token was revoked")
        case .unknown:
            // A bearer token, or what looks like one of the gateway's own, may be known to others.
            if own == nil || (configuration.transformsToBearer && HeaderText.isJWT(token)) {
                context.state[StateKey.isPresented] = nil
                return .proceed
            }
            return deny("INVALID_TOKEN", "Invalid token", "The token is not known")
        }
    }

    /// Says whether the token that the request came with is good for what its user wants to do.
    public func httpAuthCheckPermission(
        _ payload: HTTPAuthCheckPermissionPayload,
        _ context: HookContext
    ) -> HTTPAuthCheckPermissionResult {
        guard let identifier = context.state[StateKey.token]?.string,
            let record = store.record(identifiedBy: identifier), record.email == payload.userEmail,
            let isAllowed = record.allows(payload.permission)
        else { return .proceed }
        let reason = "the token is \(isAllowed ? "" : "not ")good for \(payload.permission)"
        return .modified(PermissionDecision(granted: isAllowed, reason: reason))
    }

    /// Tells the client how it was authenticated.
    public func httpPostRequest(_ payload: HTTPPostRequestPayload, _ context: HookContext) -> HTTPPostRequestResult {
        var headers = payload.responseHeaders ?? [:]
        let user = context.state[StateKey.user]?.string
        if user != nil || context.state[StateKey.isPresented] == true, payload.statusCode == 401 {
            headers["x-auth-status"] = "failed"
            headers["x-auth-method"] = "token"
        } else if let user {
            headers["x-auth-status"] = "authenticated"
            headers["x-auth-method"] = "token"
            headers["x-auth-user"] = user
        }
        if let identifier = context.state[StateKey.correlationID]?.string { headers["x-correlation-id"] = identifier }
        return headers == payload.responseHeaders ?? [:] ? .proceed : .modified(headers)
    }
}

extension TokenAuth {
    /// What the hooks of one request tell one another.
    private enum StateKey {
        static let correlationID = "correlation_id"
        /// Whether the request came with a token of this plugin.
        static let isPresented = "is_presented"
        static let user = "user"
        /// The identifier of the token's record.
        static let token = "token"
    }

    /// The token of the plugin's own headers.
    private func token(in headers: HTTPHeaders) -> String? {
        [configuration.tokenHeader, "x-api-key"].lazy.compactMap { headers[$0] }.first { !$0.isEmpty }
    }

    private func bearerToken(of payload: HTTPAuthResolveUserPayload) -> String? {
        if let credentials = payload.credentials, credentials["scheme"]?.string?.lowercased() == "bearer" {
            return credentials["credentials"]?.string
        }
        return payload.headers["authorization"].flatMap(HeaderText.bearerToken)
    }

    private func deny(_ code: String, _ reason: String, _ description: String) -> HTTPAuthResolveUserResult {
        host.count("refused")
        return .deny(
            PluginViolation(reason: reason, description: description, code: code, httpStatusCode: 401)
        )
    }
}
