public import PluginPayloads

/// A plugin that handles `agent_pre_invoke`, before an agent is called; conforming to it registers the hook.
public protocol AgentPreInvokeHook: Plugin {
    /// Handles `agent_pre_invoke`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func agentPreInvoke(_ payload: AgentPreInvokePayload, _ context: HookContext) async throws -> AgentPreInvokeResult
}

/// A plugin that handles `agent_post_invoke`, after an agent has answered; conforming to it registers the hook.
public protocol AgentPostInvokeHook: Plugin {
    /// Handles `agent_post_invoke`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func agentPostInvoke(
        _ payload: AgentPostInvokePayload,
        _ context: HookContext
    ) async throws -> AgentPostInvokeResult
}
