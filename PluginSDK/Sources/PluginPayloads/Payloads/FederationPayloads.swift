/// What `federation_pre_sync` is given, before a federated gateway is synchronised.
public struct FederationPreSyncPayload: StandardPayload, HookReply {
    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - gatewayID: The other gateway.
    ///   - url: Where the other gateway is.
    ///   - tools: Its tools.
    ///   - prompts: Its prompts.
    ///   - resources: Its resources.
    ///   - error: What went wrong.
    public init(
        gatewayID: String,
        url: String,
        tools: [JSONValue]? = nil,
        prompts: [JSONValue]? = nil,
        resources: [JSONValue]? = nil,
        error: String? = nil
    ) {
        fields = PayloadFields()
        self.gatewayID = gatewayID
        self.url = url
        self.tools = tools
        self.prompts = prompts
        self.resources = resources
        self.error = error
    }

    /// The other gateway.
    public var gatewayID: String {
        get { fields["gateway_id"] ?? "" }
        set { fields["gateway_id"] = newValue }
    }

    /// Where the other gateway is.
    public var url: String {
        get { fields["url"] ?? "" }
        set { fields["url"] = newValue }
    }

    /// Its tools.
    public var tools: [JSONValue]? {
        get { fields["tools"] }
        set { fields["tools"] = newValue }
    }

    /// Its prompts.
    public var prompts: [JSONValue]? {
        get { fields["prompts"] }
        set { fields["prompts"] = newValue }
    }

    /// Its resources.
    public var resources: [JSONValue]? {
        get { fields["resources"] }
        set { fields["resources"] = newValue }
    }

    /// What went wrong.
    public var error: String? {
        get { fields["error"] }
        set { fields["error"] = newValue }
    }
}

/// What `federation_post_sync` is given, after a federated gateway was synchronised.
public struct FederationPostSyncPayload: StandardPayload, HookReply {
    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - gatewayID: The other gateway.
    ///   - url: Where the other gateway is.
    ///   - tools: Its tools.
    ///   - prompts: Its prompts.
    ///   - resources: Its resources.
    ///   - error: What went wrong.
    public init(
        gatewayID: String,
        url: String,
        tools: [JSONValue]? = nil,
        prompts: [JSONValue]? = nil,
        resources: [JSONValue]? = nil,
        error: String? = nil
    ) {
        fields = PayloadFields()
        self.gatewayID = gatewayID
        self.url = url
        self.tools = tools
        self.prompts = prompts
        self.resources = resources
        self.error = error
    }

    /// The other gateway.
    public var gatewayID: String {
        get { fields["gateway_id"] ?? "" }
        set { fields["gateway_id"] = newValue }
    }

    /// Where the other gateway is.
    public var url: String {
        get { fields["url"] ?? "" }
        set { fields["url"] = newValue }
    }

    /// Its tools.
    public var tools: [JSONValue]? {
        get { fields["tools"] }
        set { fields["tools"] = newValue }
    }

    /// Its prompts.
    public var prompts: [JSONValue]? {
        get { fields["prompts"] }
        set { fields["prompts"] = newValue }
    }

    /// Its resources.
    public var resources: [JSONValue]? {
        get { fields["resources"] }
        set { fields["resources"] = newValue }
    }

    /// What went wrong.
    public var error: String? {
        get { fields["error"] }
        set { fields["error"] = newValue }
    }
}
