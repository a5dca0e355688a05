import DequeModule
import Synchronization

/// Lets one call of a serial plugin in at a time.
///
/// The others wait in the order of their arrival, without a thread.
final class SerialGate: Sendable {
    private struct Waiter {
        let chain: ChainRun
        let hook: PlannedHook
        let deadline: UInt64
    }

    private struct State {
        var isBusy = false
        var waiting = Deque<Waiter>()
    }

    private let state = Mutex(State())

    /// Enters, or queues the chain, which is resumed when it may enter or its time is over.
    ///
    /// - Returns: Whether the chain has entered. If not, somebody else may own it already.
    func enter(_ chain: ChainRun, at hook: PlannedHook, deadline: UInt64) -> Bool {
        let hasEntered = state.withLock { state in
            guard state.isBusy else {
                state.isBusy = true
                return true
            }
            state.waiting.append(Waiter(chain: chain, hook: hook, deadline: deadline))
            return false
        }
        if !hasEntered { chain.executor.watch(self) }
        return hasEntered
    }

    /// Lets the next one in.
    func leave() {
        let next = state.withLock { state in
            let next = state.waiting.popFirst()
            state.isBusy = next != nil
            return next
        }
        if let next { next.chain.enter(deadline: next.deadline) }
    }

    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Answers those whose time is over.
    ///
    /// - Returns: Whether anybody still waits.
    func expire(now: UInt64) -> Bool {
        let (expired, isWaitedFor) = state.withLock { state in
            let expired = state.waiting.filter { $0.deadline <= now }
            if !expired.isEmpty { state.waiting.removeAll { $0.deadline <= now } }
            return (expired, !state.waiting.isEmpty)
        }
        for waiter in expired { waiter.chain.resume(with: waiter.hook.timeout) }
        return isWaitedFor
    }
}
