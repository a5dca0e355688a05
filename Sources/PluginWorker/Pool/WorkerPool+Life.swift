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
    func spawnMissing(on supervisor: SupervisorThread) {
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

    /// Tells whoever starts the pool how that went; one that has failed starts no more workers.
    func finishStart(_ failure: LoadError?) {
        let starter = state.withLock { state in
            let starter = state.starter.take()
            if starter != nil, failure != nil { state.isStopping = true }
            return starter
        }
        starter?.resume(returning: failure)
    }

    func resumeStoppersIfDone() {
        let stoppers = state.withLock { state in
            guard state.isStopping, state.all.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            defer { state.stoppers = [] }
            return state.stoppers
        }
        for stopper in stoppers { stopper.resume() }
    }
}

extension WorkerRegistration {
    /// Whether two workers of one plugin can take the place of one another.
    fileprivate func agrees(with other: WorkerRegistration) -> Bool {
        name == other.name && version == other.version && isSerial == other.isSerial && hooks == other.hooks
    }
}
