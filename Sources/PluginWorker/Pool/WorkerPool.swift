import DequeModule
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
        /// Calls that wait; those from deeper down, which others wait for, first.
        var waiting = Deque<WorkerCall>()
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
    private let waitingCount = Atomic<Int>(0)
    /// How often somebody has asked for calls that wait to be let in since nobody does that; 0 while nobody does.
    private let drains = Atomic<Int>(0)
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
    private func begin(_ call: WorkerCall, spins: Bool) -> HookProgress? {
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

    private func wait(_ call: WorkerCall) -> HookProgress {
        let failure = state.withLock { state -> HookResponse? in
            if let refusal = refusal(state) { return refusal }
            guard state.waiting.count < settings.queue else {
                let message = "\(settings.queue) calls of the plugin wait for its worker"
                return .failed(.overloaded, message: message)
            }
            state.waiting.insert(call, at: state.waiting.firstIndex { $0.depth < call.depth } ?? state.waiting.endIndex)
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
    private func drain() {
        guard drains.add(1, ordering: .sequentiallyConsistent).oldValue == 0 else { return }
        var seen: Int
        var turns = Self.turnsAtATime
        repeat {
            seen = drains.load(ordering: .sequentiallyConsistent)
            while let call = next() {
                guard turns > 0 else {
                    state.withLock { $0.waiting.prepend(call) }
                    drains.store(0, ordering: .sequentiallyConsistent)
                    perform { [weak self] _ in self?.drain() }
                    return
                }
                turns -= 1
                guard let progress = begin(call, spins: false) else {
                    state.withLock { $0.waiting.prepend(call) }
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

    /// Tells the plugin that nobody needs a call any more, and has its worker killed if the call goes on beyond its time.
    func cancel(_ call: WorkerCall) {
        guard let place = call.currentPlace else {
            state.withLock { state in
                guard let index = state.waiting.firstIndex(where: { $0 === call }) else { return }
                state.waiting.remove(at: index)
                waitingCount.subtract(1, ordering: .relaxed)
            }
            return
        }
        place.worker.cancel(slot: place.slot, sequence: place.sequence)
        expectEnd(of: call, at: place)
    }

    /// Has a worker killed that is still inside a call some time after its deadline.
    ///
    /// - Parameters:
    ///   - call: The call; that it timed out may also be what the worker says, whose own clock was first.
    ///   - place: Where it was.
    func expectEnd(of call: WorkerCall, at place: WorkerCall.Place) {
        let due = max(Clock.now(), call.deadline).addingReportingOverflow(settings.killGrace)
        guard !due.overflow else { return }
        let verdict = WorkerEnd.Verdict.overdue(
            hook: call.hook.hook.text,
            request: call.request.context.identity.requestID
        )
        let (slot, sequence, progress) = (place.slot, place.sequence, place.worker.slots.progress)
        perform { supervisor in
            place.worker.callsInGrace += 1
            // A worker that has died meanwhile is not held.
            supervisor.at(due.partialValue) { [weak self, weak worker = place.worker] _ in
                guard let worker else { return }
                worker.callsInGrace -= 1
                let place = WorkerCall.Place(worker: worker, slot: slot, sequence: sequence)
                self?.check(place, verdict, since: progress)
            }
        }
    }

    /// Kills a worker that is still inside a call whose time is over, or that takes no calls at all.
    private func check(_ place: WorkerCall.Place, _ verdict: WorkerEnd.Verdict, since progress: UInt64) {
        let (memory, slots) = (place.worker.memory, place.worker.slots)
        let isThere = slots.number(place.slot) == place.sequence
        let hasBegun = memory.begun(place.slot).value == place.sequence
        let isDone = memory.done(place.slot).value == place.sequence
        // The worker may have answered for the plugin, whose thread is still inside the call. Others of its threads may be
        // inside calls that have their grace before them.
        if isThere && hasBegun && !isDone || Int(memory.lostThreads.value) > place.worker.callsInGrace {
            condemn(place.worker, verdict)
        } else if isThere, !hasBegun, !isDone, slots.isTaken(place.slot), slots.isIdle, slots.progress == progress {
            condemn(place.worker, .deaf)
        }
    }

    /// Lets no more calls come to a worker, and kills it.
    private func condemn(_ worker: Worker, _ verdict: WorkerEnd.Verdict) {
        worker.kill(verdict)
        retire(worker)
    }

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

    // MARK: Deaths

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

    /// Puts workers that are ready into the places of those that are gone.
    func promote(_ state: inout State) {
        while state.active.count < settings.workers, !state.standby.isEmpty {
            state.active.append(state.standby.removeFirst())
        }
    }

    /// Goes on with calls that wait, or answers them if no worker comes soon.
    func attendWaiting() {
        let refused = state.withLock { state -> ([WorkerCall], HookResponse)? in
            guard let refusal = refusal(state), !state.waiting.isEmpty else { return nil }
            defer { state.waiting = [] }
            waitingCount.subtract(state.waiting.count, ordering: .relaxed)
            return (Array(state.waiting), refusal)
        }
        if let (calls, response) = refused {
            for call in calls { call.complete(response) }
        } else {
            drain()
        }
    }
}
