package import GatewayCore

/// What the routes work with.
package struct GatewayServices: Sendable {
    package let prompts: PromptLibrary
    package let hooks: any HookDispatching
    package let status: any GatewayStatus
    package let administration: any PluginAdministration
    package let access: AccessControl

    package init(
        prompts: PromptLibrary,
        hooks: any HookDispatching,
        status: any GatewayStatus,
        administration: any PluginAdministration,
        access: AccessControl
    ) {
        self.prompts = prompts
        self.hooks = hooks
        self.status = status
        self.administration = administration
        self.access = access
    }
}
