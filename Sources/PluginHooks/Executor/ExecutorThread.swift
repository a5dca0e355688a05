import Glibc
import Synchronization

/// One thread of the executor, and what the watchdog can see of it.
///
/// `@unchecked Sendable`: `call` and `chain` are written by the thread while `stamp` is idle, and read by the watchdog
/// only after it has won the stamp; `nextSeen` is the watchdog's, `handover` the thread's own; the rest is immutable or atomic.
@safe
final class ExecutorThread: @unchecked Sendable {
    /// The low bits of a stamp; the rest is a sequence number, so that a stamp is never seen twice.
    private enum Phase {
        static let idle: UInt64 = 0
        static let running: UInt64 = 1
        /// The watchdog has won, and is taking hold of the call.
        static let losing: UInt64 = 2
        /// The watchdog holds the call: the thread is lost.
        static let lost: UInt64 = 3
        static let mask: UInt64 = 3
        static let step: UInt64 = 4
    }

    let executor: HookExecutor
    private let stamp = Atomic<UInt64>(Phase.idle)
    private let deadline = Atomic<UInt64>(.max)
    /// The call whose code the thread is in; `run` holds it until the watchdog does.
    private var call: Unmanaged<HookCall>?
    /// The chain that waits for the call's function, if it is that.
    private var chain: Unmanaged<HookRun>?
    /// The work that this thread does next; anybody may take it by an exchange.
    private let next = Atomic<UInt>(0)
    /// When the thread took a run from the source and left another thread to look there; its own alone.
    var handover: UInt64?
    /// What `next` was when the watchdog looked last.
    private var nextSeen: UInt = 0
    private let semaphore = Semaphore()

    init(executor: HookExecutor) {
        self.executor = executor
        unsafe call = nil
        unsafe chain = nil
    }

    /// Whether the thread is inside a plugin's code.
    var isInPlugin: Bool { stamp.load(ordering: .relaxed) & Phase.mask == Phase.running }

    /// Whether the watchdog has given the thread up.
    var isLost: Bool { stamp.load(ordering: .acquiring) & Phase.mask >= Phase.losing }

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

    /// Starts the thread, which runs until the executor does not need it, or it was lost and has returned.
    ///
    /// - Returns: `false` if the system has no thread to give.
    func start() -> Bool {
        Thread.detach(name: "hookgate-hooks") { [self] in
            unsafe pthread_setspecific(ExecutorThread.key, Unmanaged.passUnretained(self).toOpaque())
            executor.runLoop(of: self)
        }
    }

    /// Runs a plugin's code under a deadline.
    ///
    /// - Parameters:
    ///   - call: The call that the code belongs to.
    ///   - chain: The chain that waits for it.
    ///   - limit: The deadline.
    ///   - body: The plugin's code.
    /// - Returns: Its result, and whether the watchdog has given the thread up: then the chain is the watchdog's, and
    ///   the thread has to clean up after the plugin and to end.
    func run<Result>(
        _ call: HookCall,
        for chain: HookRun? = nil,
        until limit: UInt64,
        _ body: () -> Result
    ) -> (result: Result, isLate: Bool) {
        defer {
            extendLifetime(call)
            extendLifetime(chain)
        }
        unsafe self.call = .passUnretained(call)
        unsafe self.chain = chain.map { unsafe .passUnretained($0) }
        deadline.store(limit, ordering: .relaxed)
        let running = stamp.load(ordering: .relaxed) &+ Phase.step | Phase.running
        stamp.store(running, ordering: .releasing)
        let result = body()
        let idle = running & ~Phase.mask
        if stamp.compareExchange(expected: running, desired: idle, ordering: .acquiringAndReleasing).exchanged {
            return (result, false)
        }
        // Soon: the watchdog has nothing else to do now.
        while stamp.load(ordering: .acquiring) & Phase.mask != Phase.lost { sched_yield() }
        return (result, true)
    }

    /// Makes work the thread's next.
    ///
    /// - Returns: What was next before.
    func replaceNext(with work: Work) -> Work? {
        Self.work(next.exchange(work.bits, ordering: .acquiringAndReleasing))
    }

    /// Takes the work that is next.
    func takeNext() -> Work? {
        // Without the exchange if there is nothing: only the thread itself puts work there.
        next.load(ordering: .relaxed) == 0 ? nil : forceNext()
    }

    /// Waits to be woken.
    func sleep() {
        semaphore.wait()
    }

    // MARK: Other threads' side

    func wake() {
        semaphore.post()
    }

    /// Gives the thread up if its deadline has come.
    ///
    /// Only the watchdog calls this.
    ///
    /// - Returns: The call that the thread is stuck in, and the chain that waits for it: it is the caller's now.
    func abandon(now: UInt64) -> (call: HookCall, chain: HookRun?)? {
        let seen = stamp.load(ordering: .acquiring)
        guard seen & Phase.mask == Phase.running, deadline.load(ordering: .relaxed) <= now else { return nil }
        let losing = (seen & ~Phase.mask) | Phase.losing
        guard stamp.compareExchange(expected: seen, desired: losing, ordering: .acquiringAndReleasing).exchanged,
            // The thread holds both at least until the stamp says `lost`.
            let call = unsafe self.call?.takeUnretainedValue()
        else { return nil }
        let chain = unsafe self.chain?.takeUnretainedValue()
        stamp.store(losing | Phase.lost, ordering: .releasing)
        return (call, chain)
    }

    /// Takes the next work of a thread that was given up.
    ///
    /// By an exchange in any case: whoever comes second, this or the thread's own `replaceNext`, sees the other.
    func forceNext() -> Work? {
        Self.work(next.exchange(0, ordering: .acquiringAndReleasing))
    }

    /// Takes the next work away if it has waited since the last look.
    ///
    /// Only the watchdog calls this.
    func stealStaleNext() -> Work? {
        let seen = next.load(ordering: .relaxed)
        defer { nextSeen = seen }
        return seen != 0 && seen == nextSeen ? forceNext() : nil
    }

    private static func work(_ bits: UInt) -> Work? { bits == 0 ? nil : Work(bits: bits) }
}
