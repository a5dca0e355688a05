/// The name of a hook together with the type of its payload.
///
/// It lets a registration infer its types: `.toolPreInvoke` stands for `tool_pre_invoke` and ``ToolPreInvokePayload``.
public struct HookPoint<Payload: HookPayload>: Sendable {
    /// The name.
    public let name: HookName

    /// Makes the point of a custom hook.
    ///
    /// - Parameter name: The hook's name.
    public init(_ name: HookName) {
        self.name = name
    }
}

extension HookPoint where Payload == PromptPreFetchPayload {
    /// Before a prompt is looked up.
    public static var promptPreFetch: Self { Self(.promptPreFetch) }
}

extension HookPoint where Payload == PromptPostFetchPayload {
    /// After a prompt was rendered.
    public static var promptPostFetch: Self { Self(.promptPostFetch) }
}

extension HookPoint where Payload == ToolPreInvokePayload {
    /// Before a tool is called.
    public static var toolPreInvoke: Self { Self(.toolPreInvoke) }
}

extension HookPoint where Payload == ToolPostInvokePayload {
    /// After a tool was called.
    public static var toolPostInvoke: Self { Self(.toolPostInvoke) }
}

extension HookPoint where Payload == ResourcePreFetchPayload {
    /// Before a resource is fetched.
    public static var resourcePreFetch: Self { Self(.resourcePreFetch) }
}

extension HookPoint where Payload == ResourcePostFetchPayload {
    /// After a resource was fetched.
    public static var resourcePostFetch: Self { Self(.resourcePostFetch) }
}

extension HookPoint where Payload == AgentPreInvokePayload {
    /// Before an agent is called.
    public static var agentPreInvoke: Self { Self(.agentPreInvoke) }
}

extension HookPoint where Payload == AgentPostInvokePayload {
    /// After an agent has answered.
    public static var agentPostInvoke: Self { Self(.agentPostInvoke) }
}

extension HookPoint where Payload == HTTPPreRequestPayload {
    /// Before a request is authenticated.
    public static var httpPreRequest: Self { Self(.httpPreRequest) }
}

extension HookPoint where Payload == HTTPPostRequestPayload {
    /// After a response was made.
    public static var httpPostRequest: Self { Self(.httpPostRequest) }
}

extension HookPoint where Payload == HTTPAuthResolveUserPayload {
    /// To find out who sends a request.
    public static var httpAuthResolveUser: Self { Self(.httpAuthResolveUser) }
}

extension HookPoint where Payload == HTTPAuthCheckPermissionPayload {
    /// To decide whether a user may do something.
    public static var httpAuthCheckPermission: Self { Self(.httpAuthCheckPermission) }
}

extension HookPoint where Payload == ServerPreRegisterPayload {
    /// Before a virtual server is registered.
    public static var serverPreRegister: Self { Self(.serverPreRegister) }
}

extension HookPoint where Payload == ServerPostRegisterPayload {
    /// After a virtual server was registered.
    public static var serverPostRegister: Self { Self(.serverPostRegister) }
}

extension HookPoint where Payload == FederationPreSyncPayload {
    /// Before a federated gateway is synchronised.
    public static var federationPreSync: Self { Self(.federationPreSync) }
}

extension HookPoint where Payload == FederationPostSyncPayload {
    /// After a federated gateway was synchronised.
    public static var federationPostSync: Self { Self(.federationPostSync) }
}
