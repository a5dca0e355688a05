import Glibc
import Synchronization

/// Looks every 5 ms whether a thread, a suspended call or a waiting one is past its deadline.
///
/// It sleeps while all threads do and nothing is suspended. It runs no code of plugins or observers.
final class Watchdog: Sendable {
    private static let period = timespec(tv_sec: 0, tv_nsec: 5_000_000)

    private let semaphore = Semaphore()

    func wake() {
        semaphore.post()
    }

    /// Starts the watchdog's thread, which ends when the executor is stopped and nothing waits any more.
    func start(_ executor: HookExecutor) {
        let hasStarted = Thread.detach(name: "hookgate-watch") { [self] in
            var waiting = 0
            while !executor.isOver {
                if executor.mayRest() { semaphore.wait() } else { Self.sleep() }
                look(at: executor, &waiting)
            }
        }
        guard hasStarted else { fatalError("cannot start the watchdog of hooks: the system has no thread to give") }
    }

    private static func sleep() {
        var period = period
        unsafe nanosleep(&period, nil)
    }

    private func look(at executor: HookExecutor, _ waiting: inout Int) {
        let now = Clock.now()
        for thread in executor.state.withLock({ $0.threads }) {
            if let (call, chain) = thread.abandon(now: now) { executor.giveUp(thread, stuckIn: call, chain) }
            if let stale = thread.stealStaleNext() { executor.share(stale) }
        }
        for call in executor.timers.expired(now: now) where call.expire() {
            executor.share(.cancel(call))
        }
        executor.expireGates(now: now)
        executor.attendSource()
        executor.addMissingThreads(&waiting)
    }
}

extension HookExecutor {
    fileprivate var isOver: Bool {
        state.withLock { state in
            state.isStopped && state.threads.isEmpty && state.gates.isEmpty && timers.isEmpty
        }
    }

    /// Whether the watchdog has nothing to look at; then the next one to share work wakes it.
    fileprivate func mayRest() -> Bool {
        state.withLock { state in
            // Only threads suspend calls: while all of them are idle, nothing is added behind this look.
            state.isWatchdogAsleep =
                !state.isStopped && state.queue.isEmpty && state.gates.isEmpty
                && state.threads.count >= threadCount && timers.isEmpty
                && state.idle.count + (state.isPolled ? 1 : 0) == state.threads.count
            return state.isWatchdogAsleep
        }
    }

    fileprivate func expireGates(now: UInt64) {
        let gates = state.withLock { $0.gates }
        let done = gates.filter { !$0.expire(now: now) }
        guard !done.isEmpty else { return }
        state.withLock { state in
            state.gates.removeAll { gate in done.contains { $0 === gate } && gate.waitingCount == 0 }
        }
    }

    /// Adds threads in the place of lost ones, and for work that all others keep waiting.
    ///
    /// - Parameter waiting: The last work in the queue at the last look, counted from the first ever.
    fileprivate func addMissingThreads(_ waiting: inout Int) {
        let missing = state.withLock { state in
            defer { waiting = state.taken &+ state.queue.count }
            let minimum = state.isStopped ? 0 : threadCount - state.threads.count
            // As many as work has waited for since the last look, but at most twice the threads that are stuck.
            let stuck = state.threads.count(where: \.isInPlugin)
            guard state.threads.count - stuck < threadCount else { return minimum }
            let wanted = min(max(waiting &- state.taken, neglectedRuns(state)), max(stuck, 1))
            return max(minimum, min(wanted, limits.threads - state.threads.count))
        }
        if missing > 0 { addThreads(missing) }
    }

    /// How much waits at the source that no thread looks at, because all are inside plugins.
    private func neglectedRuns(_ state: borrowing State) -> Int {
        guard let source, !state.isPolled, state.idle.isEmpty, source.hasWork else { return 0 }
        return max(source.waitingRuns, 1)
    }

    /// Has an idle thread look at the source if no other does, because they are inside plugins; and has threads that go
    /// there from now on leave another one to look.
    fileprivate func attendSource() {
        guard let source, source.hasWork else { return }
        let sleeper = state.withLock { state in state.isPolled ? nil : state.idle.popLast() }
        guard let sleeper else { return }
        handovers.store(HookExecutor.maxHandovers, ordering: .relaxed)
        sleeper.wake()
    }
}
