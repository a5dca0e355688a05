import PluginPayloads
import Synchronization

/// Lets one call of a serial plugin in at a time; the others wait in the order of their arrival, without a thread.
final class SerialGate: Sendable {
    private struct Waiter {
        let chain: ChainRun
        let hook: PlannedHook
        let deadline: UInt64
    }

    private struct State {
        var isBusy = false
        var waiting: [Waiter] = []
    }

    private let state = Mutex(State())

    /// Enters, or queues the chain, which is resumed when it may enter or its time is over.
    func enter(_ chain: ChainRun, deadline: UInt64, hook: PlannedHook) -> Bool {
        let entered = state.withLock { state in
            guard state.isBusy else {
                state.isBusy = true
                return true
            }
            state.waiting.append(Waiter(chain: chain, hook: hook, deadline: deadline))
            return false
        }
        if !entered { chain.executor.watch(self) }
        return entered
    }

    /// Lets the next one in.
    func leave() {
        let next = state.withLock { state -> ChainRun? in
            guard !state.waiting.isEmpty else {
                state.isBusy = false
                return nil
            }
            return state.waiting.removeFirst().chain
        }
        next?.enterGate()
    }

    var waitingCalls: Int { state.withLock { $0.waiting.count } }

    var hasWaiters: Bool { state.withLock { !$0.waiting.isEmpty } }

    /// Answers those whose time is over.
    ///
    /// - Returns: Whether anybody still waits.
    func expire(now: UInt64) -> Bool {
        let (expired, remains) = state.withLock { state in
            let expired = state.waiting.filter { $0.deadline <= now }
            state.waiting.removeAll { $0.deadline <= now }
            return (expired, !state.waiting.isEmpty)
        }
        for waiter in expired {
            waiter.chain.resume(with: .failed(.timeout, message: waiter.hook.timeoutMessage))
        }
        return remains
    }
}
