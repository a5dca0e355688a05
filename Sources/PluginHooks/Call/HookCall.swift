package import PluginPayloads
import Synchronization

/// One call of one plugin's hook. It lives until the hook has returned or completed, however late that is.
///
/// `@unchecked Sendable`: `resumption` is set by the thread that runs the hook before it moves `phase` to
/// `suspended`, and read by the one that moves it away from there; the rest is immutable, atomic or locked.
open class HookCall: @unchecked Sendable {
    /// Where the call is. Exactly one side wins each move.
    package enum Phase: UInt8, AtomicRepresentable, Sendable {
        /// The hook's function has not returned.
        case running
        /// It returned `pending`.
        case suspended
        /// The hook has ended in time.
        case ended
        /// The deadline came first: what the hook does now is dropped.
        case answered
    }

    package let hook: PlannedHook
    package let payload: PayloadBlock
    package let request: RequestState
    /// CLOCK_MONOTONIC in nanoseconds, to the resolution of the coarse clock.
    package let deadline: UInt64

    private let phase = Atomic<Phase>(.running)
    /// What the hook completed with before its function returned.
    private let early = Mutex<HookResponse?>(nil)
    let lane = Mutex(LaneQueue())
    private var resumption: (chain: ChainRun, timer: Int)?

    package init(_ hook: PlannedHook, payload: PayloadBlock, request: RequestState, deadline: UInt64) {
        self.hook = hook
        self.payload = payload
        self.request = request
        self.deadline = deadline
    }

    deinit {
        // The hook has returned or completed, and its lane is done: now the next call of a serial plugin may come.
        hook.account.gate?.leave()
    }

    /// Whether somebody still waits for the hook.
    package final var isOpen: Bool {
        switch phase.load(ordering: .acquiring) {
        case .running, .suspended: true
        case .ended, .answered: false
        }
    }

    /// Ends a call whose function returned in time.
    final func endRunning() {
        phase.store(.ended, ordering: .releasing)
    }

    /// Marks a call whose function did not return in time.
    final func abandonRunning() {
        phase.store(.answered, ordering: .releasing)
    }

    /// Turns a running call into a suspended one.
    ///
    /// - Returns: `nil`, or the response if the hook has completed meanwhile.
    final func suspend(resuming chain: ChainRun, executor: HookExecutor) -> HookResponse? {
        let timer = executor.timers.add(self, deadline: deadline)
        resumption = (chain, timer)
        let moved = phase.compareExchange(expected: .running, desired: .suspended, ordering: .acquiringAndReleasing)
        if moved.exchanged { return nil }
        resumption = nil
        executor.timers.remove(timer)
        return early.withLock { $0 }
    }

    /// Ends a hook that returned `pending`, or is about to.
    ///
    /// - Returns: `false` if the call had been answered without it.
    package final func complete(_ response: HookResponse) -> Bool {
        early.withLock { $0 = response }
        if phase.compareExchange(expected: .running, desired: .ended, ordering: .acquiringAndReleasing).exchanged {
            return true
        }
        return resume(with: response, as: .ended)
    }

    /// Answers a suspended call whose deadline has come.
    ///
    /// - Returns: `false` if it has completed meanwhile.
    final func expire() -> Bool {
        resume(with: .failed(.timeout, message: hook.timeoutMessage), as: .answered)
    }

    private func resume(with response: HookResponse, as end: Phase) -> Bool {
        guard phase.compareExchange(expected: .suspended, desired: end, ordering: .acquiringAndReleasing).exchanged
        else { return false }
        guard let (chain, timer) = resumption else { return false }
        resumption = nil
        chain.executor.timers.remove(timer)
        chain.resume(with: response)
        return true
    }
}
