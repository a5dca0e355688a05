public import PluginPayloads

/// A plugin that handles `http_pre_request`, before a request is authenticated; conforming to it registers the hook.
public protocol HTTPPreRequestHook: Plugin {
    /// Handles `http_pre_request`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func httpPreRequest(_ payload: HTTPPreRequestPayload, _ context: HookContext) async throws -> HTTPPreRequestResult
}

/// A plugin that handles `http_post_request`, after a response was made; conforming to it registers the hook.
public protocol HTTPPostRequestHook: Plugin {
    /// Handles `http_post_request`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func httpPostRequest(
        _ payload: HTTPPostRequestPayload,
        _ context: HookContext
    ) async throws -> HTTPPostRequestResult
}

/// A plugin that handles `http_auth_resolve_user`, to find out who sends a request; conforming to it registers the hook.
public protocol HTTPAuthResolveUserHook: Plugin {
    /// Handles `http_auth_resolve_user`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func httpAuthResolveUser(
        _ payload: HTTPAuthResolveUserPayload,
        _ context: HookContext
    ) async throws -> HTTPAuthResolveUserResult
}

/// A plugin that handles `http_auth_check_permission`, to decide whether a user may do something; conforming to it registers the hook.
public protocol HTTPAuthCheckPermissionHook: Plugin {
    /// Handles `http_auth_check_permission`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func httpAuthCheckPermission(
        _ payload: HTTPAuthCheckPermissionPayload,
        _ context: HookContext
    ) async throws -> HTTPAuthCheckPermissionResult
}
