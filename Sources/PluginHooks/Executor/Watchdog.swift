import Glibc
import Synchronization

/// Looks every 5 ms whether a thread, a suspended call or a waiting one is past its deadline. It sleeps while all
/// threads do and nothing is suspended.
final class Watchdog: Sendable {
    private static let period = timespec(tv_sec: 0, tv_nsec: 5_000_000)

    private let semaphore = Semaphore()

    func wake() {
        semaphore.post()
    }

    /// Starts the watchdog's thread, which ends with the executor's `stop`.
    func start(_ executor: HookExecutor) {
        Thread.detach(name: "hookgate-watch") { [self] in
            var taken = 0
            while !executor.state.withLock({ $0.isStopped && $0.threads.isEmpty }) {
                if executor.mayRest() { semaphore.wait() } else { Self.sleep() }
                look(at: executor, &taken)
            }
        }
    }

    private static func sleep() {
        var period = period
        unsafe nanosleep(&period, nil)
    }

    private func look(at executor: HookExecutor, _ taken: inout Int) {
        let now = Clock.now()
        let threads = executor.state.withLock { $0.threads }
        for thread in threads {
            if let occupation = thread.abandon(now: now) { executor.replace(thread, stuckIn: occupation) }
            if let stale = thread.stealStaleNext() { executor.share(stale) }
        }
        for call in executor.timers.expired(now: now) where call.expire() {
            executor.share(.cancel(call))
        }
        executor.expireGates(now: now)
        if executor.isStalled(since: &taken) { executor.addThread() }
    }
}

extension HookExecutor {
    /// Whether the watchdog has nothing to look at; then the next one to wake a thread wakes it too.
    fileprivate func mayRest() -> Bool {
        let isQuiet = timers.isEmpty
        return state.withLock { state in
            let rests =
                isQuiet && state.gates.isEmpty && state.queue.isEmpty
                && state.idle.count == state.threads.count && !state.isStopped
            state.watchdogSleeps = rests
            return rests
        }
    }

    fileprivate func expireGates(now: UInt64) {
        let gates = state.withLock { $0.gates }
        let done = gates.filter { !$0.expire(now: now) }
        guard !done.isEmpty else { return }
        state.withLock { state in
            state.gates.removeAll { gate in done.contains { $0 === gate } && !gate.hasWaiters }
        }
    }

    /// Whether work waits, no thread has taken any since the last look, and too many of them are inside plugins.
    fileprivate func isStalled(since taken: inout Int) -> Bool {
        state.withLock { state in
            defer { taken = state.taken }
            guard !state.queue.isEmpty, state.taken == taken else { return false }
            return state.threads.count(where: { !$0.isInPlugin }) < threadCount
        }
    }
}
