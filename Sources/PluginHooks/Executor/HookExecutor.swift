import DequeModule
import Glibc
import PluginPayloads
package import Synchronization

/// The threads on which hooks and the tasks of an embedding program run.
///
/// A task that prefers this executor calls hooks without changing its thread: the chain becomes the thread's next
/// work while the task is suspended. A watchdog gives up threads whose plugin does not return in time.
package final class HookExecutor: TaskExecutor, Sendable {
    struct State {
        var queue = Deque<Work>()
        var idle: [ExecutorThread] = []
        var threads: [ExecutorThread] = []
        var gates: [SerialGate] = []
        /// Work taken from the queue so far; tells whether the threads get on.
        var taken = 0
        var isStopped = false
        var watchdogSleeps = false
    }

    /// How many threads may be lost before calls are refused.
    package struct Limits: Sendable, Equatable {
        package var lostThreads: Int
        package var lostThreadsPerPlugin: Int
        package var threads: Int

        package init(lostThreads: Int = 64, lostThreadsPerPlugin: Int = 16, threads: Int = 512) {
            self.lostThreads = lostThreads
            self.lostThreadsPerPlugin = lostThreadsPerPlugin
            self.threads = threads
        }
    }

    let state = Mutex(State())
    let timers = CallTimers()
    let threadCount: Int
    let limits: Limits
    let observer: any HookObserver
    package let lostThreads = Atomic<Int>(0)
    private let watchdog: Watchdog

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - threadCount: Threads that are always there; more are added while all of them wait inside plugins.
    ///   - limits: How many threads may be lost.
    ///   - observer: Is told of lost threads.
    package init(
        threadCount: Int = max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
        limits: Limits = Limits(),
        observer: any HookObserver
    ) {
        self.threadCount = threadCount
        self.limits = limits
        self.observer = observer
        self.watchdog = Watchdog()
        for _ in 0..<threadCount { addThread() }
        watchdog.start(self)
    }

    /// Ends the threads as they become idle. Nothing may be scheduled after.
    package func stop() {
        let idle = state.withLock { state in
            state.isStopped = true
            defer { state.idle = [] }
            return state.idle
        }
        for thread in idle { thread.wake() }
        watchdog.wake()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        schedule(.job(UnownedJob(job)))
    }

    /// Lets a thread do the work: this one next if it is one of ours, else any.
    func schedule(_ work: Work) {
        if let thread = ExecutorThread.current, thread.executor === self, !thread.isLost {
            if let displaced = thread.replaceNext(with: work) { share(displaced) }
        } else {
            share(work)
        }
    }

    /// Lets any thread do the work.
    func share(_ work: Work) {
        let (sleeper, wakesWatchdog) = state.withLock { state in
            state.queue.append(work)
            let thread = state.idle.popLast()
            defer { if thread != nil { state.watchdogSleeps = false } }
            return (thread, thread != nil && state.watchdogSleeps)
        }
        sleeper?.wake()
        if wakesWatchdog { watchdog.wake() }
    }

    /// Has the watchdog look at a gate until nobody waits there.
    func watch(_ gate: SerialGate) {
        state.withLock { state in
            if !state.gates.contains(where: { $0 === gate }) { state.gates.append(gate) }
        }
    }

    /// Whether a hook may be called: too many calls that never returned are a reason not to.
    func admits(_ hook: PlannedHook) -> Bool {
        hook.account.lostThreads.load(ordering: .relaxed) < limits.lostThreadsPerPlugin
            && lostThreads.load(ordering: .relaxed) < limits.lostThreads
    }

    /// What a hook that is not admitted answers.
    func refusal(of hook: PlannedHook) -> HookResponse {
        let lost = hook.account.lostThreads.load(ordering: .relaxed)
        let message =
            lost >= limits.lostThreadsPerPlugin
            ? "\(lost) calls of plugin \(hook.plugin) have not returned; it is called again when one does"
            : "\(limits.lostThreads) calls of plugins have not returned (max_lost_threads)"
        return .failed(.overloaded, message: message)
    }

    // MARK: Lanes

    /// Queues work on a call's lane.
    package func submit(_ job: @escaping LaneQueue.Job, to call: HookCall) {
        if call.lane.withLock({ lane in lane.add(job) }) { schedule(.lane(call)) }
    }

    /// Lets the lane's jobs run, now that the hook's function has returned.
    func openLane(of call: HookCall) {
        if call.lane.withLock({ lane in lane.open() }) { schedule(.lane(call)) }
    }

    // MARK: Threads

    func addThread() {
        let thread = ExecutorThread(executor: self)
        state.withLock { $0.threads.append(thread) }
        thread.start()
    }

    /// What a thread does from its start to its end.
    func runLoop(of thread: ExecutorThread) {
        var sinceQueue = 0
        while !thread.isLost {
            // The queue gets its turn even while a thread always finds something next.
            let next = sinceQueue < 64 ? thread.takeNext() : nil
            sinceQueue = next == nil ? 0 : sinceQueue + 1
            guard let work = next ?? takeShared() ?? thread.takeNext() else {
                guard rest(thread) else { break }
                continue
            }
            perform(work, on: thread)
        }
        if let left = thread.takeNext() { share(left) }
    }

    private func takeShared() -> Work? {
        state.withLock { state in
            guard let work = state.queue.popFirst() else { return nil }
            state.taken &+= 1
            return work
        }
    }

    /// Sleeps until there is work.
    ///
    /// - Returns: `false` if the thread is not needed any more.
    private func rest(_ thread: ExecutorThread) -> Bool {
        let sleeps = state.withLock { state -> Bool? in
            guard state.queue.isEmpty else { return nil }
            guard !state.isStopped, state.threads.count <= threadCount else {
                state.threads.removeAll { $0 === thread }
                return false
            }
            state.idle.append(thread)
            return true
        }
        guard let sleeps else { return true }
        if sleeps { thread.sleep() }
        return sleeps
    }

    private func perform(_ work: Work, on thread: ExecutorThread) {
        switch work.take() {
        case .job(let job): unsafe job.runSynchronously(on: asUnownedTaskExecutor())
        case .chain(let chain): chain.run(on: thread)
        case .lane(let call): runLane(of: call, on: thread)
        case .cancel(let call):
            _ = thread.run(.cancel(call), until: Clock.now() + Self.grace) { call.hook.handler.cancel(call) }
        }
    }

    /// How long plugin code may run for a call that was already answered.
    private static let grace: UInt64 = 50_000_000

    private func runLane(of call: HookCall, on thread: ExecutorThread) {
        while let job = call.lane.withLock({ lane in lane.next() }) {
            let limit = call.isOpen ? call.deadline : Clock.now() + Self.grace
            guard thread.run(.lane(call), until: max(limit, Clock.coarseNow()), job) != nil else { return }
        }
    }

    // MARK: Lost threads

    /// Answers for a thread that the watchdog gave up.
    func replace(_ thread: ExecutorThread, stuckIn occupation: ExecutorThread.Occupation) {
        let call = occupation.call
        let lost = call.hook.account.lostThreads.add(1, ordering: .relaxed).newValue
        lostThreads.add(1, ordering: .relaxed)
        state.withLock { state in state.threads.removeAll { $0 === thread } }
        if let next = thread.takeNext() { share(next) }
        addThread()
        if case .hook(_, let chain) = occupation {
            call.abandonRunning()
            chain.resume(with: .failed(.timeout, message: call.hook.timeoutMessage))
            share(.cancel(call))
        }
        observer.record(.threadLost(plugin: call.hook.plugin, hook: call.hook.hook, lost: lost))
    }

    /// Cleans up when the plugin has returned after all.
    func finishLost(_ thread: ExecutorThread, _ occupation: ExecutorThread.Occupation) {
        let call = occupation.call
        call.hook.account.lostThreads.subtract(1, ordering: .relaxed)
        lostThreads.subtract(1, ordering: .relaxed)
        call.hook.account.late.add(1, ordering: .relaxed)
        observer.record(.endedLate(plugin: call.hook.plugin, hook: call.hook.hook))
        switch occupation {
        case .hook, .lane: openLane(of: call)
        case .cancel: break
        }
    }
}
