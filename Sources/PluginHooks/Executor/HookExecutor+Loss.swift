import Synchronization

extension HookExecutor {
    /// Gives up a thread that is stuck in a call, and answers for the call if a chain waits for its function.
    func giveUp(_ thread: ExecutorThread, stuckIn call: HookCall, _ chain: HookRun?) {
        call.hook.account.lostThreads.add(1, ordering: .relaxed)
        lostThreads.add(1, ordering: .relaxed)
        state.withLock { state in state.threads.removeAll { $0 === thread } }
        if let next = thread.forceNext() { share(next) }
        if let chain {
            if let response = call.abandon() {
                chain.resume(with: response)
            } else {
                chain.resume(with: call.hook.timeout)
                share(.cancel(call))
            }
        }
        // Observers may log, which takes time that the watchdog does not have.
        share(.loss(call))
    }

    func reportLoss(in call: HookCall) {
        let hook = call.hook
        let lost = hook.account.lostThreads.load(ordering: .relaxed)
        observer.record(.threadLost(plugin: hook.plugin, hook: hook.hook, lost: lost))
        reportLimits(of: hook)
    }

    /// Says once that so many threads are lost that calls are refused, and once that they are not any more.
    private func reportLimits(of hook: PlannedHook) {
        let account = hook.account
        if let (lost, isReached) = account.isAtThreadLimit.change(account.lostThreads, limits.lostThreadsPerPlugin) {
            observer.record(.threadLimit(plugin: hook.plugin, lost: lost, isReached: isReached))
        }
        if let (lost, isReached) = isAtThreadLimit.change(lostThreads, limits.lostThreads) {
            observer.record(.totalThreadLimit(lost: lost, isReached: isReached))
        }
    }

    /// Cleans up after a hook that has returned although its thread had been given up.
    func returned(from call: HookCall, late result: HookProgress) {
        if call.returnLate(result) { schedule(.lane(call)) }
        threadReturned(from: call)
    }

    /// Takes a thread off the count of lost ones, whose plugin has returned after all.
    func threadReturned(from call: HookCall) {
        let hook = call.hook
        hook.account.lostThreads.subtract(1, ordering: .relaxed)
        lostThreads.subtract(1, ordering: .relaxed)
        unpark()
        observer.record(.endedLate(plugin: hook.plugin, hook: hook.hook))
        reportLimits(of: hook)
    }

    // MARK: Lanes of plugins that have lost too many threads

    /// Has a lane wait until a thread returns.
    func park(_ call: HookCall) {
        state.withLock { $0.parked.append(call) }
        // The last one may have returned before the call was there.
        if admits(call.hook.account) { unpark() }
    }

    private func unpark() {
        let parked = state.withLock { state in
            defer { state.parked = [] }
            return state.parked
        }
        for call in parked { share(.lane(call)) }
    }
}

extension Mutex<Bool> {
    /// Notes whether a count has reached its limit.
    ///
    /// - Returns: The count and whether it has, if that is news.
    fileprivate borrowing func change(_ count: borrowing Atomic<Int>, _ limit: Int) -> (Int, isReached: Bool)? {
        withLock { wasReached in
            // Read within the lock: of two who come at the same time, the later one sees the later count.
            let count = count.load(ordering: .relaxed)
            defer { wasReached = count >= limit }
            return wasReached == (count >= limit) ? nil : (count, count >= limit)
        }
    }
}
