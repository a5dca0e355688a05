extension PluginViolation {
    /// Reads a violation as a plugin hands it over.
    ///
    /// Keys it does not know are ignored, and so is `plugin_name`, which is not the plugin's to say.
    ///
    /// - Throws: ``BlockError`` that names the field which is missing or has another type.
    public init(block value: BlockValue) throws(BlockError) {
        let fields = try FieldReader(value, of: "violation")
        self.init(
            reason: try fields.text("reason"),
            description: try fields.text("description"),
            code: try fields.text("code"),
            details: try fields.object("details") ?? [:],
            mcpErrorCode: try fields.integer("mcp_error_code"),
            httpStatusCode: try fields.integer("http_status_code"),
            httpHeaders: try fields.texts("http_headers")
        )
    }

    /// Writes the violation as the runtime reads it: without what is `nil`, and without the plugin's name.
    public func write(to writer: inout BlockWriter) {
        writer.beginObject()
        for (name, value) in object where !value.isNull && name != "plugin_name" {
            writer.key(name)
            writer.add(value)
        }
        writer.end()
    }

    /// Every field, in a fixed order; what is `nil` is `null`.
    public var object: JSONObject {
        [
            "reason": .string(reason),
            "description": .string(description),
            "code": .string(code),
            "details": .object(details),
            "mcp_error_code": JSONValue(mcpErrorCode),
            "http_status_code": JSONValue(httpStatusCode),
            "http_headers": httpHeaders.map { .object(JSONObject($0)) } ?? .null,
            "plugin_name": .string(pluginName),
        ]
    }
}
