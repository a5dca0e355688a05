/// What `resource_pre_fetch` is given, before a resource is fetched.
public struct ResourcePreFetchPayload: StandardPayload, HookReply {
    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - uri: Where the resource is.
    ///   - metadata: What is known about it.
    public init(uri: String, metadata: JSONObject? = [:]) {
        fields = PayloadFields()
        self.uri = uri
        self.metadata = metadata
    }

    /// Where the resource is.
    public var uri: String {
        get { fields["uri"] ?? "" }
        set { fields["uri"] = newValue }
    }

    /// What is known about it.
    public var metadata: JSONObject? {
        get { fields["metadata", absent: [:]] }
        set { fields["metadata"] = newValue }
    }
}

/// What `resource_post_fetch` is given, after a resource was fetched.
public struct ResourcePostFetchPayload: StandardPayload, HookReply {
    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - uri: Where the resource is.
    ///   - content: The content.
    public init(uri: String, content: JSONValue = .null) {
        fields = PayloadFields()
        self.uri = uri
        self.content = content
    }

    /// Where the resource is.
    public var uri: String {
        get { fields["uri"] ?? "" }
        set { fields["uri"] = newValue }
    }

    /// The content.
    public var content: JSONValue {
        get { fields["content"] ?? .null }
        set { fields["content"] = newValue }
    }
}
