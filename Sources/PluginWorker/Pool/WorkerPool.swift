package import PluginHooks
package import PluginLoader
import PluginPayloads
import Synchronization
package import WorkerProtocol

/// The workers of one plugin: some that serve calls, and some that are ready to take their place.
package final class WorkerPool: Sendable {
    struct State {
        var active: [Worker] = []
        var standby: [Worker] = []
        var starting: [Worker] = []
        /// Workers that get no more calls, and are about to end.
        var leaving: [Worker] = []
        var waiting = DepthQueue<WorkerCall>()
        var registration: WorkerRegistration?
        var restart: RestartPolicy
        /// When the next worker is started, if one is to be.
        var nextStart: UInt64?
        var isStopping = false
        var status = WorkerPoolStatus()
        var starter: CheckedContinuation<LoadError?, Never>?
        var stoppers: [CheckedContinuation<Void, Never>] = []
        /// Those who wait for the plugin's health, by numbers that are given once.
        var askers: [UInt64: CheckedContinuation<String?, Never>] = [:]
        var lastAsker: UInt64 = 0

        var all: [Worker] { active + standby + starting + leaving }
    }

    let state: Mutex<State>
    /// Calls that wait, to be read without the lock.
    let waitingCount = Atomic<Int>(0)
    /// How often somebody has asked for calls that wait to be let in since nobody does that; 0 while nobody does.
    let drains = Atomic<Int>(0)
    private let spin = SpinBudget()
    let launch: WorkerLaunch
    /// How the memory of each worker is divided.
    private let geometry: RegionGeometry
    package let settings: WorkerSettings
    let executable: WorkerExecutable
    let supervisor: WorkerSupervisor
    /// Where threads that run calls wait for results.
    let completions: CompletionSource
    let executor: HookExecutor
    let services: any HostServices
    let observer: any WorkerObserver

    /// Makes a pool without workers; `start` starts them.
    ///
    /// - Parameters:
    ///   - launch: What each worker runs.
    ///   - settings: How many there are, and how they are treated.
    ///   - executable: Their program.
    ///   - supervisor: Looks after them.
    ///   - completions: The source of the executor.
    ///   - executor: Runs the hooks that the plugin invokes, and goes on with requests.
    ///   - services: Where log lines and counts of the plugin go.
    ///   - observer: Is told what becomes of the workers.
    package init(
        _ launch: WorkerLaunch,
        settings: WorkerSettings,
        executable: WorkerExecutable,
        supervisor: WorkerSupervisor,
        completions: CompletionSource,
        executor: HookExecutor,
        services: any HostServices,
        observer: any WorkerObserver
    ) {
        self.launch = launch
        geometry = RegionGeometry(maxBlockBytes: launch.maxBlockBytes)
        self.settings = settings
        self.executable = executable
        self.supervisor = supervisor
        self.completions = completions
        self.executor = executor
        self.services = services
        self.observer = observer
        state = Mutex(State(restart: RestartPolicy(settings.restart)))
    }

    /// What the plugin has registered; only after `start`.
    package var registration: WorkerRegistration {
        guard let registration = state.withLock({ $0.registration }) else { preconditionFailure("not started") }
        return registration
    }

    package var status: WorkerPoolStatus {
        state.withLock { state in
            var status = state.status
            for (role, workers) in [
                ("active", state.active), ("standby", state.standby), ("starting", state.starting),
                ("leaving", state.leaving),
            ] {
                status.processes += workers.map {
                    WorkerPoolStatus.Process(identifier: $0.identifier, role: role, calls: $0.slots.count)
                }
            }
            status.waiting = state.waiting.count
            for violations in state.all.map(\.violations) { status.add(violations) }
            status.sandbox = state.registration?.sandbox ?? [:]
            return status
        }
    }

    var blockLimits: BlockLimits { BlockLimits(maxBytes: launch.maxBlockBytes) }

    func perform(_ command: @escaping WorkerSupervisor.Command) { supervisor.perform(command) }

    func count(_ counts: [String: Int64]) {
        for (name, amount) in counts { services.count(name, by: amount) }
    }

    // MARK: Calls

    /// Has a worker run a call, or the call wait for one.
    func submit(_ call: WorkerCall) -> HookProgress {
        begin(call, spins: settings.spins) ?? wait(call)
    }

    /// Has a worker run a call.
    ///
    /// - Returns: `nil` if there is no worker, or no room for the call.
    func begin(_ call: WorkerCall, spins: Bool) -> HookProgress? {
        let frame: CallFrame
        do throws(BlockError) { frame = try call.frame() } catch {
            return .finished(
                .failed(.failed, message: "what the request remembers does not fit into a block: \(error)")
            )
        }
        let room = geometry.largeBytes
        guard frame.size <= room else {
            let message = "payload and state have \(frame.size) bytes, more than the \(room) of a worker's memory"
            return .finished(.failed(.failed, message: message))
        }
        guard let worker = route() else { return nil }
        let nanoseconds = spins ? spin.begin(worker.memory) : 0
        switch worker.begin(call, frame, spinNanoseconds: nanoseconds) {
        case .full:
            if nanoseconds > 0 { spin.forgo() }
            return nil
        case .progress(let progress):
            if spins { spin.end(progress, after: nanoseconds) }
            return progress
        }
    }

    /// The worker that has the fewest calls.
    private func route() -> Worker? {
        state.withLock { state in
            state.active.count == 1 ? state.active[0] : state.active.min { $0.slots.count < $1.slots.count }
        }
    }

    /// Runs a hook that the plugin invokes from a call.
    func invoke(
        _ hook: HookName,
        _ payload: PayloadBlock,
        for call: WorkerCall,
        completion: @escaping @Sendable (HookOutcome) -> Void
    ) -> Bool {
        guard payload.root.isObject, hook.payloadShape?.problem(in: payload.root) == nil else { return false }
        return call.invoke(hook, payload, on: executor, completion: completion)
    }
}
