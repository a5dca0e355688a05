extension HookOutcome {
    /// The outcome as programs read it: `{continue_processing, modified_payload, violation, error, metadata}`, and
    /// `executions` if the request asked for them.
    public var object: JSONObject {
        let failure: JSONValue? = error.map { error in
            [
                "code": .string(error.code.description), "message": .string(error.message),
                "plugin_name": .string(error.pluginName),
            ]
        }
        var object: JSONObject = [
            "continue_processing": .bool(continueProcessing),
            "modified_payload": modifiedPayload?.value ?? .null,
            "violation": violation.map { .object($0.object) } ?? .null,
            "error": failure ?? .null,
            "metadata": .object(metadata),
        ]
        if !executions.isEmpty { object["executions"] = .array(executions.map { .object($0.object) }) }
        return object
    }

    /// Reads an outcome as a plugin gets it that has invoked a hook.
    ///
    /// - Throws: ``BlockError`` that names the field which is missing or has another type.
    public init(block value: BlockValue) throws(BlockError) {
        let fields = try FieldReader(value, of: "outcome")
        var violation: PluginViolation?
        if let value = fields.value("violation") {
            violation = try PluginViolation(block: value)
            violation?.pluginName = value["plugin_name"]?.string ?? ""
        }
        var error: PluginError?
        if let value = fields.value("error") {
            let fields = try FieldReader(value, of: "error")
            error = PluginError(
                code: PluginError.Code(try fields.text("code")),
                message: try fields.text("message"),
                pluginName: try fields.text("plugin_name")
            )
        }
        self.init(
            continueProcessing: try fields.bool("continue_processing"),
            modifiedPayload: fields.value("modified_payload")?.block,
            violation: violation,
            error: error,
            metadata: try fields.object("metadata") ?? [:]
        )
    }
}
