import PluginPayloads
import Synchronization

/// A call that nobody waits for.
///
/// `@unchecked Sendable`: as its superclass.
final class BackgroundRun: HookRun, @unchecked Sendable {
    fileprivate let hook: PlannedHook
    private let payload: PayloadBlock
    fileprivate let isTrial: Bool
    private var start: UInt64 = 0

    init(
        _ hook: PlannedHook,
        _ payload: PayloadBlock,
        isTrial: Bool,
        for request: RequestState,
        executor: HookExecutor
    ) {
        self.hook = hook
        self.isTrial = isTrial
        self.payload = payload
        super.init(for: request, executor: executor)
    }

    override func run(on thread: ExecutorThread) {
        if start == 0 {
            start = Clock.now()
            _ = hook.counters.begin()
        }
        guard let response = response(of: hook, to: payload, on: thread) else { return }
        hook.counters.latency.record(Clock.now() &- start)
        receive(response)
        executor.background.leave()
    }

    /// What the plugin said has no effect but on what it remembers itself.
    private func receive(_ response: HookResponse) {
        switch response {
        case .completed(let effects):
            let own = (effects?.stateWrites ?? []).filter { !$0.scope.isGlobal }
            if !own.isEmpty { request.merge(own, plugin: hook.stateKey) }
            if hook.account.breaker.listens { note(hook.account.breaker.succeed(isTrial: isTrial)) }
        case .failed(let code, let message):
            hook.counters.count(code)
            note(hook.account.breaker.fail(code, message, isTrial: isTrial))
            let error = PluginError(code: code, message: message, pluginName: hook.plugin)
            hook.tolerate(error, executor.observer)
        }
    }

    private func note(_ change: Breaker.Change?) {
        if let change { executor.observer.record(.breaker(plugin: hook.plugin, hook: hook.hook, change)) }
    }
}

extension BackgroundRun {
    /// Takes it that the run is not to be, because of another plugin.
    fileprivate func abandon() {
        if isTrial { hook.account.breaker.abandonTrial() }
    }

    /// Takes it that too many others wait.
    fileprivate func drop() {
        abandon()
        let dropped = hook.account.dropped.wrappingAdd(1, ordering: .relaxed).newValue
        // One line for each power of two: an overload must not fill the log.
        guard dropped.nonzeroBitCount == 1 else { return }
        executor.observer.record(.dropped(plugin: hook.plugin, hook: hook.hook, count: dropped))
    }
}

extension HookPlan {
    /// Starts the plugins that nobody waits for, on the payload as it was at first.
    ///
    /// They see blocked requests, too, but none that an error has stopped.
    ///
    /// - Returns: What becomes of the request: it fails if one that it requires cannot be started.
    func startBackground(
        after outcome: HookOutcome,
        of state: inout ChainState,
        for request: RequestState,
        on executor: HookExecutor
    ) -> HookOutcome {
        guard !background.isEmpty, outcome.error == nil else { return outcome }
        let isStopped = state.hasEnded
        if !isStopped, !requiredBackground.isEmpty, !state.startRequired(of: self, for: request, on: executor) {
            return state.outcome
        }
        let payload = state.firstPayload
        for hook in background where hook.isOn && (isStopped || !hook.isRequired) {
            guard hook.isUnconditional || hook.matches(payload, of: request),
                case .call(let isTrial) = hook.admit(executor.observer)
            else { continue }
            let run = BackgroundRun(hook, payload, isTrial: isTrial, for: request, executor: executor)
            if !executor.background.enter(run) { run.drop() }
        }
        return outcome
    }
}

extension ChainState {
    /// Starts the plugins that must see a request which passes: all of them, or none, and then it does not pass.
    fileprivate mutating func startRequired(
        of plan: HookPlan,
        for request: RequestState,
        on executor: HookExecutor
    ) -> Bool {
        var runs: [BackgroundRun] = []
        for hook in plan.requiredBackground where hook.isUnconditional || hook.matches(firstPayload, of: request) {
            switch hook.admit(executor.observer) {
            case .call(let isTrial):
                runs.append(BackgroundRun(hook, firstPayload, isTrial: isTrial, for: request, executor: executor))
            case .refuse(let reason):
                for run in runs { run.abandon() }
                refuse(hook, reason, plan, request)
                return false
            }
        }
        guard let first = runs.first, !executor.background.enter(runs) else { return true }
        for run in runs { run.drop() }
        refuse(first.hook, "cannot be started: too many calls wait in the background", plan, request, code: .overloaded)
        return false
    }
}
