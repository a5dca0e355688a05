import PluginHooks
import PluginPayloads
import Synchronization
import WorkerProtocol

// Calls for which no worker has room.
extension WorkerPool {
    /// Has a call wait for a worker.
    func wait(_ call: WorkerCall) -> HookProgress {
        let failure = state.withLock { state -> HookResponse? in
            if let refusal = refusal(state) { return refusal }
            guard state.waiting.count < settings.queue else {
                let message = "\(settings.queue) calls of the plugin wait for its worker"
                return .failed(.overloaded, message: message)
            }
            state.waiting.append(call, depth: call.depth)
            waitingCount.add(1, ordering: .sequentiallyConsistent)
            return nil
        }
        if let failure { return .finished(failure) }
        drain()
        return .pending
    }

    /// How soon a worker has to be there for calls to wait for it.
    private static let patience: UInt64 = 1_000_000_000

    /// What calls become for which there will be no worker soon.
    private func refusal(_ state: borrowing State) -> HookResponse? {
        guard state.active.isEmpty, state.starting.isEmpty, state.leaving.isEmpty else { return nil }
        let now = Clock.now()
        if let next = state.nextStart, next < now + Self.patience { return nil }
        var message = "the plugin has no worker"
        if let death = state.status.lastDeath { message += " (the last one: \(death))" }
        if let next = state.nextStart { message += "; one is started in \((next - now) / 1_000_000_000) s" }
        return .failed(.unavailable, message: message)
    }

    /// Lets a call in that waits, because a slot is free.
    func hasRoom() {
        if waitingCount.load(ordering: .sequentiallyConsistent) > 0 { drain() }
    }

    /// Lets calls in that wait, as long as there is room.
    ///
    /// One thread at a time does so. Who asks for it meanwhile leaves it to that thread, also if that is the same one: a
    /// call that ends at once makes room for the next. The thread has a request of its own to go on with, so it leaves
    /// what comes after some calls to the supervisor.
    func drain() {
        guard drains.add(1, ordering: .sequentiallyConsistent).oldValue == 0 else { return }
        var seen: Int
        var turns = Self.turnsAtATime
        repeat {
            seen = drains.load(ordering: .sequentiallyConsistent)
            while let call = next() {
                guard turns > 0 else {
                    state.withLock { $0.waiting.putBack(call, depth: call.depth) }
                    drains.store(0, ordering: .sequentiallyConsistent)
                    perform { [weak self] _ in self?.drain() }
                    return
                }
                turns -= 1
                guard let progress = begin(call, spins: false) else {
                    state.withLock { $0.waiting.putBack(call, depth: call.depth) }
                    break
                }
                waitingCount.subtract(1, ordering: .relaxed)
                if case .finished(let response) = progress { call.complete(response) }
            }
        } while !drains.compareExchange(expected: seen, desired: 0, ordering: .sequentiallyConsistent).exchanged
    }

    private static let turnsAtATime = 64

    /// Takes the first call that waits, if there may be room for it; it still counts as one that waits.
    private func next() -> WorkerCall? {
        state.withLock { state in
            guard let depth = state.waiting.first?.depth,
                state.active.contains(where: { $0.slots.hasFree(depth: depth) })
            else { return nil }
            return state.waiting.popFirst()
        }
    }

    /// Takes a call out that nobody needs any more.
    func leave(_ call: WorkerCall) {
        let hasLeft = state.withLock { $0.waiting.removeFirst { $0 === call } }
        if hasLeft { waitingCount.subtract(1, ordering: .relaxed) }
    }

    /// Goes on with calls that wait, or answers them if no worker comes soon.
    func attendWaiting() {
        let refused = state.withLock { state -> ([WorkerCall], HookResponse)? in
            guard let refusal = refusal(state), state.waiting.count > 0 else { return nil }
            waitingCount.subtract(state.waiting.count, ordering: .relaxed)
            return (state.waiting.removeAll(), refusal)
        }
        if let (calls, response) = refused {
            for call in calls { call.complete(response) }
        } else {
            drain()
        }
    }
}
