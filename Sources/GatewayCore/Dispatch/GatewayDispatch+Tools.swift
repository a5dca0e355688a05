package import PluginPayloads

/// Tools: the pre hook, the call of another server, the post hook.
extension GatewayDispatch {
    /// Calls a tool.
    ///
    /// What its server fails to do is a result, too: one that says so.
    ///
    /// - Parameters:
    ///   - name: The tool's name or identifier.
    ///   - arguments: An object.
    ///   - hooks: The request's hooks.
    /// - Returns: The result, after all plugins have seen it.
    /// - Throws: What the client is told instead.
    package func callTool(
        _ name: String,
        _ arguments: BlockValue,
        _ hooks: any RequestHooks
    ) async throws(GatewayError) -> DispatchAnswer {
        let tool = try tools.find(name)
        let hooks = try hooks.concerning(tool.tool)
        var attempt = 1
        while true {
            let call = try await attemptCall(tool, arguments, hooks)
            guard try await repetition.isDue(after: attempt, call.before, call.after) else {
                return DispatchAnswer(
                    result: call.result,
                    headers: DispatchAnswer.headers(of: call.before, call.after)
                )
            }
            attempt += 1
        }
    }

    /// One attempt, and what its hooks have said.
    private struct Attempt {
        let result: BlockValue
        let before: HookOutcome?
        let after: HookOutcome?
    }

    private func attemptCall(
        _ given: CallableTool,
        _ arguments: BlockValue,
        _ hooks: any RequestHooks
    ) async throws(GatewayError) -> Attempt {
        let before = try await hooks.run(.toolPreInvoke) { () throws(GatewayError) in
            try Self.toolPayload(given.tool, arguments)
        }
        let changed = before?.modifiedPayload?.root
        var tool = given
        if let name = changed?["name"]?.string, name != given.tool.name { tool = try tools.find(name) }
        let request = try tool.request(
            Self.arguments(before) ?? arguments,
            Self.headers(changed, given.tool, tool.tool)
        )
        let response: UpstreamResponse
        do throws(UpstreamError) { response = try await upstream.send(request) } catch {
            return try await failed(tool.tool.name, error, before, hooks)
        }
        let result = try ToolResult.of(response)
        let after = try await hooks.run(.toolPostInvoke) { () throws(GatewayError) in
            try Self.toolPayload(tool.tool.name, result)
        }
        return Attempt(result: try Self.rebuilt(after, result), before: before, after: after)
    }

    /// A call without an answer: the post hook sees a result that says so, and can only change it.
    private func failed(
        _ name: String,
        _ error: UpstreamError,
        _ before: HookOutcome?,
        _ hooks: any RequestHooks
    ) async throws(GatewayError) -> Attempt {
        guard error != .cancelled else { throw .cancelled }
        let result = try ToolResult.failure(error)
        guard hooks.hasPlugins(for: .toolPostInvoke) else { return Attempt(result: result, before: before, after: nil) }
        let after = await hooks.invoke(.toolPostInvoke, try Self.toolPayload(name, result))
        return Attempt(result: try Self.rebuilt(after, result), before: before, after: after)
    }

    private static func rebuilt(_ after: HookOutcome?, _ result: BlockValue) throws(GatewayError) -> BlockValue {
        guard let changed = after?.modifiedPayload?.root["result"] else { return result }
        return try ToolResult.rebuilt(changed)
    }

    /// The headers of the outgoing request: those that plugins have left, if any was asked.
    private static func headers(_ changed: BlockValue?, _ given: Tool, _ called: Tool) -> HTTPHeaders {
        guard let changed else { return given.headers }
        let headers = changed["headers"].flatMap { try? HTTPHeaders(block: $0) } ?? [:]
        guard given.id != called.id else { return headers }
        return OutgoingHeaders.readdressed(headers, from: given.headers, to: called.headers)
    }

    private static func toolPayload(_ tool: Tool, _ arguments: BlockValue) throws(GatewayError) -> PayloadBlock {
        try PayloadBlock.payload { writer in
            writer.beginObject()
            writer.add("name", tool.name)
            writer.add("args", arguments)
            writer.add("headers", tool.headers)
            writer.end()
        }
    }

    private static func toolPayload(_ name: String, _ result: BlockValue) throws(GatewayError) -> PayloadBlock {
        try PayloadBlock.payload { writer in
            writer.beginObject()
            writer.add("name", name)
            writer.add("result", result)
            writer.end()
        }
    }
}

extension RequestHooks {
    /// The hooks of a call of a tool, whose plugins can see its record and take its gateway for the server.
    fileprivate func concerning(_ tool: Tool) throws(GatewayError) -> any RequestHooks {
        guard hasPlugins(for: .toolPreInvoke) || hasPlugins(for: .toolPostInvoke) else { return self }
        do throws(BlockError) {
            setMetadata("tool", try PayloadBlock(tool.object))
            guard let gateway = tool.gatewayID else { return self }
            setMetadata("gateway", try PayloadBlock(["id": .string(gateway)] as JSONObject))
            var identity = identity
            identity.serverID = gateway
            return try identified(as: identity)
        } catch {
            throw .tooLarge("\(error)")
        }
    }
}
