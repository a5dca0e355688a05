import Foundation
import GatewayCore
import HTTPTypes
import Hummingbird

/// One route of the gateway: what it answers, and who may ask.
struct Route: Sendable {
    /// Who may ask.
    enum Access: Sendable, Equatable {
        /// Anyone.
        case open
        /// Those who may do this.
        case permission(Permission)
    }

    typealias Handler = @Sendable (RouteCall) async throws -> Response

    let method: HTTPRequest.Method
    /// The path without a leading slash; `:name` stands for one component.
    let path: String
    let access: Access
    let handler: Handler

    init(_ method: HTTPRequest.Method, _ path: String, _ access: Access, _ handler: @escaping Handler) {
        self.method = method
        self.path = path
        self.access = access
        self.handler = handler
    }
}

/// A request that has found its route, and whose caller may ask.
struct RouteCall: Sendable {
    let request: Request
    let context: GatewayRequestContext
    /// The request's hooks, which know the caller.
    let hooks: any RequestHooks
    let caller: Caller

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
