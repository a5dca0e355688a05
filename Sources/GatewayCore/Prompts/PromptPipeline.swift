package import PluginPayloads

/// Renders prompts: the pre hook, the template, the post hook.
package struct PromptPipeline: Sendable {
    private let library: PromptLibrary

    package init(_ library: PromptLibrary) {
        self.library = library
    }

    /// A rendered prompt, and headers that plugins add to the response.
    package struct Rendered: Sendable {
        /// `{"messages": […], "description": …}`.
        package let result: BlockValue
        package let headers: HTTPHeaders
    }

    /// Renders a prompt.
    ///
    /// - Parameters:
    ///   - name: The prompt's name or identifier, as the client wrote it.
    ///   - arguments: An object.
    ///   - hooks: The request's hooks.
    /// - Returns: The answer, after all plugins have seen it.
    /// - Throws: What the client is told instead.
    package func render(
        _ name: String,
        _ arguments: BlockValue,
        _ hooks: any RequestHooks
    ) async throws(GatewayError) -> Rendered {
        let policy = hooks.promptPolicy
        if policy.refusesHTML { try HTMLRule.check(arguments) }
        let before = try await hooks.run(.promptPreFetch) { () throws(GatewayError) in
            try Self.payload(name, "args", arguments)
        }
        let prompt = try library.find(name)
        let text = try prompt.render(Self.arguments(before) ?? arguments, policy)
        let result = try Self.result(text, prompt.prompt)
        let after = try await hooks.run(.promptPostFetch) { () throws(GatewayError) in
            try Self.payload(prompt.prompt.name, "result", result)
        }
        let outcomes = [before, after].compactMap(\.self)
        return Rendered(
            result: after?.modifiedPayload?.root["result"] ?? result,
            headers: ResponseHeaders.allowed(JSONObject(outcomes.flatMap { Array($0.httpHeaders) }))
        )
    }

    /// The arguments that plugins have changed; `null` means none.
    private static func arguments(_ outcome: HookOutcome?) -> BlockValue? {
        guard let changed = outcome?.modifiedPayload?.root["args"] else { return nil }
        return changed.isObject ? changed : PayloadBlock.emptyObject.root
    }

    /// The payload of a prompt hook: which prompt, and a field of the hook's own.
    private static func payload(
        _ name: String,
        _ field: String,
        _ value: BlockValue
    ) throws(GatewayError) -> PayloadBlock {
        try block { writer in
            writer.beginObject()
            writer.key("prompt_id")
            writer.add(name)
            writer.key(field)
            writer.add(value)
            writer.end()
        }
    }

    /// One message of the user's.
    private static func result(_ text: String, _ prompt: Prompt) throws(GatewayError) -> BlockValue {
        try block { writer in
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

    private static func block(_ write: (inout BlockWriter) -> Void) throws(GatewayError) -> PayloadBlock {
        var writer = BlockWriter(capacity: 1_024)
        write(&writer)
        do throws(BlockError) { return try writer.finish() } catch { throw .tooLarge("\(error)") }
    }
}
