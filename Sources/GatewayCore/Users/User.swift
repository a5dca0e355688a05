package import PluginPayloads

/// A user's record: what a caller is comes from here alone.
package struct User: Sendable, Equatable {
    /// The address, in small letters; no two users share one.
    package var email: String
    package var fullName: String?
    package var role: Role
    /// Whether the user may send requests at all.
    package var isActive: Bool
    package var tenantID: String?
    package var createdAt: String
    package var updatedAt: String

    package init(
        email: String,
        fullName: String? = nil,
        role: Role,
        isActive: Bool = true,
        tenantID: String? = nil,
        createdAt: String,
        updatedAt: String
    ) {
        self.email = email
        self.fullName = fullName
        self.role = role
        self.isActive = isActive
        self.tenantID = tenantID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The record as clients and programs see it.
    package var object: JSONObject {
        [
            "email": .string(email), "full_name": fullName.map(JSONValue.string) ?? .null,
            "role": .string(role.rawValue),
            "is_active": .bool(isActive), "tenant_id": tenantID.map(JSONValue.string) ?? .null,
            "created_at": .string(createdAt),
            "updated_at": .string(updatedAt),
        ]
    }
}
