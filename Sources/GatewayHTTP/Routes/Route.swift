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
        /// Those whom the gateway knows; the route asks for what it needs with ``RouteCall/require(_:)``.
        case caller
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
