import PluginHooks
package import PluginLoader
import PluginPayloads
import PluginSandbox
import Synchronization
import WorkerProtocol

extension WorkerPool {
    /// Starts the workers, and waits until all that serve calls are ready.
    ///
    /// - Throws: Why one is not.
    package func start() async throws(LoadError) {
        let failure = await withCheckedContinuation { continuation in
            state.withLock { $0.starter = continuation }
            perform { [self] supervisor in spawnMissing(on: supervisor) }
        }
        guard let failure else { return }
        await stop(within: settings.stopTimeout)
        throw failure
    }

    /// Stops the plugin in all workers, and waits until they have ended.
    package func stop(within nanoseconds: UInt64) async {
        await withCheckedContinuation { continuation in
            perform { [self] supervisor in
                let workers = state.withLock { state in
                    state.isStopping = true
                    state.stoppers.append(continuation)
                    return state.all
                }
                for worker in workers { worker.stop(on: supervisor, within: nanoseconds) }
                resumeStoppersIfDone()
            }
        }
    }

    /// Asks the plugin whether it can work.
    ///
    /// - Returns: Why not; `nil` if it can.
    package func health(within nanoseconds: UInt64) async -> String? {
        await withCheckedContinuation { continuation in
            perform { [self] supervisor in
                let worker = state.withLock { $0.active.first }
                guard let worker else {
                    let death = state.withLock { $0.status.lastDeath }
                    return continuation.resume(returning: "it has no worker" + (death.map { ": \($0)" } ?? ""))
                }
                guard worker.ask(.health(within: nanoseconds)) else {
                    return continuation.resume(returning: "its worker takes no messages")
                }
                let number = state.withLock { state in
                    state.lastAsker += 1
                    state.askers[state.lastAsker] = continuation
                    return state.lastAsker
                }
                supervisor.at(Clock.now() + nanoseconds + 500_000_000) { [self] _ in
                    let asker = state.withLock { $0.askers.removeValue(forKey: number) }
                    asker?.resume(returning: "its worker has not answered")
                }
            }
        }
    }

    /// Takes the plugin's answer; those who ask late get the same.
    func health(_ problem: String?) {
        let askers = state.withLock { state in
            defer { state.askers = [:] }
            return state.askers.values
        }
        for asker in askers { asker.resume(returning: problem) }
    }

    // MARK: The supervisor's part

    /// Starts workers until there are as many as there should be.
    private func spawnMissing(on supervisor: SupervisorThread) {
        while state.withLock({ !$0.isStopping && $0.all.count < settings.workers + settings.standby }) {
            do throws(WorkerError) {
                let worker = try Worker(executable, launch, of: self)
                try worker.watch(on: supervisor)
                state.withLock { state in
                    state.nextStart = nil
                    state.starting.append(worker)
                    if state.registration != nil { state.status.restarts += 1 }
                }
            } catch {
                let pause = schedule(afterLifeOf: 0, on: supervisor)
                observer.record(.notStarted(error.description, restartNanoseconds: pause))
                finishStart(LoadError(error.description))
                return
            }
        }
    }

    /// Lets calls come to a worker that is ready, or has it stand by.
    func ready(_ worker: Worker, _ registration: WorkerRegistration) {
        let (isStandby, isComplete) = state.withLock { state -> (Bool?, Bool) in
            guard (state.registration ?? registration).agrees(with: registration) else { return (nil, false) }
            state.registration = registration
            state.starting.removeAll { $0 === worker }
            state.standby.append(worker)
            promote(&state)
            return (state.standby.contains { $0 === worker }, state.active.count == settings.workers)
        }
        guard let isStandby else {
            return worker.kill(.refused("the plugin has registered other hooks than before"))
        }
        let warning = SandboxReport(.object(registration.sandbox))?.warning
        observer.record(.ready(process: worker.identifier, isStandby: isStandby, warning: warning))
        if isComplete { finishStart(nil) }
        attendWaiting()
    }

    /// Takes note of a plugin that cannot be used, whose worker ends.
    func refused(_ reason: String, _ problems: [ConfigurationProblem]) {
        finishStart(LoadError(reason, problems: problems))
    }

    private func finishStart(_ failure: LoadError?) {
        let starter = state.withLock { $0.starter.take() }
        starter?.resume(returning: failure)
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

    private func resumeStoppersIfDone() {
        let stoppers = state.withLock { state in
            guard state.isStopping, state.all.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            defer { state.stoppers = [] }
            return state.stoppers
        }
        for stopper in stoppers { stopper.resume() }
    }

    /// Has missing workers started after a pause.
    ///
    /// - Returns: The pause, in nanoseconds.
    private func schedule(afterLifeOf lifetime: UInt64, on supervisor: SupervisorThread) -> UInt64 {
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
}

extension WorkerRegistration {
    /// Whether two workers of one plugin can take the place of one another.
    fileprivate func agrees(with other: WorkerRegistration) -> Bool {
        name == other.name && version == other.version && isSerial == other.isSerial && hooks == other.hooks
    }
}

extension Worker {
    /// Hooks and requests of the calls that the worker had begun, for the log.
    fileprivate var runningCalls: [String] {
        slots.begunCalls.map { "\($0.hook.hook) of request \($0.request.context.identity.requestID)" }
    }
}
