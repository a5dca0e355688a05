/// What `agent_pre_invoke` is given, before an agent is called.
public struct AgentPreInvokePayload: StandardPayload, HookReply {
    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - agentID: The agent.
    ///   - messages: The conversation.
    ///   - tools: The tools that the agent may use.
    ///   - headers: The headers of the outgoing request.
    ///   - model: The model to use instead of the usual one.
    ///   - systemPrompt: The system's instructions.
    ///   - parameters: Parameters for the agent.
    public init(
        agentID: String,
        messages: [Message],
        tools: [String]? = nil,
        headers: HTTPHeaders? = nil,
        model: String? = nil,
        systemPrompt: String? = nil,
        parameters: JSONObject? = [:]
    ) {
        fields = PayloadFields()
        self.agentID = agentID
        self.messages = messages
        self.tools = tools
        self.headers = headers
        self.model = model
        self.systemPrompt = systemPrompt
        self.parameters = parameters
    }

    /// The agent.
    public var agentID: String {
        get { fields["agent_id"] ?? "" }
        set { fields["agent_id"] = newValue }
    }

    /// The conversation.
    public var messages: [Message] {
        get { fields["messages"] ?? [] }
        set { fields["messages"] = newValue }
    }

    /// The tools that the agent may use.
    public var tools: [String]? {
        get { fields["tools"] }
        set { fields["tools"] = newValue }
    }

    /// The headers of the outgoing request.
    public var headers: HTTPHeaders? {
        get { fields["headers"] }
        set { fields["headers"] = newValue }
    }

    /// The model to use instead of the usual one.
    public var model: String? {
        get { fields["model"] }
        set { fields["model"] = newValue }
    }

    /// The system's instructions.
    public var systemPrompt: String? {
        get { fields["system_prompt"] }
        set { fields["system_prompt"] = newValue }
    }

    /// Parameters for the agent.
    public var parameters: JSONObject? {
        get { fields["parameters", absent: [:]] }
        set { fields["parameters"] = newValue }
    }
}

/// What `agent_post_invoke` is given, after an agent has answered.
public struct AgentPostInvokePayload: StandardPayload, HookReply {
    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - agentID: The agent.
    ///   - messages: What the agent answered.
    ///   - toolCalls: The tools that the agent called.
    public init(agentID: String, messages: [Message], toolCalls: [JSONObject]? = nil) {
        fields = PayloadFields()
        self.agentID = agentID
        self.messages = messages
        self.toolCalls = toolCalls
    }

    /// The agent.
    public var agentID: String {
        get { fields["agent_id"] ?? "" }
        set { fields["agent_id"] = newValue }
    }

    /// What the agent answered.
    public var messages: [Message] {
        get { fields["messages"] ?? [] }
        set { fields["messages"] = newValue }
    }

    /// The tools that the agent called.
    public var toolCalls: [JSONObject]? {
        get { fields["tool_calls"] }
        set { fields["tool_calls"] = newValue }
    }
}
