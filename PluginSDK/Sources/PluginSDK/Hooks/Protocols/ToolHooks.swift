public import PluginPayloads

/// A plugin that handles `tool_pre_invoke`, before a tool is called; conforming to it registers the hook.
public protocol ToolPreInvokeHook: Plugin {
    /// Handles `tool_pre_invoke`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func toolPreInvoke(_ payload: ToolPreInvokePayload, _ context: HookContext) async throws -> ToolPreInvokeResult
}

/// A plugin that handles `tool_post_invoke`, after a tool was called; conforming to it registers the hook.
public protocol ToolPostInvokeHook: Plugin {
    /// Handles `tool_post_invoke`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func toolPostInvoke(_ payload: ToolPostInvokePayload, _ context: HookContext) async throws -> ToolPostInvokeResult
}
