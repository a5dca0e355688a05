import PluginPayloads

extension HookRegistrar {
    /// Registers the hooks whose protocols a plugin conforms to.
    func registerProtocols(of plugin: some Plugin) {
        if let plugin = plugin as? any PromptPreFetchHook {
            on(.promptPreFetch) { try await plugin.promptPreFetch($0, $1) }
        }
        if let plugin = plugin as? any PromptPostFetchHook {
            on(.promptPostFetch) { try await plugin.promptPostFetch($0, $1) }
        }
        if let plugin = plugin as? any ToolPreInvokeHook {
            on(.toolPreInvoke) { try await plugin.toolPreInvoke($0, $1) }
        }
        if let plugin = plugin as? any ToolPostInvokeHook {
            on(.toolPostInvoke) { try await plugin.toolPostInvoke($0, $1) }
        }
        if let plugin = plugin as? any ResourcePreFetchHook {
            on(.resourcePreFetch) { try await plugin.resourcePreFetch($0, $1) }
        }
        if let plugin = plugin as? any ResourcePostFetchHook {
            on(.resourcePostFetch) { try await plugin.resourcePostFetch($0, $1) }
        }
        if let plugin = plugin as? any AgentPreInvokeHook {
            on(.agentPreInvoke) { try await plugin.agentPreInvoke($0, $1) }
        }
        if let plugin = plugin as? any AgentPostInvokeHook {
            on(.agentPostInvoke) { try await plugin.agentPostInvoke($0, $1) }
        }
        if let plugin = plugin as? any HTTPPreRequestHook {
            on(.httpPreRequest) { try await plugin.httpPreRequest($0, $1) }
        }
        if let plugin = plugin as? any HTTPPostRequestHook {
            on(.httpPostRequest) { try await plugin.httpPostRequest($0, $1) }
        }
        if let plugin = plugin as? any HTTPAuthResolveUserHook {
            on(.httpAuthResolveUser) { try await plugin.httpAuthResolveUser($0, $1) }
        }
        if let plugin = plugin as? any HTTPAuthCheckPermissionHook {
            on(.httpAuthCheckPermission) { try await plugin.httpAuthCheckPermission($0, $1) }
        }
        if let plugin = plugin as? any ServerPreRegisterHook {
            on(.serverPreRegister) { try await plugin.serverPreRegister($0, $1) }
        }
        if let plugin = plugin as? any ServerPostRegisterHook {
            on(.serverPostRegister) { try await plugin.serverPostRegister($0, $1) }
        }
        if let plugin = plugin as? any FederationPreSyncHook {
            on(.federationPreSync) { try await plugin.federationPreSync($0, $1) }
        }
        if let plugin = plugin as? any FederationPostSyncHook {
            on(.federationPostSync) { try await plugin.federationPostSync($0, $1) }
        }
    }
}
