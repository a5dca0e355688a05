import DequeModule
import Synchronization

extension HookExecutor {
    /// Adds threads, as far as the system has any to give; the watchdog tries again.
    func addThreads(_ count: Int) {
        for _ in 0..<count {
            let thread = ExecutorThread(executor: self)
            state.withLock { $0.threads.append(thread) }
            guard thread.start() else {
                state.withLock { state in state.threads.removeAll { $0 === thread } }
                return
            }
        }
    }

    /// What a thread does from its start to its end.
    func runLoop(of thread: ExecutorThread) {
        var turns = Turns()
        while !thread.isLost {
            guard let work = work(for: thread, &turns) else {
                guard rest(thread) else { return }
                // What has ended the wait at the source was told to nobody else.
                turns.untilSource = 0
                continue
            }
            perform(work, on: thread)
            endHandover(of: thread)
        }
        if let left = thread.forceNext() { share(left) }
    }

    /// How often a thread may look elsewhere before it is the turn of the queue, and of the source.
    private struct Turns {
        var untilQueue = 64
        var untilSource = 32
    }

    /// Finds what a thread does next: the queue and the source get their turns even if there is always something else.
    private func work(for thread: ExecutorThread, _ turns: inout Turns) -> Work? {
        if turns.untilSource == 0 {
            turns.untilSource = Turns().untilSource
            if let run = takeFromSource(thread) { return run }
        }
        turns.untilSource -= 1
        if turns.untilQueue > 0, let next = thread.takeNext() {
            turns.untilQueue -= 1
            return next
        }
        turns.untilQueue = Turns().untilQueue
        return takeShared() ?? thread.takeNext() ?? takeFromSource(thread) ?? thread.takeNext()
    }

    private func takeShared() -> Work? {
        state.withLock { state in
            guard let work = state.queue.popFirst() else { return nil }
            state.taken &+= 1
            return work
        }
    }

    /// Takes a run from the source, and has another thread look there if that has more, or this thread may be long.
    private func takeFromSource(_ thread: ExecutorThread) -> Work? {
        guard let source, let run = source.take(for: self) else { return nil }
        let handsOver = handovers.load(ordering: .relaxed) > 0
        if handsOver { thread.handover = Clock.now() }
        if handsOver || source.hasWork { state.withLock { $0.isPolled ? nil : $0.idle.popLast() }?.wake() }
        return .run(run)
    }

    /// Learns whether it was worth it to have another thread look at the source meanwhile.
    private func endHandover(of thread: ExecutorThread) {
        guard let start = thread.handover.take() else { return }
        if Clock.now() &- start > Self.longRun {
            handovers.store(Self.maxHandovers, ordering: .relaxed)
        } else {
            handovers.subtract(1, ordering: .relaxed)
        }
    }

    /// Nanoseconds beside which it costs little to wake a thread.
    private static let longRun: UInt64 = 100_000

    /// What a thread does that has found no work.
    private enum Rest {
        /// It looks again.
        case none
        /// It is not needed any more.
        case end
        case sleep
        /// It waits at the source, which one thread at a time does.
        case poll(any WorkSource)
    }

    /// Waits until there is work.
    ///
    /// - Returns: `false` if the thread is not needed any more.
    private func rest(_ thread: ExecutorThread) -> Bool {
        switch state.withLock({ begin(thread, &$0) }) {
        case .none: return true
        case .end: return false
        case .sleep: thread.sleep()
        case .poll(let source):
            source.wait()
            let wakesWatchdog = state.withLock { state in
                state.isPolled = false
                defer { state.isWatchdogAsleep = false }
                return state.isWatchdogAsleep
            }
            if wakesWatchdog { watchdog.wake() }
        }
        return true
    }

    private func begin(_ thread: ExecutorThread, _ state: inout State) -> Rest {
        guard state.queue.isEmpty else { return .none }
        guard !state.isStopped, state.threads.count <= threadCount else {
            state.threads.removeAll { $0 === thread }
            return .end
        }
        if let source, source.isActive, !state.isPolled {
            state.isPolled = true
            return .poll(source)
        }
        state.idle.append(thread)
        return .sleep
    }

    private func perform(_ work: Work, on thread: ExecutorThread) {
        switch work.take() {
        case .job(let job): unsafe job.runSynchronously(on: asUnownedTaskExecutor())
        case .run(let run): run.run(on: thread)
        case .lane(let call): runLane(of: call, on: thread)
        case .cancel(let call): cancel(call, on: thread)
        case .loss(let call): reportLoss(in: call)
        }
    }

    /// How long plugin code may run for a call that was already answered.
    private static let grace: UInt64 = 50_000_000

    /// Runs one job of a lane; the others come when it is their turn.
    private func runLane(of call: HookCall, on thread: ExecutorThread) {
        guard admits(call.hook.account) else {
            park(call)
            return
        }
        guard let job = call.nextJob() else { return }
        let limit = call.isOpen ? call.deadline : Clock.now() + Self.grace
        let isLate = thread.run(call, until: limit, job.run).isLate
        if isLate { threadReturned(from: call) }
        if call.endJob() { schedule(.lane(call)) }
    }

    private func cancel(_ call: HookCall, on thread: ExecutorThread) {
        let account = call.hook.account
        // Cancelling helps a plugin to give threads back, unless that does not return either.
        guard account.cancellations.load(ordering: .relaxed) < limits.lostThreadsPerPlugin, call.beginCancellation()
        else { return }
        account.cancellations.add(1, ordering: .relaxed)
        let limit = Clock.now() + Self.grace
        let isLate = thread.run(call, until: limit) { call.hook.handler.cancel(call) }.isLate
        account.cancellations.subtract(1, ordering: .relaxed)
        if isLate { threadReturned(from: call) }
    }
}
