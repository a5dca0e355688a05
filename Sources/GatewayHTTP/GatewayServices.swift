package import GatewayCore

/// What the routes work with.
package struct GatewayServices: Sendable {
    /// All that routes reach of tools, prompts, resources and agents.
    package let dispatch: GatewayDispatch
    package let hooks: any HookDispatching
    package let status: any GatewayStatus
    package let administration: any PluginAdministration
    package let access: AccessControl

    package init(
        dispatch: GatewayDispatch,
        hooks: any HookDispatching,
        status: any GatewayStatus,
        administration: any PluginAdministration,
        access: AccessControl
    ) {
        self.dispatch = dispatch
        self.hooks = hooks
        self.status = status
        self.administration = administration
        self.access = access
    }
}
