import PluginPayloads

extension GatewayError {
    /// Nobody knows who sends the request, or the gateway has no place for them.
    ///
    /// - Parameters:
    ///   - detail: What the client is told.
    ///   - challenge: What it is asked for (RFC 6750, 3).
    /// - Returns: The error.
    static func unauthenticated(_ detail: String, challenge: String = "Bearer") -> GatewayError {
        var error = GatewayError(status: 401, detail, headers: ["WWW-Authenticate": challenge])
        error.isAboutAccess = true
        return error
    }

    /// A token that does not count.
    static func unauthenticated(_ refusal: TokenRefusal) -> GatewayError {
        .unauthenticated(refusal.rawValue, challenge: #"Bearer error="invalid_token""#)
    }

    /// A plugin's refusal to let somebody in.
    static func unauthenticated(_ violation: PluginViolation, in hook: HookName) -> GatewayError {
        var error = GatewayError(violation, in: hook)
        error.details = nil
        error.isAboutAccess = true
        let hasOwnStatus = violation.httpStatusCode.map((400...599).contains) ?? false
        if !hasOwnStatus { error.status = 401 }
        if error.status == 401 { error.headers["WWW-Authenticate"] = "Bearer" }
        return error
    }

    /// The caller is known, and may not do this.
    static func forbidden(_ detail: String) -> GatewayError {
        var error = GatewayError(status: 403, detail)
        error.isAboutAccess = true
        return error
    }
}
