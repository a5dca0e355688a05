package import PluginPayloads
import Synchronization

/// The state of one hook's chain: responses in, steps out. It does nothing by itself.
package struct ChainState {
    /// What to do next.
    package enum Step {
        case call(PlannedHook)
        case finish(HookOutcome)
    }

    package let plan: HookPlan
    package let request: RequestState
    /// The payload as the next plugin sees it.
    package private(set) var payload: PayloadBlock
    private let original: PayloadBlock
    private var position = 0
    private var outcome = HookOutcome()
    private var hasEnded = false

    package init(_ plan: HookPlan, payload: PayloadBlock, request: RequestState) {
        self.plan = plan
        self.request = request
        self.payload = payload
        self.original = payload
        if let problem = plan.limits.violation(of: payload) {
            end(with: PluginError(code: .payloadTooLarge, message: problem))
        }
    }

    /// Finds the next plugin that runs for this request, or the outcome.
    package mutating func next() -> Step {
        while !hasEnded, position < plan.hooks.count {
            let hook = plan.hooks[position]
            position += 1
            guard !hook.account.isSwitchedOff.load(ordering: .relaxed),
                hook.conditions.match(hook: plan.hook, payload: original, context: request.context)
            else { continue }
            hook.account.calls.add(1, ordering: .relaxed)
            return .call(hook)
        }
        return .finish(outcome)
    }

    /// Takes the response of the plugin that `next` named last.
    package mutating func receive(_ response: HookResponse, from hook: PlannedHook) {
        switch response {
        case .completed(nil): break
        case .completed(let effects?): apply(effects, from: hook)
        case .failed(let code, let message): fail(code, message, hook)
        }
    }

    private mutating func apply(_ effects: HookEffects, from hook: PlannedHook) {
        if !effects.stateWrites.isEmpty { request.merge(effects.stateWrites, plugin: hook.stateKey) }
        for (key, value) in effects.metadata where key != Self.decisionKey { outcome.metadata[key] = value }
        for (name, value) in effects.httpHeaders { outcome.httpHeaders[name] = value }
        outcome.retryDelayMilliseconds = max(outcome.retryDelayMilliseconds, effects.retryDelayMilliseconds)
        if let violation = effects.denial {
            deny(violation, from: hook)
            return
        }
        if let violation = effects.report { outcome.violation = violation.named(hook.plugin) }
        if let reply = effects.reply { accept(reply, from: hook) }
    }

    private mutating func deny(_ violation: PluginViolation, from hook: PlannedHook) {
        let violation = violation.named(hook.plugin)
        switch hook.mode {
        case .enforce, .enforceIgnoreError:
            hook.account.blocks.add(1, ordering: .relaxed)
            outcome.continueProcessing = false
            outcome.violation = violation
            outcome.modifiedPayload = nil
            hasEnded = true
        case .permissive, .disabled:
            plan.observer.record(.violationIgnored(plugin: hook.plugin, hook: plan.hook, violation))
        }
    }

    private mutating func accept(_ reply: PayloadBlock, from hook: PlannedHook) {
        let merged: MergedReply
        do throws(BlockError) {
            merged = try MergedReply(reply, into: payload, policy: plan.replyPolicy)
        } catch {
            fail(.badReply, "reply does not fit into the payload: \(error)", hook)
            return
        }
        if !merged.droppedFields.isEmpty {
            let fields = merged.droppedFields
            plan.observer.record(.fieldsDropped(plugin: hook.plugin, hook: plan.hook, fields: fields))
        }
        guard merged.isEffective else { return }
        if let problem = plan.limits.violation(of: merged.payload) {
            fail(.badReply, "reply makes the payload too large: \(problem)", hook)
            return
        }
        hook.account.modifications.add(1, ordering: .relaxed)
        payload = merged.payload
        outcome.modifiedPayload = merged.result
    }

    private mutating func fail(_ code: PluginError.Code, _ message: String, _ hook: PlannedHook) {
        let error = PluginError(code: code, message: message, pluginName: hook.plugin)
        if code == .timeout {
            hook.account.timeouts.add(1, ordering: .relaxed)
        } else {
            hook.account.errors.add(1, ordering: .relaxed)
        }
        switch hook.errorPolicy {
        case .fail:
            end(with: error)
        case .ignore:
            plan.observer.record(.errorIgnored(error, hook: plan.hook))
        case .disable:
            hook.account.isSwitchedOff.store(true, ordering: .relaxed)
            plan.observer.record(.switchedOff(error, hook: plan.hook))
        }
    }

    private mutating func end(with error: PluginError) {
        outcome.continueProcessing = false
        outcome.error = error
        outcome.violation = nil
        outcome.modifiedPayload = nil
        hasEnded = true
    }

    /// Reserved for the gateway's own record of who decided.
    private static let decisionKey = "_decision_plugin"
}

extension PluginViolation {
    fileprivate func named(_ plugin: String) -> PluginViolation {
        var named = self
        named.pluginName = plugin
        return named
    }
}
