package import PluginPayloads

/// Where the gateway's requests find their hooks.
package protocol HookDispatching: Sendable {
    /// Begins a request with the plugins of now.
    ///
    /// - Parameter identity: Whose request it is, as far as that is known.
    /// - Returns: The request, whose hooks see the same plugins and share their state.
    /// - Throws: ``BlockError`` if the identity does not fit into a block.
    func begin(_ identity: RequestIdentity) throws(BlockError) -> any RequestHooks
}

/// The hooks of one request.
package protocol RequestHooks: Sendable {
    /// Whose request it is, as plugins and their conditions see it.
    var identity: RequestIdentity { get }

    /// How prompts are rendered, by the same configuration as the plugins.
    var promptPolicy: PromptPolicy { get }

    /// The same request, of which more is known: the same plugins, and what they remember.
    ///
    /// - Parameter identity: What is known now.
    /// - Returns: The hooks for the rest of the request.
    /// - Throws: ``BlockError`` if the identity does not fit into a block.
    func identified(as identity: RequestIdentity) throws(BlockError) -> any RequestHooks

    /// Puts a value into the request's global metadata, which all its plugins can read.
    func setMetadata(_ key: String, _ value: PayloadBlock)

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
