package import PluginPayloads

/// Who asks: the values of a request that all its hooks share.
package struct RequestContext: Sendable {
    package let requestID: String
    package let user: JSONValue?
    package let tenantID: String?
    package let serverID: String?
    package let contentType: String?
    /// The same as plugins see it.
    package let block: PayloadBlock

    package init(
        requestID: String,
        user: JSONValue? = nil,
        tenantID: String? = nil,
        serverID: String? = nil,
        contentType: String? = nil
    ) throws(BlockError) {
        self.requestID = requestID
        self.user = user
        self.tenantID = tenantID
        self.serverID = serverID
        self.contentType = contentType
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        self.block = try PayloadBlock(
            JSONValue.object([
                "request_id": .string(requestID), "user": user ?? .null, "tenant_id": text(tenantID),
                "server_id": text(serverID), "content_type": text(contentType),
            ])
        )
    }

    /// The user as conditions see it: the text, or the address of a user given as a map.
    package var userText: String? { user?.string ?? user?["email"]?.string }
}
