/// What a user is to the gateway.
package enum Role: String, Sendable, CaseIterable {
    /// Sees what there is, renders prompts and reads resources.
    case viewer
    /// Also calls tools and agents, fires hooks, and changes what there is.
    case developer
    /// May do everything.
    case admin

    /// Whether the role may do something.
    package func allows(_ permission: Permission) -> Bool {
        switch self {
        case .viewer: permission.rawValue.hasSuffix(".read")
        case .developer: !permission.rawValue.hasPrefix("admin.")
        case .admin: true
        }
    }
}
