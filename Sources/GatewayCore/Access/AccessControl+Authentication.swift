import Logging
package import PluginPayloads

extension AccessControl {
    /// Finds out who sends a request: `http_auth_resolve_user`, then the bearer token, then the user's record.
    ///
    /// - Parameters:
    ///   - authorization: The header of that name.
    ///   - hooks: The request's hooks.
    ///   - head: The request; it is made only if there are plugins to see it.
    /// - Returns: The caller.
    /// - Throws: ``GatewayError`` that the caller is unknown, or may not come in.
    package func caller(
        _ authorization: String?,
        _ hooks: any RequestHooks,
        _ head: () -> RequestHead
    ) async throws -> Caller {
        let credentials = authorization.map(Credentials.init)
        if let caller = try await resolvedCaller(credentials, hooks, head) { return caller }
        guard let tokens else { return .anyone }
        guard let credentials, credentials.isBearer else {
            throw GatewayError.unauthenticated("authentication is required: send Authorization: Bearer TOKEN")
        }
        let token: VerifiedToken
        do throws(TokenRefusal) { token = try tokens.verify(credentials.value) } catch {
            throw GatewayError.unauthenticated(error)
        }
        return try await caller(token.email, method: "jwt", tenantID: token.tenantID)
    }

    /// What is known of a request whose caller is known.
    package func identity(of caller: Caller, in identity: RequestIdentity) -> RequestIdentity {
        guard let email = caller.email else { return identity }
        var identity = identity
        identity.user = powers().seesUserRecord ? .object(caller.object) : .string(email)
        identity.tenantID = caller.tenantID
        return identity
    }

    /// The user that a plugin has found; `nil` if none has.
    private func resolvedCaller(
        _ credentials: Credentials?,
        _ hooks: any RequestHooks,
        _ head: () -> RequestHead
    ) async throws -> Caller? {
        let hook = HookName.httpAuthResolveUser
        let outcome = try await ask(hook, hooks) { () throws(BlockError) in
            let head = head()
            return try HTTPAuthResolveUserPayload(
                credentials: credentials?.object,
                headers: head.headers,
                clientHost: head.clientHost,
                clientPort: head.clientPort
            ).block
        }
        guard let outcome else { return nil }
        guard outcome.continueProcessing else {
            guard let violation = outcome.violation else {
                throw GatewayError.unauthenticated("\(hook) blocked by plugin")
            }
            throw GatewayError.unauthenticated(violation, in: hook)
        }
        guard let answer = outcome.modifiedPayload else { return nil }
        guard let email = answer.root["email"]?.string else {
            note(.error, "a plugin's answer is not usable; the gateway decides without it", hooks, "\(hook): no email")
            return nil
        }
        return try await caller(email, method: outcome.metadata["auth_method"]?.string ?? "plugin", tenantID: nil)
    }

    /// A caller by the user's record alone, whatever was said of the user before.
    private func caller(_ email: String, method: String, tenantID: String?) async throws -> Caller {
        guard let user = try await users.user(email) else {
            throw GatewayError.unauthenticated("User not found in database")
        }
        guard user.isActive else { throw GatewayError.unauthenticated("Account disabled") }
        return Caller(
            email: user.email,
            fullName: user.fullName,
            role: user.role,
            tenantID: tenantID ?? user.tenantID,
            method: method
        )
    }
}

extension Caller {
    /// The caller as plugins see a user that they may know more of.
    fileprivate var object: JSONObject {
        [
            "email": email.map(JSONValue.string) ?? .null, "full_name": fullName.map(JSONValue.string) ?? .null,
            "role": .string(role.rawValue),
            "is_admin": .bool(role == .admin), "tenant_id": tenantID.map(JSONValue.string) ?? .null,
            "auth_method": method.map(JSONValue.string) ?? .null,
        ]
    }
}
