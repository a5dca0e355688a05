import PluginPayloads

/// Agents: the pre hook, the call over A2A, the post hook.
extension GatewayDispatch {
    /// Sends a message to an agent.
    ///
    /// - Parameters:
    ///   - name: The agent's name or identifier.
    ///   - request: What the client wants; the answer is in the same form.
    ///   - hooks: The request's hooks.
    /// - Returns: The answer, after all plugins have seen it.
    /// - Throws: What the client is told instead; for JSON-RPC in its envelope.
    package func invokeAgent(
        _ name: String,
        _ request: AgentRequest,
        _ hooks: any RequestHooks
    ) async throws(GatewayError) -> DispatchAnswer {
        do throws(GatewayError) { return try await send(request, to: name, hooks) } catch {
            throw request.rpcID.map(error.enveloped) ?? error
        }
    }

    private func send(
        _ given: AgentRequest,
        to name: String,
        _ hooks: any RequestHooks
    ) async throws(GatewayError) -> DispatchAnswer {
        let first = try agents.find(name)
        let before = try await hooks.run(.agentPreInvoke) { () throws(GatewayError) in
            try Self.block(given.payload(for: first))
        }
        var (agent, request, headers) = (first, given, first.headers)
        if let changed = before?.modifiedPayload?.root.object {
            if let name = changed["agent_id"]?.string, name != first.name { agent = try agents.find(name) }
            headers = Self.headers(changed["headers"], first, agent)
            request.apply(changed)
        }
        var reply: A2AReply
        do throws(GatewayError) { reply = try await exchange(agent, request, headers) } catch {
            await show(error, of: agent, to: hooks)
            throw error
        }
        let after = try await hooks.run(.agentPostInvoke) { () throws(GatewayError) in
            try Self.block(Self.payload(agent, reply))
        }
        if let changed = after?.modifiedPayload?.root {
            reply.messages = changed["messages"]?.value.array ?? []
            reply.toolCalls = changed["tool_calls"]?.value ?? .null
        }
        return DispatchAnswer(
            result: try Self.block(request.answer(reply)).root,
            headers: DispatchAnswer.headers(of: before, after)
        )
    }

    /// The headers that plugins have left, without credentials that are not the operator's.
    private static func headers(_ changed: JSONValue?, _ first: Agent, _ agent: Agent) -> HTTPHeaders {
        let texts = (changed?.object ?? [:]).compactMap { name, value in value.string.map { (name, $0) } }
        var headers = HTTPHeaders(texts)
        if first.id != agent.id {
            headers = OutgoingHeaders.readdressed(headers, from: first.headers, to: agent.headers)
        }
        return OutgoingHeaders.withoutForeignCredentials(headers, own: agent.headers)
    }

    private func exchange(
        _ agent: Agent,
        _ request: AgentRequest,
        _ headers: HTTPHeaders
    ) async throws(GatewayError) -> A2AReply {
        let name = "agent \"\(agent.name)\""
        var outgoing = UpstreamRequest(
            method: "POST",
            url: agent.endpoint,
            headers: OutgoingHeaders.allowed(headers),
            body: Array(JSONValue.object(request.onWire(agent.version)).description.utf8)
        )
        outgoing.headers["Content-Type"] = "application/json"
        if agent.version == .current { outgoing.headers["A2A-Version"] = agent.version.rawValue }
        let response: UpstreamResponse
        do throws(UpstreamError) { response = try await upstream.send(outgoing) } catch {
            throw error.gatewayError(name)
        }
        guard response.isSuccess else {
            throw GatewayError(status: 502, "\(name): it answered with status \(response.status)")
        }
        let answer = response.text.flatMap { try? JSONValue(json: $0) }
        if let code = answer?["error"]?["code"]?.int {
            throw GatewayError(status: 502, "\(name): it answered with the error \(code)")
        }
        guard let reply = answer?["result"].flatMap(A2AReply.init) else {
            throw GatewayError(status: 502, "\(name): its answer is no message and no task of A2A")
        }
        return reply
    }

    /// Shows plugins that an agent has not answered, which they cannot change.
    private func show(_ error: GatewayError, of agent: Agent, to hooks: any RequestHooks) async {
        guard hooks.hasPlugins(for: .agentPostInvoke) else { return }
        let text = JSONValue.string("Agent invocation failed: \(error.message)")
        let payload: JSONObject = [
            "agent_id": .string(agent.name),
            "messages": [["role": "agent", "content": ["type": "text", "text": text]]], "tool_calls": nil,
        ]
        if let block = try? PayloadBlock(payload) { _ = await hooks.invoke(.agentPostInvoke, block) }
    }

    private static func payload(_ agent: Agent, _ reply: A2AReply) -> JSONObject {
        [
            "agent_id": .string(agent.name), "messages": .array(reply.messages), "tool_calls": reply.toolCalls,
        ]
    }

    private static func block(_ object: JSONObject) throws(GatewayError) -> PayloadBlock {
        try PayloadBlock.payload { $0.add(object) }
    }
}

extension AgentRequest {
    /// What the pre hook is given.
    fileprivate func payload(for agent: Agent) -> JSONObject {
        [
            "agent_id": .string(agent.name), "messages": .array(messages), "tools": tools,
            "headers": .object(JSONObject(agent.headers.map { ($0.name, .string($0.value)) })), "model": model,
            "system_prompt": systemPrompt, "parameters": .object(parameters),
        ]
    }

    /// Takes what plugins have changed.
    fileprivate mutating func apply(_ payload: JSONObject) {
        messages = payload["messages"]?.array ?? []
        tools = payload["tools"] ?? .null
        model = payload["model"] ?? .null
        systemPrompt = payload["system_prompt"] ?? .null
        parameters = payload["parameters"]?.object ?? [:]
    }

    /// The request that an agent gets: the last message, and as its metadata the parameters and what A2A has no place
    /// for: the messages before, the model, the system's instructions and the tools.
    fileprivate func onWire(_ version: A2AVersion) -> JSONObject {
        var metadata = parameters
        if messages.count > 1 { metadata["history"] = .array(messages.dropLast()) }
        for (key, value) in [("model", model), ("system_prompt", systemPrompt), ("tools", tools)] where !value.isNull {
            metadata[key] = value
        }
        let message = messages.last ?? ["role": "user", "content": []]
        var parameters: JSONObject = ["message": .object(A2AMessage.onWire(message, version))]
        if !metadata.isEmpty { parameters["metadata"] = .object(metadata) }
        return [
            "jsonrpc": "2.0", "id": .string(Identifier.random()), "method": .string(version.sendMethod),
            "params": .object(parameters),
        ]
    }

    /// What the client gets.
    fileprivate func answer(_ reply: A2AReply) -> JSONObject {
        guard case .a2a(let version) = form else { return reply.plain }
        let result = reply.result(version)
        guard let rpcID else { return result.object ?? [:] }
        return ["jsonrpc": "2.0", "id": rpcID, "result": result]
    }
}
