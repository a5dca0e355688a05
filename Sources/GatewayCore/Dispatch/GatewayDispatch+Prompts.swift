package import PluginPayloads

/// Prompts: the pre hook, the template, the post hook.
extension GatewayDispatch {
    /// Renders a prompt.
    ///
    /// - Parameters:
    ///   - name: The prompt's name or identifier, as the client wrote it.
    ///   - arguments: An object.
    ///   - hooks: The request's hooks.
    /// - Returns: The answer, after all plugins have seen it.
    /// - Throws: What the client is told instead.
    package func renderPrompt(
        _ name: String,
        _ arguments: BlockValue,
        _ hooks: any RequestHooks
    ) async throws(GatewayError) -> DispatchAnswer {
        let policy = hooks.promptPolicy
        if policy.refusesHTML { try HTMLRule.check(arguments) }
        let before = try await hooks.run(.promptPreFetch) { () throws(GatewayError) in
            try Self.promptPayload(name, "args", arguments)
        }
        let prompt = try prompts.find(name)
        let text = try prompt.render(Self.arguments(before) ?? arguments, policy)
        let result = try Self.promptResult(text, prompt.prompt)
        let after = try await hooks.run(.promptPostFetch) { () throws(GatewayError) in
            try Self.promptPayload(prompt.prompt.name, "result", result)
        }
        return DispatchAnswer(
            result: after?.modifiedPayload?.root["result"] ?? result,
            headers: DispatchAnswer.headers(of: before, after)
        )
    }

    /// The arguments that plugins have changed; `null` means none.
    static func arguments(_ outcome: HookOutcome?) -> BlockValue? {
        guard let changed = outcome?.modifiedPayload?.root["args"] else { return nil }
        return changed.isObject ? changed : PayloadBlock.emptyObject.root
    }

    /// The payload of a prompt hook: which prompt, and a field of the hook's own.
    private static func promptPayload(
        _ name: String,
        _ field: String,
        _ value: BlockValue
    ) throws(GatewayError) -> PayloadBlock {
        try PayloadBlock.payload { writer in
            writer.beginObject()
            writer.key("prompt_id")
            writer.add(name)
            writer.key(field)
            writer.add(value)
            writer.end()
        }
    }

    /// One message of the user's.
    private static func promptResult(_ text: String, _ prompt: Prompt) throws(GatewayError) -> BlockValue {
        try PayloadBlock.payload { writer in
            writer.beginObject()
            writer.key("messages")
            writer.beginArray()
            writer.beginObject()
            writer.key("role")
            writer.add("user")
            writer.key("content")
            writer.beginObject()
            writer.key("type")
            writer.add("text")
            writer.key("text")
            writer.add(text)
            writer.end()
            writer.end()
            writer.end()
            writer.key("description")
            if let description = prompt.description { writer.add(description) } else { writer.addNull() }
            writer.end()
        }.root
    }
}
