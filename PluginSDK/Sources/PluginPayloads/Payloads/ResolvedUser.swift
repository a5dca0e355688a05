/// The user that a plugin found for a request: a map that has to have an `email`.
public struct ResolvedUser: Sendable, Hashable {
    /// The map as it is in JSON.
    public var object: JSONObject

    /// Makes a user of its map.
    public init(_ object: JSONObject) {
        self.object = object
    }

    /// Makes a user.
    ///
    /// - Parameters:
    ///   - email: The address, by which the gateway finds the user's record.
    ///   - fullName: The name.
    public init(email: String, fullName: String? = nil) {
        self.init(["email": .string(email)])
        if let fullName { object["full_name"] = .string(fullName) }
    }

    /// The address, by which the gateway finds the user's record; empty if it is missing.
    public var email: String {
        get { object["email"]?.string ?? "" }
        set { object["email"] = .string(newValue) }
    }

    /// The name.
    public var fullName: String? {
        get { object["full_name"]?.string }
        set { object["full_name"] = newValue.map(JSONValue.string) }
    }

    /// Any entry of the map, such as `auth_provider`.
    public subscript(key: String) -> JSONValue? {
        get { object[key] }
        set { object[key] = newValue }
    }
}

extension ResolvedUser: HookReply {
    /// Reads the user that a plugin answers.
    ///
    /// - Throws: ``BlockError`` if the value is no object, or has no text `email`.
    public init(block value: BlockValue) throws(BlockError) {
        _ = try FieldReader(value, of: "user").text("email")
        self.init(value.object ?? [:])
    }

    /// Writes the map.
    public func write(to writer: inout BlockWriter) { writer.add(object) }
}
