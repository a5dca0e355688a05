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
        /// To call some of a plan's hooks at the same time, which are named by their places.
        case callTogether([Int], HookGroup.Verdict)
        case finish(HookOutcome)
    }

    /// What a member of a group has answered.
    package struct Answer {
        /// The member's place in the plan.
        let place: Int
        /// `nil` if somebody else decided first.
        let response: HookResponse?
        let nanoseconds: UInt64
        /// Why the member's breaker did not let it be called.
        var refusal: String?

        package init(place: Int, response: HookResponse?, nanoseconds: UInt64) {
            self.place = place
            self.response = response
            self.nanoseconds = nanoseconds
        }
    }

    /// The payload as the next plugin sees it.
    package private(set) var payload: PayloadBlock
    /// The payload at first, if it was changed.
    private var original: PayloadBlock?
    /// The number of hooks that were called or passed over.
    private var position = 0
    /// The place of the hook whose response comes next, or is being looked at.
    var place = 0
    /// When the current call began, if it is measured.
    private var start: UInt64 = 0
    var outcome = HookOutcome()
    var hasEnded = false
    /// What breakers have to do with the chain; `nil` as long as that is nothing, so that most chains pay for one word.
    var breakerCalls: BreakerCalls?

    @inline(__always)
    package init(_ plan: HookPlan, payload: PayloadBlock) {
        self.payload = payload
        if !plan.isEmpty, let problem = plan.limits.problem(with: payload) {
            end(with: PluginError(code: .payloadTooLarge, message: problem))
        }
    }

    /// The payload before any plugin changed it.
    var firstPayload: PayloadBlock { original ?? payload }

    /// The hook that `next` named last.
    func current(of plan: HookPlan) -> PlannedHook { plan.hooks[place] }

    /// Whether a breaker waits for the result of a member's call.
    func isTrial(at place: Int) -> Bool { breakerCalls?.trials.contains(place) ?? false }

    // MARK: Steps

    /// Finds what comes next: a plugin that runs for this request, several, or the outcome.
    package mutating func next(of plan: HookPlan, for request: RequestState) -> Step {
        while !hasEnded, position < plan.hooks.count {
            if let group = plan.group(at: position) {
                position = group.range.upperBound
                let members = group.range.filter { runs(plan.hooks[$0], at: $0, for: request) }
                let admitted = members.filter { admits(plan.hooks[$0], at: $0, of: plan) }
                if admitted.count < members.count, settleRefused(in: group, admitted, plan, request) { continue }
                // One alone waits for its place among those that were refused.
                if admitted.count > 1 || breakerCalls?.refused.isEmpty == false {
                    return .callTogether(admitted, group.verdict)
                }
                guard let member = admitted.first else { continue }
                return call(plan.hooks[member], at: member, for: request)
            }
            let hook = plan.hooks[position]
            position += 1
            guard runs(hook, at: position - 1, for: request) else { continue }
            if !admits(hook, at: position - 1, of: plan) {
                takeRefused(of: plan, for: request)
                continue
            }
            return call(hook, at: position - 1, for: request)
        }
        return .finish(outcome)
    }

    @inline(__always)
    private mutating func call(_ hook: PlannedHook, at place: Int, for request: RequestState) -> Step {
        self.place = place
        start = hook.counters.begin() || request.recordsExecutions ? Clock.now() : 0
        return .call(hook)
    }

    /// Whether a plugin runs for this request, or has to; if not, the record says why.
    @inline(__always)
    private mutating func runs(_ hook: PlannedHook, at place: Int, for request: RequestState) -> Bool {
        let matches = hook.isUnconditional || hook.matches(firstPayload, of: request)
        if hook.isOn || hook.isRequired, matches { return true }
        if request.recordsExecutions { noteSkipped(hook, matches: matches) }
        return false
    }

    private mutating func noteSkipped(_ hook: PlannedHook, matches: Bool) {
        var record = ExecutionRecord(hook, status: hook.isOn ? .skipped : .disabled)
        record.matched = matches
        outcome.executions.append(record)
    }

    // MARK: Responses

    /// Takes the response of the current hook.
    package mutating func receive(_ response: HookResponse, of plan: HookPlan, for request: RequestState) {
        receive(response, from: plan.hooks[place], of: plan, for: request)
    }

    /// Takes the response of the current hook, which the caller has at hand.
    @inline(__always)
    mutating func receive(
        _ response: HookResponse,
        from hook: PlannedHook,
        of plan: HookPlan,
        for request: RequestState
    ) {
        if start == 0, case .completed(nil) = response {
            if hook.account.breaker.listens { noteSuccess(of: hook, plan) }
            return
        }
        var nanoseconds: UInt64 = 0
        if start != 0 {
            nanoseconds = Clock.now() &- start
            hook.counters.latency.record(nanoseconds)
        }
        take(response, after: nanoseconds, plan, request)
    }

    /// Takes the answers of a group, in the order in which they take effect.
    package mutating func receive(_ answers: [Answer], of plan: HookPlan, for request: RequestState) {
        for answer in withRefused(answers) {
            place = answer.place
            if let reason = answer.refusal {
                refuse(plan.hooks[place], reason, plan, request)
            } else if let response = answer.response {
                take(response, after: answer.nanoseconds, plan, request)
            } else if request.recordsExecutions {
                outcome.executions.append(ExecutionRecord(plan.hooks[place], status: .cancelled))
            }
        }
    }

    private mutating func take(
        _ response: HookResponse,
        after nanoseconds: UInt64,
        _ plan: HookPlan,
        _ request: RequestState
    ) {
        let hook = plan.hooks[place]
        let draft = request.recordsExecutions ? ExecutionDraft(ExecutionRecord(hook, status: .completed)) : nil
        draft?.record.durationNanoseconds = nanoseconds
        var isFine = true
        switch response {
        case .completed(nil): break
        case .completed(let effects?):
            // Of a group's members that come after the one that decides, only the failures count.
            if !hasEnded {
                isFine = apply(effects, plan, request, draft)
            } else if let violation = effects.denial {
                draft?.record.note(violation.code, violation.reason)
                draft?.record.requestedAllow = false
            }
        case .failed(let code, let message):
            fail(code, message, plan, draft)
            isFine = false
        }
        if isFine, hook.account.breaker.listens { noteSuccess(of: hook, plan) }
        draft?.record.effectiveAllow = !hasEnded
        if let draft { outcome.executions.append(draft.record) }
    }

    /// - Returns: Whether the reply, if there is one, could be used.
    private mutating func apply(
        _ effects: HookEffects,
        _ plan: HookPlan,
        _ request: RequestState,
        _ draft: ExecutionDraft?
    ) -> Bool {
        let hook = plan.hooks[place]
        let isAudit = hook.mode == .audit
        if !effects.stateWrites.isEmpty {
            // An auditor remembers what it has seen; what others see is not its to change.
            let writes = isAudit ? effects.stateWrites.filter { !$0.scope.isGlobal } : effects.stateWrites
            request.merge(writes, plugin: hook.stateKey)
        }
        if !effects.metadata.isEmpty {
            outcome.metadata.merge(effects.metadata.lazy.filter { $0.key != Self.decisionKey })
        }
        if !isAudit { ask(for: effects) }
        if let violation = effects.denial {
            deny(violation.named(hook.plugin), plan, draft)
            return true
        }
        if !isAudit, let violation = effects.report { outcome.violation = violation.named(hook.plugin) }
        guard let reply = effects.reply, hook.mode.keepsChanges else { return true }
        return accept(reply, plan, draft)
    }

    /// Notes what a plugin asks of whoever answers the client.
    private mutating func ask(for effects: HookEffects) {
        if !effects.httpHeaders.isEmpty { outcome.httpHeaders.merge(effects.httpHeaders) }
        if effects.retryDelayMilliseconds > outcome.retryDelayMilliseconds {
            outcome.retryDelayMilliseconds = effects.retryDelayMilliseconds
        }
    }

    private mutating func deny(_ violation: PluginViolation, _ plan: HookPlan, _ draft: ExecutionDraft?) {
        let hook = plan.hooks[place]
        draft?.record.note(violation.code, violation.reason)
        draft?.record.requestedAllow = false
        guard hook.mode.blocks else {
            plan.observer.record(.violationIgnored(plugin: hook.plugin, hook: plan.hook, violation))
            return
        }
        hook.counters.blocks.add(1, ordering: .relaxed)
        draft?.record.applied = true
        outcome.continueProcessing = false
        outcome.violation = violation
        outcome.modifiedPayload = nil
        outcome.metadata[Self.decisionKey] = .string(hook.plugin)
        hasEnded = true
    }

    private mutating func accept(_ reply: PayloadBlock, _ plan: HookPlan, _ draft: ExecutionDraft?) -> Bool {
        let hook = plan.hooks[place]
        let merged: MergedReply
        do throws(BlockError) {
            merged = try MergedReply(
                reply,
                into: payload,
                after: outcome.modifiedPayload,
                policy: plan.replyPolicy
            )
        } catch {
            fail(.badReply, "reply does not fit into the payload: \(error)", plan, draft)
            return false
        }
        if !merged.droppedFields.isEmpty {
            let fields = merged.droppedFields
            plan.observer.record(.fieldsDropped(plugin: hook.plugin, hook: plan.hook, fields: fields))
        }
        guard let result = merged.result else { return true }
        if plan.replyPolicy == .decision, outcome.modifiedPayload?.root["granted"]?.bool == false { return true }
        if let problem = plan.limits.problem(with: merged.payload) ?? plan.limits.problem(with: result) {
            fail(.badReply, "reply makes the payload too large: \(problem)", plan, draft)
            return false
        }
        hook.counters.modifications.add(1, ordering: .relaxed)
        draft?.record.applied = true
        draft?.record.payloadModified = true
        original = original ?? payload
        payload = merged.payload
        outcome.modifiedPayload = result
        return true
    }

    private mutating func fail(
        _ code: PluginError.Code,
        _ message: String,
        _ plan: HookPlan,
        _ draft: ExecutionDraft?
    ) {
        let hook = plan.hooks[place]
        let error = PluginError(code: code, message: message, pluginName: hook.plugin)
        draft?.record.status = code == .timeout ? .timeout : .error
        draft?.record.note(code.description, message)
        hook.counters.count(code)
        noteFailure(code, message, of: hook, plan)
        switch hook.policy(for: code) {
        case .fail where hasEnded: break
        case .fail:
            draft?.record.applied = true
            end(with: error)
        case .ignore, .disable: hook.tolerate(error, plan.observer)
        }
    }

    mutating func end(with error: PluginError) {
        outcome.continueProcessing = false
        outcome.error = error
        outcome.violation = nil
        outcome.modifiedPayload = nil
        hasEnded = true
    }

    /// Reserved for the record of who blocked the request.
    private static let decisionKey = "_decision_plugin"
}

/// A record of a call that is being looked at.
///
/// An object, because most requests want no records: an optional one costs them a word, a structure 200 bytes.
private final class ExecutionDraft {
    var record: ExecutionRecord

    init(_ record: ExecutionRecord) {
        self.record = record
    }
}

extension HookCounters {
    /// Counts a failure.
    func count(_ code: PluginError.Code) {
        if code == .timeout {
            timeouts.add(1, ordering: .relaxed)
        } else {
            errors.add(1, ordering: .relaxed)
        }
    }
}

extension ExecutionRecord {
    init(_ hook: PlannedHook, status: Status) {
        self.init(
            pluginID: hook.stateKey,
            pluginName: hook.plugin,
            pluginKind: hook.account.kind,
            hook: hook.hook,
            mode: hook.mode.rawValue,
            status: status
        )
        configurationKeys = hook.account.configurationKeys.prefix(Self.maxKeys).map(Self.bounded)
    }

    /// Why the plugin blocked or failed.
    mutating func note(_ code: String, _ reason: String) {
        errorCode = Self.bounded(code)
        self.reason = Self.bounded(reason)
    }
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
