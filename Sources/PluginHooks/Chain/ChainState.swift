package import PluginPayloads
import Synchronization

/// The state of one hook's chain: responses in, steps out.
///
/// It calls nobody by itself. Whoever drives it passes the plan and the request, always the same, which it need not
/// hold: that would cost as much as calling a small hook.
package struct ChainState: ~Copyable {
    /// What to do next.
    package enum Step {
        case call(PlannedHook)
        case finish(HookOutcome)
    }

    /// The payload as the next plugin sees it.
    package private(set) var payload: PayloadBlock
    /// The payload at first, if it was changed.
    private var original: PayloadBlock?
    /// The number of hooks that were called or passed over.
    private var position = 0
    private var outcome = HookOutcome()
    private var hasEnded = false

    @inline(__always)
    package init(_ plan: HookPlan, payload: PayloadBlock) {
        self.payload = payload
        if !plan.hooks.isEmpty, let problem = plan.limits.problem(with: payload) {
            end(with: PluginError(code: .payloadTooLarge, message: problem))
        }
    }

    /// The hook that `next` named last.
    package func current(of plan: HookPlan) -> PlannedHook { plan.hooks[position - 1] }

    /// Finds the next plugin that runs for this request, or the outcome.
    package mutating func next(of plan: HookPlan, for request: RequestState) -> Step {
        while !hasEnded, position < plan.hooks.count {
            let hook = plan.hooks[position]
            position += 1
            guard hook.isOn, hook.isUnconditional || hook.matches(original ?? payload, of: request) else { continue }
            hook.account.calls.wrappingAdd(1, ordering: .relaxed)
            return .call(hook)
        }
        return .finish(outcome)
    }

    /// Takes the response of the current hook.
    package mutating func receive(_ response: HookResponse, of plan: HookPlan, for request: RequestState) {
        switch response {
        case .completed(nil): break
        case .completed(let effects?): apply(effects, plan, request)
        case .failed(let code, let message): fail(code, message, plan)
        }
    }

    private mutating func apply(_ effects: HookEffects, _ plan: HookPlan, _ request: RequestState) {
        let hook = current(of: plan)
        if !effects.stateWrites.isEmpty { request.merge(effects.stateWrites, plugin: hook.stateKey) }
        if !effects.metadata.isEmpty {
            outcome.metadata.merge(effects.metadata.lazy.filter { $0.key != Self.decisionKey })
        }
        if !effects.httpHeaders.isEmpty { outcome.httpHeaders.merge(effects.httpHeaders) }
        if effects.retryDelayMilliseconds > outcome.retryDelayMilliseconds {
            outcome.retryDelayMilliseconds = effects.retryDelayMilliseconds
        }
        if let violation = effects.denial {
            deny(violation.named(hook.plugin), plan)
            return
        }
        if let violation = effects.report { outcome.violation = violation.named(hook.plugin) }
        if let reply = effects.reply { accept(reply, plan) }
    }

    private mutating func deny(_ violation: PluginViolation, _ plan: HookPlan) {
        let hook = current(of: plan)
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

    private mutating func accept(_ reply: PayloadBlock, _ plan: HookPlan) {
        let hook = current(of: plan)
        let merged: MergedReply
        do throws(BlockError) {
            merged = try MergedReply(reply, into: payload, policy: plan.replyPolicy)
        } catch {
            fail(.badReply, "reply does not fit into the payload: \(error)", plan)
            return
        }
        if !merged.droppedFields.isEmpty {
            let fields = merged.droppedFields
            plan.observer.record(.fieldsDropped(plugin: hook.plugin, hook: plan.hook, fields: fields))
        }
        guard let result = merged.result else { return }
        if let problem = plan.limits.problem(with: merged.payload) ?? plan.limits.problem(with: result) {
            fail(.badReply, "reply makes the payload too large: \(problem)", plan)
            return
        }
        hook.account.modifications.add(1, ordering: .relaxed)
        original = original ?? payload
        payload = merged.payload
        outcome.modifiedPayload = result
    }

    private mutating func fail(_ code: PluginError.Code, _ message: String, _ plan: HookPlan) {
        let hook = current(of: plan)
        let error = PluginError(code: code, message: message, pluginName: hook.plugin)
        if code == .timeout {
            hook.account.timeouts.add(1, ordering: .relaxed)
        } else {
            hook.account.errors.add(1, ordering: .relaxed)
        }
        switch hook.errorPolicy {
        case .fail: end(with: error)
        case .disable where !hook.account.isSwitchedOff.exchange(true, ordering: .relaxed):
            plan.observer.record(.switchedOff(error, hook: plan.hook))
        case .ignore, .disable: plan.observer.record(.errorIgnored(error, hook: plan.hook))
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

extension JSONObject {
    fileprivate mutating func merge(_ entries: some Sequence<Element>) {
        for (key, value) in entries { self[key] = value }
    }
}

extension PluginViolation {
    fileprivate func named(_ plugin: String) -> PluginViolation {
        var named = self
        named.pluginName = plugin
        return named
    }
}
