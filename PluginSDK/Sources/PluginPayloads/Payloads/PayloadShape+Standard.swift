extension HookName {
    /// The fields of the payload of a standard hook; `nil` for a custom hook.
    public var payloadShape: PayloadShape? {
        standardIndex.map { PayloadShape.standard[$0] }
    }

    /// The fields of the payload of a standard hook as a JSON Schema; `nil` for a custom hook.
    public var payloadSchema: JSONValue? {
        payloadShape?.schema
    }
}

extension PayloadShape {
    /// The shapes in the order of ``HookName/standardIndex``.
    fileprivate static let standard: [PayloadShape] = [
        PayloadShape([required("prompt_id", .string), optional("args", .object)]),
        PayloadShape([required("prompt_id", .string), required("result", .any)]),
        PayloadShape([required("name", .string), optional("args", .object), optional("headers", .object, of: .string)]),
        PayloadShape([required("name", .string), optional("result", .any)]),
        PayloadShape([required("uri", .string), optional("metadata", .object)]),
        PayloadShape([required("uri", .string), optional("content", .any)]),
        PayloadShape([
            required("agent_id", .string), required("messages", .array), optional("tools", .array, of: .string),
            optional("headers", .object, of: .string), optional("model", .string), optional("system_prompt", .string),
            optional("parameters", .object),
        ]),
        PayloadShape([
            required("agent_id", .string), required("messages", .array), optional("tool_calls", .array, of: .object),
        ]),
        PayloadShape(request),
        PayloadShape(
            request + [optional("response_headers", .object, of: .string), optional("status_code", .integer)]
        ),
        PayloadShape([optional("credentials", .object), required("headers", .object, of: .string)] + client),
        PayloadShape([
            required("user_email", .string), required("permission", .string), optional("resource_type", .string),
            optional("team_id", .string), Field("is_admin", .boolean), optional("auth_method", .string),
            optional("client_host", .string), optional("user_agent", .string),
        ]),
        PayloadShape([required("server", .object)]),
        PayloadShape([required("server", .object)]),
        PayloadShape(federation),
        PayloadShape(federation),
    ]

    private static let client = [optional("client_host", .string), optional("client_port", .integer)]

    private static let request =
        [required("path", .string), required("method", .string)] + client + [required("headers", .object, of: .string)]

    private static let federation = [
        required("gateway_id", .string), required("url", .string), optional("tools", .array),
        optional("prompts", .array), optional("resources", .array), optional("error", .string),
    ]

    private static func required(_ name: String, _ type: FieldType, of elements: FieldType = .any) -> Field {
        Field(name, type, of: elements, isRequired: true)
    }

    /// A field that may be absent or `null`.
    private static func optional(_ name: String, _ type: FieldType, of elements: FieldType = .any) -> Field {
        Field(name, type, of: elements, isNullable: true)
    }
}
