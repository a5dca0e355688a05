// The results of the standard hooks, under the names that their payloads suggest.

/// What `prompt_pre_fetch` answers.
public typealias PromptPreFetchResult = HookResult<PromptPreFetchPayload>

/// What `prompt_post_fetch` answers.
public typealias PromptPostFetchResult = HookResult<PromptPostFetchPayload>

/// What `tool_pre_invoke` answers.
public typealias ToolPreInvokeResult = HookResult<ToolPreInvokePayload>

/// What `tool_post_invoke` answers.
public typealias ToolPostInvokeResult = HookResult<ToolPostInvokePayload>

/// What `resource_pre_fetch` answers.
public typealias ResourcePreFetchResult = HookResult<ResourcePreFetchPayload>

/// What `resource_post_fetch` answers.
public typealias ResourcePostFetchResult = HookResult<ResourcePostFetchPayload>

/// What `agent_pre_invoke` answers.
public typealias AgentPreInvokeResult = HookResult<AgentPreInvokePayload>

/// What `agent_post_invoke` answers.
public typealias AgentPostInvokeResult = HookResult<AgentPostInvokePayload>

/// What `http_pre_request` answers.
public typealias HTTPPreRequestResult = HookResult<HTTPPreRequestPayload.Modified>

/// What `http_post_request` answers.
public typealias HTTPPostRequestResult = HookResult<HTTPPostRequestPayload.Modified>

/// What `http_auth_resolve_user` answers.
public typealias HTTPAuthResolveUserResult = HookResult<HTTPAuthResolveUserPayload.Modified>

/// What `http_auth_check_permission` answers.
public typealias HTTPAuthCheckPermissionResult = HookResult<HTTPAuthCheckPermissionPayload.Modified>

/// What `server_pre_register` answers.
public typealias ServerPreRegisterResult = HookResult<ServerPreRegisterPayload>

/// What `server_post_register` answers.
public typealias ServerPostRegisterResult = HookResult<ServerPostRegisterPayload>

/// What `federation_pre_sync` answers.
public typealias FederationPreSyncResult = HookResult<FederationPreSyncPayload>

/// What `federation_post_sync` answers.
public typealias FederationPostSyncResult = HookResult<FederationPostSyncPayload>
