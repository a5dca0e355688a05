package import GatewayCore
import GatewayTemplates
import PluginConfig
package import PluginPayloads
package import PluginRuntime

/// The hooks of the gateway's requests are those of a plugin runtime.
package struct RuntimeHooks: HookDispatching {
    private let runtime: PluginRuntime

    package init(runtime: PluginRuntime) {
        self.runtime = runtime
    }

    package func begin(_ identity: RequestIdentity) throws(BlockError) -> any RequestHooks {
        try runtime.request(identity)
    }
}

extension HookRequest: RequestHooks {
    package var promptPolicy: PromptPolicy { PromptPolicy(promptSettings) }

    package func identified(as identity: RequestIdentity) throws(BlockError) -> any RequestHooks {
        let request: HookRequest = try identified(as: identity)
        return request
    }
}

extension PromptPolicy {
    fileprivate init(_ settings: PromptSettings) {
        self.init(
            refusesHTML: settings.refuseHTML,
            autoescapes: settings.autoescape,
            limits: RenderLimits(
                maxIterations: settings.maxLoopIterations,
                maxOutputBytes: settings.maxOutputBytes,
                maxSteps: settings.maxSteps
            )
        )
    }
}
