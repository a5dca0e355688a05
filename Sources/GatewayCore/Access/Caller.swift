/// Who sends a request.
package struct Caller: Sendable, Equatable {
    /// The address of the user's record; `nil` if the gateway does not authenticate anyone.
    package var email: String?
    package var fullName: String?
    package var role: Role
    package var tenantID: String?
    /// How the caller was recognised, such as `jwt`.
    package var method: String?

    package init(
        email: String?,
        fullName: String? = nil,
        role: Role,
        tenantID: String? = nil,
        method: String? = nil
    ) {
        self.email = email
        self.fullName = fullName
        self.role = role
        self.tenantID = tenantID
        self.method = method
    }

    /// Anyone, where authentication is off.
    package static let anyone = Caller(email: nil, role: .admin)
}
