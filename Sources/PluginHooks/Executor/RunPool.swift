import DequeModule
import Synchronization

/// Bounds how many runs of one kind there are at the same time; others wait for one to leave, without a thread.
final class RunPool: Sendable {
    private struct State {
        var running = 0
        var waiting = Deque<HookRun>()
        /// Those who wait until nothing runs.
        var drains: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let limit: Int
    private let queueLimit: Int

    /// - Parameters:
    ///   - limit: How many may run at the same time.
    ///   - queueLimit: How many may wait.
    init(limit: Int, queueLimit: Int = .max) {
        self.limit = limit
        self.queueLimit = queueLimit
    }

    /// Starts a run, or lets it wait.
    ///
    /// - Returns: `false` if too many wait already.
    @discardableResult
    func enter(_ run: HookRun) -> Bool { enter(CollectionOfOne(run)) }

    /// Starts runs, or lets them wait: all of them, or none.
    ///
    /// - Returns: `false` if too many wait already.
    func enter(_ runs: some Collection<HookRun>) -> Bool {
        let started = state.withLock { state -> Int? in
            let started = min(runs.count, max(limit - state.running, 0))
            guard state.waiting.count + runs.count - started <= queueLimit else { return nil }
            state.running += started
            state.waiting.append(contentsOf: runs.dropFirst(started))
            return started
        }
        guard let started else { return false }
        for run in runs.prefix(started) { run.executor.share(.run(run)) }
        return true
    }

    /// Lets the next one run in the place of one that has ended.
    func leave() {
        let (next, drains) = state.withLock { state -> (HookRun?, [CheckedContinuation<Void, Never>]) in
            if let next = state.waiting.popFirst() { return (next, []) }
            state.running -= 1
            guard state.running == 0 else { return (nil, []) }
            defer { state.drains = [] }
            return (nil, state.drains)
        }
        if let next { next.executor.share(.run(next)) }
        for drain in drains { drain.resume() }
    }

    /// Waits until nothing runs.
    func drain() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.running > 0 { state.drains.append(continuation) }
                return state.running == 0
            }
            if isIdle { continuation.resume() }
        }
    }
}
