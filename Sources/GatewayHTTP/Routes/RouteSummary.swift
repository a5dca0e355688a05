package import GatewayCore
import HTTPTypes

/// A route as it is listed.
package struct RouteSummary: Sendable, Equatable {
    /// `GET`, `POST` and so on.
    package let method: String
    /// The path without a leading slash; `:name` stands for one component.
    package let path: String
    /// What callers have to be allowed; `nil` if anyone may ask, or the route itself says what it needs.
    package let permission: Permission?
    /// Whether anyone may ask, also those whom the gateway does not know.
    package let isOpen: Bool

    init(_ route: Route) {
        method = route.method.rawValue
        path = route.path
        isOpen = route.access == .open
        if case .permission(let permission) = route.access { self.permission = permission } else { permission = nil }
    }
}
