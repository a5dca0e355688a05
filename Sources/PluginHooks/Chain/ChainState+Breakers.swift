import PluginPayloads

/// What breakers have made of a chain's calls.
///
/// It has one owner, the chain's state, which cannot be copied.
final class BreakerCalls {
    /// The places of calls that are trials.
    var trials: [Int] = []
    /// Members of the current group that were not called.
    var refused: [ChainState.Answer] = []
}

extension ChainState {
    /// Whether a plugin may be called; if not, that is kept as its answer.
    @inline(__always)
    mutating func admits(_ hook: PlannedHook, at place: Int, of plan: HookPlan) -> Bool {
        !hook.account.breaker.asksBefore && hook.isOn || isAdmitted(hook, at: place, of: plan)
    }

    private mutating func isAdmitted(_ hook: PlannedHook, at place: Int, of plan: HookPlan) -> Bool {
        switch hook.admit(plan.observer) {
        case .call(let isTrial):
            if isTrial { calls.trials.append(place) }
            return true
        case .refuse(let reason):
            var answer = Answer(place: place, response: nil, nanoseconds: 0)
            answer.refusal = reason
            calls.refused.append(answer)
            return false
        }
    }

    private var calls: BreakerCalls {
        mutating get {
            if let breakerCalls { return breakerCalls }
            let calls = BreakerCalls()
            breakerCalls = calls
            return calls
        }
    }

    /// The answers of a group, with those of members that were not called, in their order.
    mutating func withRefused(_ answers: [Answer]) -> [Answer] {
        guard let calls = breakerCalls, !calls.refused.isEmpty else { return answers }
        defer { calls.refused = [] }
        return (answers + calls.refused).sorted { $0.place < $1.place }
    }

    mutating func takeRefused(of plan: HookPlan, for request: RequestState) {
        receive([], of: plan, for: request)
    }

    /// Takes what is known of a group before anybody is called.
    ///
    /// Where the first in time decides, those that were refused were first. Else they answer in their order.
    ///
    /// - Returns: Whether nobody needs to be called.
    mutating func settleRefused(
        in group: HookGroup,
        _ admitted: [Int],
        _ plan: HookPlan,
        _ request: RequestState
    ) -> Bool {
        guard group.verdict == .firstInTime || admitted.isEmpty else { return false }
        takeRefused(of: plan, for: request)
        guard hasEnded else { return admitted.isEmpty }
        for place in admitted where endTrial(at: place) { plan.hooks[place].account.breaker.abandonTrial() }
        return true
    }

    /// Takes it that a plugin was not called: no error of it, and no line in the log, which has that it was switched off.
    mutating func refuse(
        _ hook: PlannedHook,
        _ reason: String,
        _ plan: HookPlan,
        _ request: RequestState,
        code: PluginError.Code = .unavailable
    ) {
        let error = PluginError(
            code: code,
            message: "plugin \(hook.plugin) \(reason)",
            pluginName: hook.plugin
        )
        let ends = !hasEnded && hook.policy(for: code) == .fail
        if ends { end(with: error) }
        guard request.recordsExecutions else { return }
        var record = ExecutionRecord(hook, status: .error)
        record.note(error.code.description, error.message)
        record.applied = ends
        record.effectiveAllow = !hasEnded
        outcome.executions.append(record)
    }

    mutating func noteSuccess(of hook: PlannedHook, _ plan: HookPlan) {
        let change = hook.account.breaker.succeed(isTrial: endTrial(at: place))
        if let change { plan.observer.record(.breaker(plugin: hook.plugin, hook: hook.hook, change)) }
    }

    mutating func noteFailure(
        _ code: PluginError.Code,
        _ message: String,
        of hook: PlannedHook,
        _ plan: HookPlan
    ) {
        let change = hook.account.breaker.fail(code, message, isTrial: endTrial(at: place))
        if let change { plan.observer.record(.breaker(plugin: hook.plugin, hook: hook.hook, change)) }
    }

    /// Whether the call at a place was a trial, which it is not any more.
    private mutating func endTrial(at place: Int) -> Bool {
        guard let calls = breakerCalls, let index = calls.trials.firstIndex(of: place) else { return false }
        calls.trials.remove(at: index)
        return true
    }
}
