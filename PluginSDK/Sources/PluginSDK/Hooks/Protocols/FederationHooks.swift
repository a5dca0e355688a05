public import PluginPayloads

/// A plugin that handles `federation_pre_sync`, before a federated gateway is synchronised; conforming to it registers the hook.
public protocol FederationPreSyncHook: Plugin {
    /// Handles `federation_pre_sync`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func federationPreSync(
        _ payload: FederationPreSyncPayload,
        _ context: HookContext
    ) async throws -> FederationPreSyncResult
}

/// A plugin that handles `federation_post_sync`, after a federated gateway was synchronised; conforming to it registers the hook.
public protocol FederationPostSyncHook: Plugin {
    /// Handles `federation_post_sync`.
    ///
    /// - Parameters:
    ///   - payload: What the hook is given.
    ///   - context: The call.
    /// - Returns: Whether the request goes on, and what changes.
    /// - Throws: `PluginViolation` to block the request; any other error is a failure of the plugin.
    func federationPostSync(
        _ payload: FederationPostSyncPayload,
        _ context: HookContext
    ) async throws -> FederationPostSyncResult
}
