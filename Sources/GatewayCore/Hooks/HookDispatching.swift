package import PluginPayloads

/// Where the gateway's requests find their hooks.
package protocol HookDispatching: Sendable {
    /// Begins a request with the plugins of now.
    ///
    /// - Parameter identity: Whose request it is.
    /// - Returns: The request, whose hooks see the same plugins and share their state.
    /// - Throws: ``BlockError`` if the identity does not fit into a block.
    func begin(_ identity: RequestIdentity) throws(BlockError) -> any RequestHooks
}

/// The hooks of one request.
package protocol RequestHooks: Sendable {
    /// How prompts are rendered, by the same configuration as the plugins.
    var promptPolicy: PromptPolicy { get }

    /// Whether any plugin has registered a hook.
    func hasPlugins(for hook: HookName) -> Bool

    /// Runs a hook's plugins.
    func invoke(_ hook: HookName, _ payload: PayloadBlock) async -> HookOutcome
}

extension RequestHooks {
    /// Runs a hook's plugins on a payload that is made only if there are any.
    ///
    /// - Returns: What became of the payload; `nil` if no plugin was asked.
    /// - Throws: That a plugin blocked the request or failed.
    func run(
        _ hook: HookName,
        _ payload: () throws(GatewayError) -> PayloadBlock
    ) async throws(GatewayError) -> HookOutcome? {
        guard hasPlugins(for: hook) else { return nil }
        let outcome = await invoke(hook, try payload())
        try outcome.requirePassed(hook)
        return outcome
    }
}
