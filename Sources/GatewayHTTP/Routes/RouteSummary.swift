package import GatewayCore
import HTTPTypes

/// A route as it is listed.
package struct RouteSummary: Sendable, Equatable {
    /// `GET`, `POST` and so on.
    package let method: String
    /// The path without a leading slash; `:name` stands for one component.
    package let path: String
    /// What callers have to be allowed; `nil` if anyone may ask.
    package let permission: Permission?

    init(_ route: Route) {
        method = route.method.rawValue
        path = route.path
        if case .permission(let permission) = route.access { self.permission = permission } else { permission = nil }
    }
}
