import Glibc
import Synchronization

/// One thread of the executor, and what the watchdog can see of it.
///
/// `@unchecked Sendable`: `occupation` is written by the thread while `stamp` is idle, and read by the watchdog only
/// after it has won the stamp; `nextSeen` is the watchdog's; the rest is immutable or atomic.
final class ExecutorThread: @unchecked Sendable {
    /// Code of a plugin that the thread is in.
    enum Occupation {
        case hook(HookCall, ChainRun)
        case lane(HookCall)
        case cancel(HookCall)

        var call: HookCall {
            switch self {
            case .hook(let call, _), .lane(let call), .cancel(let call): call
            }
        }
    }

    /// The low bits of a stamp; the rest is a sequence number, so that a stamp is never seen twice.
    private enum Phase {
        static let idle: UInt64 = 0
        static let running: UInt64 = 1
        static let abandoned: UInt64 = 2
        static let mask: UInt64 = 3
    }

    let executor: HookExecutor
    private let stamp = Atomic<UInt64>(Phase.idle)
    private let deadline = Atomic<UInt64>(.max)
    private var occupation: Occupation?
    /// The work that this thread does next; anybody may take it by an exchange.
    private let next = Atomic<UInt>(0)
    /// What `next` was when the watchdog looked last; its own.
    private var nextSeen: UInt = 0
    private let lost = Atomic<Bool>(false)
    private let semaphore = Semaphore()

    init(executor: HookExecutor) {
        self.executor = executor
    }

    /// Whether the thread is inside a plugin's code.
    var isInPlugin: Bool { stamp.load(ordering: .relaxed) & Phase.mask == Phase.running }

    var isLost: Bool { lost.load(ordering: .acquiring) }

    // MARK: The thread's own side

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        unsafe pthread_key_create(&key, nil)
        return key
    }()

    /// The executor's thread that this code runs on, if it is one.
    static var current: ExecutorThread? {
        guard let pointer = unsafe pthread_getspecific(key) else { return nil }
        // The thread holds itself while it runs.
        return unsafe Unmanaged<ExecutorThread>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Starts the thread; it runs until the executor ends it, or it was lost and has returned.
    func start() {
        Thread.detach(name: "hookgate-hooks") { [self] in
            unsafe pthread_setspecific(ExecutorThread.key, Unmanaged.passUnretained(self).toOpaque())
            executor.runLoop(of: self)
        }
    }

    /// Runs a plugin's code under a deadline.
    ///
    /// - Returns: Its result, or `nil` if the watchdog gave this thread up meanwhile: then the thread has to clean
    ///   up after the plugin and end.
    func run<Result>(_ occupation: Occupation, until limit: UInt64? = nil, _ body: () -> Result) -> Result? {
        self.occupation = occupation
        deadline.store(limit ?? occupation.call.deadline, ordering: .relaxed)
        let running = ((stamp.load(ordering: .relaxed) >> 2 + 1) << 2) | Phase.running
        stamp.store(running, ordering: .releasing)
        let result = body()
        let idle = running & ~Phase.mask
        guard stamp.compareExchange(expected: running, desired: idle, ordering: .acquiringAndReleasing).exchanged else {
            executor.finishLost(self, occupation)
            return nil
        }
        self.occupation = nil
        return result
    }

    /// Makes work the thread's next; what was next before is handed back.
    func replaceNext(with work: Work) -> Work? {
        let previous = next.exchange(work.bits, ordering: .acquiringAndReleasing)
        return previous == 0 ? nil : Work(bits: previous)
    }

    /// Takes the work that is next.
    func takeNext() -> Work? {
        guard next.load(ordering: .relaxed) != 0 else { return nil }
        let bits = next.exchange(0, ordering: .acquiringAndReleasing)
        return bits == 0 ? nil : Work(bits: bits)
    }

    /// Waits to be woken.
    func sleep() {
        semaphore.wait()
    }

    // MARK: Other threads' side

    func wake() {
        semaphore.post()
    }

    /// Gives the thread up if its deadline has come. Only the watchdog calls this.
    ///
    /// - Returns: What the thread is stuck in; the caller owns its chain now.
    func abandon(now: UInt64) -> Occupation? {
        let seen = stamp.load(ordering: .acquiring)
        guard seen & Phase.mask == Phase.running, deadline.load(ordering: .relaxed) <= now else { return nil }
        let abandoned = (seen & ~Phase.mask) | Phase.abandoned
        guard stamp.compareExchange(expected: seen, desired: abandoned, ordering: .acquiringAndReleasing).exchanged
        else { return nil }
        lost.store(true, ordering: .releasing)
        defer { occupation = nil }
        return occupation
    }

    /// Takes the next work away if it has waited since the last look. Only the watchdog calls this.
    func stealStaleNext() -> Work? {
        let seen = next.load(ordering: .relaxed)
        defer { nextSeen = seen }
        return seen != 0 && seen == nextSeen ? takeNext() : nil
    }
}
