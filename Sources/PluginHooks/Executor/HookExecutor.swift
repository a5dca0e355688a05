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
        /// All threads that are not lost.
        var threads: [ExecutorThread] = []
        /// Gates at which chains wait.
        var gates: [SerialGate] = []
        /// Calls whose lanes wait until a thread returns that their plugin has lost.
        var parked: [HookCall] = []
        /// Work taken from the queue so far.
        var taken = 0
        var isStopped = false
        var isWatchdogAsleep = false
        /// Whether a thread waits at the source.
        var isPolled = false
    }

    /// How many threads there may be.
    package struct Limits: Sendable, Equatable {
        /// Threads in calls that were given up, before calls are refused.
        package var lostThreads: Int
        /// The same of one plugin.
        package var lostThreadsPerPlugin: Int
        /// Threads beside the lost ones; while all are inside plugins, work waits.
        package var threads: Int
        /// Members of groups that run at the same time, and as many calls that nobody waits for.
        package var pool: Int

        package init(lostThreads: Int = 64, lostThreadsPerPlugin: Int = 16, threads: Int = 512, pool: Int = 10) {
            self.lostThreads = lostThreads
            self.lostThreadsPerPlugin = lostThreadsPerPlugin
            self.threads = threads
            self.pool = pool
        }
    }

    let state = Mutex(State())
    let timers = CallTimers()
    let threadCount: Int
    package let limits: Limits
    let observer: any HookObserver
    /// Members of groups.
    let members: RunPool
    /// Calls that nobody waits for.
    let background: RunPool
    package let lostThreads = Atomic<Int>(0)
    /// Where runs come from besides the queue, if there is such a place.
    let source: (any WorkSource)?
    /// How many runs from the source come next that another thread is woken for, to look there meanwhile.
    ///
    /// That costs more than a short run takes, and a long run without it keeps the next one waiting.
    let handovers = Atomic<Int>(0)
    static let maxHandovers = 256
    let watchdog = Watchdog()
    /// Whether so many threads were given up that no hook is called that may block.
    let isAtThreadLimit = Mutex(false)

    /// Calls that may wait although nobody waits for them.
    private static let backgroundQueue = 10_000

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - threadCount: Threads that are always there; more are added while they wait inside plugins.
    ///   - limits: How many threads there may be.
    ///   - source: Where runs come from besides the queue.
    ///   - observer: Is told of lost threads. It must not block.
    package init(
        threadCount: Int = max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
        limits: Limits = Limits(),
        source: (any WorkSource)? = nil,
        observer: any HookObserver
    ) {
        self.threadCount = threadCount
        self.source = source
        self.limits = limits
        self.observer = observer
        members = RunPool(limit: limits.pool)
        background = RunPool(limit: limits.pool, queueLimit: Self.backgroundQueue)
        addThreads(threadCount)
        watchdog.start(self)
    }

    /// Ends the threads as they become idle.
    ///
    /// Requests should be done before. What comes after is still done, but not watched.
    package func stop() {
        let idle = state.withLock { state in
            state.isStopped = true
            defer { state.idle = [] }
            return state.idle
        }
        for thread in idle { thread.wake() }
        source?.wake()
        watchdog.wake()
    }

    /// Waits until the calls are done that nobody waits for.
    package func drainBackground() async {
        await background.drain()
    }

    // MARK: Work

    package func enqueue(_ job: consuming ExecutorJob) {
        schedule(.job(UnownedJob(job)))
    }

    /// Lets a thread do the work: this one next if it is one of ours, else any.
    func schedule(_ work: Work) {
        guard let thread = ExecutorThread.current, thread.executor === self, !thread.isLost else {
            share(work)
            return
        }
        if let displaced = thread.replaceNext(with: work) { share(displaced) }
        // The watchdog may have given the thread up and looked for its next work before it was there.
        if thread.isLost, let left = thread.forceNext() { share(left) }
    }

    /// Lets any thread do the work.
    func share(_ work: Work) {
        let (sleeper, isPolled, wakesWatchdog, isDeserted) = state.withLock { state in
            state.queue.append(work)
            let wakesWatchdog = state.isWatchdogAsleep
            state.isWatchdogAsleep = false
            return (state.idle.popLast(), state.isPolled, wakesWatchdog, state.isStopped && state.threads.isEmpty)
        }
        if let sleeper { sleeper.wake() } else if isPolled { source?.wake() }
        if wakesWatchdog { watchdog.wake() }
        if isDeserted { addThreads(1) }
    }

    /// Has the watchdog look at a gate until nobody waits there.
    func watch(_ gate: SerialGate) {
        state.withLock { state in
            if !state.gates.contains(where: { $0 === gate }) { state.gates.append(gate) }
        }
    }

    // MARK: Lanes

    /// Queues work on a call's lane.
    package func submit(_ job: @escaping LaneQueue.Job, to call: HookCall) {
        if call.addJob(job) { schedule(.lane(call)) }
    }

    // MARK: Admission

    /// Whether another thread may be risked with a plugin.
    func admits(_ account: PluginAccount) -> Bool {
        account.lostThreads.load(ordering: .relaxed) < limits.lostThreadsPerPlugin
            && lostThreads.load(ordering: .relaxed) < limits.lostThreads
    }

    /// What a hook answers that must not be called: too many calls have not returned.
    ///
    /// A hook that runs inline loses no thread; it is refused if its own plugin has lost too many.
    func refusal(of hook: PlannedHook) -> HookResponse? {
        let lost = hook.account.lostThreads.load(ordering: .relaxed)
        if lost >= limits.lostThreadsPerPlugin {
            let message = "\(lost) calls of plugin \(hook.plugin) have not returned; it is called again when one does"
            return .failed(.overloaded, message: message)
        }
        if !hook.isInline, lostThreads.load(ordering: .relaxed) >= limits.lostThreads {
            let message = "\(limits.lostThreads) calls of plugins have not returned (max_lost_threads)"
            return .failed(.overloaded, message: message)
        }
        return nil
    }
}
