public import PluginPayloads

/// A plugin that handles `prompt_pre_fetch`, before a prompt is looked up; conforming to it registers the hook.
public protocol PromptPreFetchHook: Plugin {
    /// Handles `prompt_pre_fetch`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func promptPreFetch(_ payload: PromptPreFetchPayload, _ context: HookContext) async throws -> PromptPreFetchResult
}

/// A plugin that handles `prompt_post_fetch`, after a prompt was rendered; conforming to it registers the hook.
public protocol PromptPostFetchHook: Plugin {
    /// Handles `prompt_post_fetch`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func promptPostFetch(
        _ payload: PromptPostFetchPayload,
        _ context: HookContext
    ) async throws -> PromptPostFetchResult
}
