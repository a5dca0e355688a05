/// Which request a hook is called for, and whose it is.
public struct RequestIdentity: Sendable, Hashable {
    /// The request, the same for all its hooks.
    public var requestID: String
    /// The user: a text or an object.
    public var user: JSONValue?
    /// The tenant.
    public var tenantID: String?
    /// The server that the request is for.
    public var serverID: String?
    /// The content type of the request's body.
    public var contentType: String?

    /// Makes an identity.
    ///
    /// - Parameters:
    ///   - requestID: The request.
    ///   - user: The user: a text or an object.
    ///   - tenantID: The tenant.
    ///   - serverID: The server that the request is for.
    ///   - contentType: The content type of the request's body.
    public init(
        requestID: String,
        user: JSONValue? = nil,
        tenantID: String? = nil,
        serverID: String? = nil,
        contentType: String? = nil
    ) {
        self.requestID = requestID
        self.user = user
        self.tenantID = tenantID
        self.serverID = serverID
        self.contentType = contentType
    }

    /// Reads the context that a hook is called with; an absent field is `nil`, as `null` is.
    ///
    /// - Throws: ``BlockError`` that names the field which is missing or has another type.
    public init(block: PayloadBlock) throws(BlockError) {
        let fields = try FieldReader(block.root, of: "context")
        self.init(
            requestID: try fields.text("request_id"),
            user: try Self.user(fields),
            tenantID: try fields.optionalText("tenant_id"),
            serverID: try fields.optionalText("server_id"),
            contentType: try fields.optionalText("content_type")
        )
    }

    private static func user(_ fields: FieldReader) throws(BlockError) -> JSONValue? {
        guard let user = fields.value("user") else { return nil }
        guard user.isObject || user.string != nil else {
            throw fields.error("user", "expected a string or an object, found \(user.typeDescription)")
        }
        return user.value
    }

    /// Writes the context that a hook is called with; `nil` becomes `null`.
    public func write(to writer: inout BlockWriter) {
        writer.beginObject()
        writer.key("request_id")
        writer.add(requestID)
        writer.key("user")
        writer.add(user ?? .null)
        for (name, text) in [("tenant_id", tenantID), ("server_id", serverID), ("content_type", contentType)] {
            writer.key(name)
            if let text { writer.add(text) } else { writer.addNull() }
        }
        writer.end()
    }
}
