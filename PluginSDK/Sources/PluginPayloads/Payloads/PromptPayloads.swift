/// What `prompt_pre_fetch` is given, before a prompt is looked up.
public struct PromptPreFetchPayload: StandardPayload, HookReply {
    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - promptID: The prompt, by name or identifier, as the caller wrote it.
    ///   - args: The arguments.
    public init(promptID: String, args: JSONObject? = [:]) {
        fields = PayloadFields()
        self.promptID = promptID
        self.args = args
    }

    /// The prompt, by name or identifier, as the caller wrote it.
    public var promptID: String {
        get { fields["prompt_id"] ?? "" }
        set { fields["prompt_id"] = newValue }
    }

    /// The arguments.
    public var args: JSONObject? {
        get { fields["args", absent: [:]] }
        set { fields["args"] = newValue }
    }
}

/// What `prompt_post_fetch` is given, after a prompt was rendered.
public struct PromptPostFetchPayload: StandardPayload, HookReply {
    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - promptID: The prompt's name.
    ///   - result: The rendered prompt.
    public init(promptID: String, result: PromptResult) {
        fields = PayloadFields()
        self.promptID = promptID
        self.result = result
    }

    /// The prompt's name.
    public var promptID: String {
        get { fields["prompt_id"] ?? "" }
        set { fields["prompt_id"] = newValue }
    }

    /// The rendered prompt.
    public var result: PromptResult {
        get { fields["result"] ?? PromptResult(.null) }
        set { fields["result"] = newValue }
    }
}
