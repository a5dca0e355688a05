public import PluginPayloads

/// A plugin that handles `server_pre_register`, before a virtual server is registered; conforming to it registers the hook.
public protocol ServerPreRegisterHook: Plugin {
    /// Handles `server_pre_register`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func serverPreRegister(
        _ payload: ServerPreRegisterPayload,
        _ context: HookContext
    ) async throws -> ServerPreRegisterResult
}

/// A plugin that handles `server_post_register`, after a virtual server was registered; conforming to it registers the hook.
public protocol ServerPostRegisterHook: Plugin {
    /// Handles `server_post_register`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func serverPostRegister(
        _ payload: ServerPostRegisterPayload,
        _ context: HookContext
    ) async throws -> ServerPostRegisterResult
}
