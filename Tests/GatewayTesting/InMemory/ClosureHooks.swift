package import GatewayCore
package import PluginPayloads
import Synchronization

/// Hooks made of closures, which remember what they were asked.
package final class ClosureHooks: HookDispatching {
    /// What a hook does with its payload.
    package typealias Body = @Sendable (JSONValue) async throws -> HookOutcome

    /// One hook that was invoked.
    package struct Call: Sendable, Equatable {
        package let hook: HookName
        package let payload: String

        package init(_ hook: HookName, _ payload: String) {
            self.hook = hook
            self.payload = payload
        }
    }

    package let promptPolicy: PromptPolicy
    private let bodies: [HookName: Body]
    private let recorded = Mutex<(calls: [Call], identities: [RequestIdentity], metadata: JSONObject)>(([], [], [:]))

    /// - Parameters:
    ///   - policy: How prompts are rendered.
    ///   - bodies: What the hooks do; others have no plugin.
    package init(_ policy: PromptPolicy = PromptPolicy(), _ bodies: [HookName: Body] = [:]) {
        promptPolicy = policy
        self.bodies = bodies
    }

    /// The hooks that were invoked, with their payloads as JSON.
    package var calls: [Call] { recorded.withLock { $0.calls } }

    /// Whose requests have begun.
    package var identities: [RequestIdentity] { recorded.withLock { $0.identities } }

    /// What was put into the global metadata of requests.
    package var metadata: JSONObject { recorded.withLock { $0.metadata } }

    /// A request of nobody in particular.
    package var request: any RequestHooks { ClosureRequest(hooks: self, identity: RequestIdentity(requestID: "1")) }

    package func begin(_ identity: RequestIdentity) throws(BlockError) -> any RequestHooks {
        recorded.withLock { $0.identities.append(identity) }
        return ClosureRequest(hooks: self, identity: identity)
    }

    fileprivate func hasPlugins(for hook: HookName) -> Bool { bodies[hook] != nil }

    fileprivate func setMetadata(_ key: String, _ value: PayloadBlock) {
        recorded.withLock { $0.metadata[key] = value.value }
    }

    fileprivate func invoke(_ hook: HookName, _ payload: PayloadBlock) async -> HookOutcome {
        recorded.withLock { $0.calls.append(Call(hook, payload.value.description)) }
        do {
            return try await bodies[hook]?(payload.value) ?? HookOutcome()
        } catch {
            return HookOutcome(
                continueProcessing: false,
                error: PluginError(code: .failed, message: "\(error)", pluginName: "closure")
            )
        }
    }
}

/// One request over such hooks.
private struct ClosureRequest: RequestHooks {
    let hooks: ClosureHooks
    let identity: RequestIdentity

    var promptPolicy: PromptPolicy { hooks.promptPolicy }

    func identified(as identity: RequestIdentity) throws(BlockError) -> any RequestHooks {
        try hooks.begin(identity)
    }

    func setMetadata(_ key: String, _ value: PayloadBlock) { hooks.setMetadata(key, value) }

    func hasPlugins(for hook: HookName) -> Bool { hooks.hasPlugins(for: hook) }

    func invoke(_ hook: HookName, _ payload: PayloadBlock) async -> HookOutcome { await hooks.invoke(hook, payload) }
}

extension HookOutcome {
    /// An outcome that changes the payload.
    package static func modified(_ payload: JSONValue) throws -> HookOutcome {
        HookOutcome(modifiedPayload: try PayloadBlock(payload))
    }

    /// An outcome that blocks.
    package static func blocked(_ violation: PluginViolation, by plugin: String = "Guard") -> HookOutcome {
        var violation = violation
        violation.pluginName = plugin
        return HookOutcome(continueProcessing: false, violation: violation)
    }

    /// An outcome of a plugin's failure.
    package static func failed(_ code: PluginError.Code, _ message: String, _ plugin: String = "Guard") -> HookOutcome {
        HookOutcome(continueProcessing: false, error: PluginError(code: code, message: message, pluginName: plugin))
    }
}
