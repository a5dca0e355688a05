import Logging
import PluginPayloads

/// From where a caller asks, as far as it matters for permissions.
package struct CallOrigin: Sendable, Equatable {
    package var clientHost: String?
    package var userAgent: String?

    package init(clientHost: String? = nil, userAgent: String? = nil) {
        self.clientHost = clientHost
        self.userAgent = userAgent
    }
}

extension AccessControl {
    /// Lets a caller do something, or says that they may not: `http_auth_check_permission`, then the role.
    ///
    /// - Parameters:
    ///   - permission: What the caller wants to do.
    ///   - caller: Who asks.
    ///   - hooks: The request's hooks.
    ///   - origin: From where; it is asked for only if there are plugins to see it.
    /// - Throws: ``GatewayError`` that the caller may not.
    package func require(
        _ permission: Permission,
        of caller: Caller,
        _ hooks: any RequestHooks,
        _ origin: () -> CallOrigin
    ) async throws(GatewayError) {
        let decision = try await decision(permission, caller, hooks, origin)
        if let decision, !decision.granted {
            let reason = decision.reason.map { ": \($0)" } ?? ""
            throw .forbidden("permission denied: \(permission.rawValue)\(reason)")
        }
        if caller.role.allows(permission) { return }
        if decision != nil {
            if powers().grantsBeyondRole { return }
            note(
                .warning,
                "a plugin grants more than the role, which plugins may not (plugin_settings.can_override_rbac)",
                hooks,
                "\(permission.rawValue) for \(caller.email ?? Self.anonymous), \(caller.role.rawValue)"
            )
        }
        throw .forbidden("permission denied: \(permission.rawValue) is not for the role \(caller.role.rawValue)")
    }

    /// What plugins call a caller whom nobody has asked for a name.
    private static let anonymous = "anonymous"

    /// What the plugins have decided; `nil` if they leave it to the role.
    private func decision(
        _ permission: Permission,
        _ caller: Caller,
        _ hooks: any RequestHooks,
        _ origin: () -> CallOrigin
    ) async throws(GatewayError) -> PermissionDecision? {
        let hook = HookName.httpAuthCheckPermission
        let outcome = try await ask(hook, hooks) { () throws(BlockError) in
            let origin = origin()
            return try HTTPAuthCheckPermissionPayload(
                userEmail: caller.email ?? Self.anonymous,
                permission: permission.rawValue,
                resourceType: permission.rawValue.split(separator: ".").first.map(String.init),
                teamID: caller.tenantID,
                isAdmin: caller.role == .admin,
                authMethod: caller.method,
                clientHost: origin.clientHost,
                userAgent: origin.userAgent
            ).block
        }
        if let violation = outcome?.violation, outcome?.continueProcessing == false {
            note(
                .warning,
                "a violation without a decision changes no permission",
                hooks,
                violation.code,
                violation.pluginName
            )
        }
        guard let answer = outcome?.modifiedPayload else { return nil }
        do throws(BlockError) { return try PermissionDecision(block: answer.root) } catch {
            note(.error, "a plugin's answer is not usable; the gateway decides without it", hooks, "\(hook): \(error)")
            return nil
        }
    }
}
