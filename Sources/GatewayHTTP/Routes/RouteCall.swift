import Foundation
import GatewayCore
import HTTPTypes
import Hummingbird

/// A request that has found its route, and whose caller may ask.
struct RouteCall: Sendable {
    let request: Request
    let context: GatewayRequestContext
    /// The request's hooks, which know the caller.
    let hooks: any RequestHooks
    let caller: Caller
    private let access: AccessControl

    /// Finds out who sends a request, and lets them in if they may; its body is not read yet.
    ///
    /// - Throws: ``GatewayError`` that they may not, or that nobody knows them.
    init(
        _ request: Request,
        _ context: GatewayRequestContext,
        _ route: Route.Access,
        _ access: AccessControl
    ) async throws {
        guard var hooks = context.hooks else { preconditionFailure("the responder has begun the request") }
        var caller = Caller.anyone
        if route != .open {
            caller = try await access.caller(request.headers[.authorization], hooks) {
                RequestHead(request, context.client)
            }
            if caller.email != nil {
                hooks = try hooks.identified(as: access.identity(of: caller, in: hooks.identity))
                context.identified?.set(hooks)
            }
        }
        self.request = request
        self.context = context
        self.hooks = hooks
        self.caller = caller
        self.access = access
        if case .permission(let permission) = route { try await require(permission) }
    }

    /// Lets the caller do something, by the role and the plugins of `http_auth_check_permission`.
    ///
    /// - Throws: ``GatewayError`` that the caller may not.
    func require(_ permission: Permission) async throws {
        try await access.require(permission, of: caller, hooks) {
            CallOrigin(clientHost: context.client?.ipAddress, userAgent: request.headers[.userAgent])
        }
    }

    /// A component of the path, without percent encoding.
    ///
    /// - Parameter name: Its name in the route's path.
    /// - Returns: The component.
    /// - Throws: ``GatewayError`` if it is no percent-encoded UTF-8.
    func component(_ name: String) throws -> String {
        let text = try context.parameters.require(name)
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        guard let component = text.removingPercentEncoding else {
            throw GatewayError.badRequest("the path is not percent-encoded UTF-8: \(text)")
        }
        return component
    }
}
