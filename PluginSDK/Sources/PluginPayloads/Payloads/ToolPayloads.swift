/// What `tool_pre_invoke` is given, before a tool is called.
public struct ToolPreInvokePayload: StandardPayload, HookReply {
    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - name: The tool's name.
    ///   - args: The arguments.
    ///   - headers: The headers of the outgoing request.
    public init(name: String, args: JSONObject? = [:], headers: HTTPHeaders? = nil) {
        fields = PayloadFields()
        self.name = name
        self.args = args
        self.headers = headers
    }

    /// The tool's name.
    public var name: String {
        get { fields["name"] ?? "" }
        set { fields["name"] = newValue }
    }

    /// The arguments.
    public var args: JSONObject? {
        get { fields["args", absent: [:]] }
        set { fields["args"] = newValue }
    }

    /// The headers of the outgoing request.
    public var headers: HTTPHeaders? {
        get { fields["headers"] }
        set { fields["headers"] = newValue }
    }
}

/// What `tool_post_invoke` is given, after a tool was called.
public struct ToolPostInvokePayload: StandardPayload, HookReply {
    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - name: The tool's name.
    ///   - result: What the tool answered.
    public init(name: String, result: JSONValue = .null) {
        fields = PayloadFields()
        self.name = name
        self.result = result
    }

    /// The tool's name.
    public var name: String {
        get { fields["name"] ?? "" }
        set { fields["name"] = newValue }
    }

    /// What the tool answered.
    public var result: JSONValue {
        get { fields["result"] ?? .null }
        set { fields["result"] = newValue }
    }
}
