import DequeModule
import PluginPayloads
import Synchronization

/// Lets one call of a serial plugin in at a time.
///
/// The others wait in the order of their arrival, without a thread.
final class SerialGate: Sendable {
    private struct Waiter {
        let run: HookRun
        let hook: PlannedHook
        let deadline: UInt64
    }

    private struct State {
        var isBusy = false
        var waiting = Deque<Waiter>()
    }

    private let state = Mutex(State())

    /// What a call becomes that its own plugin waits for: it would never get its turn.
    func refusal(of hook: PlannedHook, for request: RequestState) -> HookResponse? {
        guard request.invokers.contains(where: { $0 === hook.account }) else { return nil }
        let message = "plugin \(hook.plugin) takes one call at a time, and has invoked this hook from one"
        return .failed(.unavailable, message: message)
    }

    /// Enters, or queues the run, which is resumed when it may enter or its time is over.
    ///
    /// - Returns: Whether the run has entered. If not, somebody else may own it already.
    func enter(_ run: HookRun, at hook: PlannedHook, deadline: UInt64) -> Bool {
        let hasEntered = state.withLock { state in
            guard state.isBusy else {
                state.isBusy = true
                return true
            }
            state.waiting.append(Waiter(run: run, hook: hook, deadline: deadline))
            return false
        }
        if !hasEntered { run.executor.watch(self) }
        return hasEntered
    }

    /// Lets the next one in.
    func leave() {
        let next = state.withLock { state in
            let next = state.waiting.popFirst()
            state.isBusy = next != nil
            return next
        }
        if let next { next.run.enter(deadline: next.deadline) }
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
        for waiter in expired { waiter.run.resume(with: waiter.hook.timeout) }
        return isWaitedFor
    }
}
