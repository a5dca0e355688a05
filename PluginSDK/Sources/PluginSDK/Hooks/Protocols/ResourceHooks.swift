public import PluginPayloads

/// A plugin that handles `resource_pre_fetch`, before a resource is fetched; conforming to it registers the hook.
public protocol ResourcePreFetchHook: Plugin {
    /// Handles `resource_pre_fetch`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func resourcePreFetch(
        _ payload: ResourcePreFetchPayload,
        _ context: HookContext
    ) async throws -> ResourcePreFetchResult
}

/// A plugin that handles `resource_post_fetch`, after a resource was fetched; conforming to it registers the hook.
public protocol ResourcePostFetchHook: Plugin {
    /// Handles `resource_post_fetch`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func resourcePostFetch(
        _ payload: ResourcePostFetchPayload,
        _ context: HookContext
    ) async throws -> ResourcePostFetchResult
}
