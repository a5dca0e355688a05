package import PluginPayloads

/// What is said of a user; what is left out is `nil`.
package struct UserForm: Sendable, Equatable {
    package var email: String?
    /// `null` is a name, too: none.
    package var fullName: JSONValue?
    package var role: Role?
    package var isActive: Bool?
    /// `null` is a tenant, too: none.
    package var tenantID: JSONValue?

    package init(
        email: String? = nil,
        fullName: String? = nil,
        role: Role? = nil,
        isActive: Bool? = nil,
        tenantID: String? = nil
    ) {
        self.email = email
        self.fullName = fullName.map(JSONValue.string)
        self.role = role
        self.isActive = isActive
        self.tenantID = tenantID.map(JSONValue.string)
    }

    /// Reads what a client says.
    ///
    /// - Throws: All that is wrong, in one message.
    package init(_ body: BlockValue) throws(GatewayError) {
        var problems: [String] = []
        email = Self.text("email", body, &problems)?.string
        fullName = Self.text("full_name", body, &problems)
        tenantID = Self.text("tenant_id", body, &problems)
        if let value = body["is_active"] {
            isActive = value.bool
            if isActive == nil { problems.append("is_active: expected true or false, found \(value.typeDescription)") }
        }
        if let text = Self.text("role", body, &problems)?.string {
            role = Role(rawValue: text)
            if role == nil { problems.append("role: expected \(Role.names)") }
        }
        guard problems.isEmpty else {
            throw .unprocessable("the user is not valid: " + problems.joined(separator: "; "))
        }
    }

    private static func text(_ key: String, _ fields: BlockValue, _ problems: inout [String]) -> JSONValue? {
        guard let value = fields[key] else { return nil }
        if value.isNull { return .null }
        guard let text = value.string else {
            problems.append("\(key): expected a string, found \(value.typeDescription)")
            return nil
        }
        guard text.utf8.count <= 1_024, text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else {
            problems.append("\(key): expected at most 1024 bytes without control characters")
            return nil
        }
        return .string(text)
    }
}

/// The form in which addresses are compared and kept.
package enum EmailAddress {
    /// An address in small letters; `nil` if a text cannot be one.
    ///
    /// Letters beyond ASCII stay as they are: the Kelvin sign in small letters would be somebody else's `k`.
    package static func normal(_ text: String) -> String? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), text.utf8.count <= 254 else { return nil }
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar != "/" && !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
        }
        guard isPlain else { return nil }
        return String(
            decoding: text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 },
            as: UTF8.self
        )
    }
}

extension Role {
    /// All roles as a person lists them.
    package static var names: String { "viewer, developer or admin" }
}
