import PluginHooks
import PluginLoader
import PluginPayloads
import Synchronization
import WorkerProtocol

// Workers that have ended, or soon will, and what becomes of their calls.
extension WorkerPool {
    /// Lets no more calls come to a worker.
    func retire(_ worker: Worker) {
        state.withLock { state in
            guard (state.active + state.standby).contains(where: { $0 === worker }) else { return }
            state.active.removeAll { $0 === worker }
            state.standby.removeAll { $0 === worker }
            state.leaving.append(worker)
            promote(&state)
        }
        drain()
    }

    /// Puts workers that are ready into the places of those that are gone.
    func promote(_ state: inout State) {
        while state.active.count < settings.workers, !state.standby.isEmpty {
            state.active.append(state.standby.removeFirst())
        }
    }

    /// Has another worker take the place of one that has ended.
    func ended(_ worker: Worker, _ end: WorkerEnd, on supervisor: SupervisorThread) {
        let isStopping = state.withLock { state in
            state.active.removeAll { $0 === worker }
            state.standby.removeAll { $0 === worker }
            state.starting.removeAll { $0 === worker }
            state.leaving.removeAll { $0 === worker }
            promote(&state)
            state.status.add(worker.violations)
            guard end.isFault else { return state.isStopping }
            state.status.deaths += 1
            if case .overdue = end.verdict { state.status.kills += 1 }
            if case .deaf = end.verdict { state.status.kills += 1 }
            state.status.lastDeath = end.description
            return state.isStopping
        }
        guard !isStopping else { return resumeStoppersIfDone() }
        let pause = schedule(afterLifeOf: Clock.now() - worker.started, on: supervisor)
        observer.record(
            .died(process: worker.identifier, end, calls: worker.runningCalls, restartNanoseconds: pause)
        )
        finishStart(LoadError("its worker did not get ready: \(end.description)"))
        attendWaiting()
    }

    /// Has missing workers started after a pause.
    ///
    /// - Returns: The pause, in nanoseconds.
    func schedule(afterLifeOf lifetime: UInt64, on supervisor: SupervisorThread) -> UInt64 {
        let (pause, due) = state.withLock { state in
            let pause = state.restart.pause(afterLifeOf: lifetime, jitter: .random(in: 0...1))
            let now = Clock.now()
            let due = now + pause
            // A start whose time has come is the one that has just failed.
            let next = state.nextStart.flatMap { $0 > now ? $0 : nil }
            state.nextStart = min(next ?? due, due)
            return (pause, due)
        }
        supervisor.at(due) { [weak self] supervisor in
            self?.spawnMissing(on: supervisor)
            self?.attendWaiting()
        }
        return pause
    }

    /// Moves a call of a slot, which is the caller's, from a dead worker to another one, or answers it.
    func lost(_ slot: Int, of worker: Worker) {
        let (_, sequence) = worker.slots.entry(slot)
        let hasBegun = worker.memory.begun(slot).value == sequence
        guard let call = worker.free(slot) else { return }
        let deaths = call.noteDeath(hasBegun: hasBegun)
        // Nobody has died of a call that was not begun, if that is true.
        let mayBegin = hasBegun ? deaths < Self.maxDeaths && call.isIdempotent : deaths < Self.maxLosses
        if call.isOpen, mayBegin {
            if case .finished(let response) = begin(call, spins: false) ?? wait(call) { call.complete(response) }
            return
        }
        let reason = state.withLock { $0.status.lastDeath } ?? "it died"
        let message = "the plugin's worker ended while it had the call: \(reason)"
        if call.isOpen, worker.isFirstLoss() { call.hook.noteCrash(message, on: executor) }
        call.complete(.failed(.crashed, message: message))
    }

    /// A call that so many workers died of is not tried again.
    private static let maxDeaths = 2
    /// Nor is one that so many workers had not begun, as they said: a plugin can make them say so.
    private static let maxLosses = 8
}

extension Worker {
    /// Hooks and requests of the calls that the worker had begun, for the log.
    fileprivate var runningCalls: [String] {
        slots.begunCalls.map { "\($0.hook.hook) of request \($0.request.context.identity.requestID)" }
    }
}
