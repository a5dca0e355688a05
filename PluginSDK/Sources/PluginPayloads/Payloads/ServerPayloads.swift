/// What `server_pre_register` is given, before a virtual server is registered.
public struct ServerPreRegisterPayload: StandardPayload, HookReply {
    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameter server: The server's record.
    public init(server: JSONObject) {
        fields = PayloadFields()
        self.server = server
    }

    /// The server's record.
    public var server: JSONObject {
        get { fields["server"] ?? [:] }
        set { fields["server"] = newValue }
    }
}

/// What `server_post_register` is given, after a virtual server was registered.
public struct ServerPostRegisterPayload: StandardPayload, HookReply {
    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameter server: The server's record.
    public init(server: JSONObject) {
        fields = PayloadFields()
        self.server = server
    }

    /// The server's record.
    public var server: JSONObject {
        get { fields["server"] ?? [:] }
        set { fields["server"] = newValue }
    }
}
