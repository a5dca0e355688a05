import PluginPayloads
import Synchronization

/// A call that nobody waits for.
///
/// `@unchecked Sendable`: as its superclass.
final class BackgroundRun: HookRun, @unchecked Sendable {
    private let hook: PlannedHook
    private let payload: PayloadBlock
    private let isTrial: Bool
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

extension HookPlan {
    /// Starts the plugins that nobody waits for, on the payload as it was at first.
    ///
    /// They see blocked requests, too, but none that an error has stopped.
    func startBackground(
        after outcome: HookOutcome,
        of state: borrowing ChainState,
        for request: RequestState,
        on executor: HookExecutor
    ) {
        guard !background.isEmpty, outcome.error == nil else { return }
        let payload = state.firstPayload
        for hook in background where hook.isOn && (hook.isUnconditional || hook.matches(payload, of: request)) {
            guard let isTrial = hook.admitBackground(executor.observer) else { continue }
            let run = BackgroundRun(hook, payload, isTrial: isTrial, for: request, executor: executor)
            if !executor.background.enter(run) {
                if isTrial { hook.account.breaker.abandonTrial() }
                let dropped = hook.account.dropped.wrappingAdd(1, ordering: .relaxed).newValue
                // One line for each power of two: an overload must not fill the log.
                if dropped.nonzeroBitCount == 1 {
                    executor.observer.record(.dropped(plugin: hook.plugin, hook: hook.hook, count: dropped))
                }
            }
        }
    }
}

extension PlannedHook {
    /// Whether a call in the background is a trial for the plugin's breaker; `nil` if it must not be made.
    fileprivate func admitBackground(_ observer: any HookObserver) -> Bool? {
        guard account.breaker.asksBefore else { return false }
        let (admission, change) = account.breaker.admit()
        if let change { observer.record(.breaker(plugin: plugin, hook: hook, change)) }
        guard case .call(let isTrial) = admission else { return nil }
        return isTrial
    }
}
