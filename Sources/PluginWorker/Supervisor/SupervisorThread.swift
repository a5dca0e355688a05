import CLinux
import Glibc
import PluginHooks
import WorkerProtocol

/// What the supervisor's thread has: the workers that live, and what is due later.
///
/// `@unchecked Sendable`: only the supervisor's thread uses it, after it was made.
final class SupervisorThread: @unchecked Sendable {
    private let poller = hookgate_poller()
    private let event: SupervisorEvent
    private var workers: [UInt64: Worker] = [:]
    private var timers = TimerQueue<(SupervisorThread) -> Void>()
    private var lastNumber: UInt64 = 0

    init(event: SupervisorEvent) {
        self.event = event
        hookgate_poller_add(poller, event.descriptor, Self.ownTag)
    }

    private static let ownTag: UInt64 = 0

    // MARK: The loop

    /// Works until nobody is left who has anything to do.
    ///
    /// - Parameter takeCommands: What is to be done; `nil` when nobody can ask for anything any more.
    func run(_ takeCommands: () -> [WorkerSupervisor.Command]?) {
        while true {
            let commands = takeCommands()
            for command in commands ?? [] { command(self) }
            if commands == nil, workers.isEmpty { break }
            runTimers()
            wait()
        }
        close(poller)
    }

    private func wait() {
        var tags = [UInt64](repeating: 0, count: 64)
        let count = unsafe hookgate_poller_wait(poller, &tags, Int32(tags.count), milliseconds)
        for tag in tags.prefix(Int(count)) { handle(tag) }
    }

    private func handle(_ tag: UInt64) {
        guard tag != Self.ownTag else { return drainEvent() }
        guard let worker = workers[tag / 4], let source = Worker.Source(rawValue: tag % 4) else { return }
        switch source {
        case .event: worker.attend()
        case .control: worker.receive(on: self)
        case .output: worker.readOutput(on: self)
        case .process: worker.end(on: self)
        }
    }

    private func drainEvent() {
        var count: UInt64 = 0
        _ = unsafe read(event.descriptor, &count, 8)
    }

    // MARK: Workers

    /// Watches a worker until `remove`.
    ///
    /// - Returns: Its number; `nil` if the system cannot watch it, with the reason in `errno`.
    func add(_ worker: Worker) -> UInt64? {
        lastNumber += 1
        for source in Worker.Source.allCases {
            let (descriptor, tag) = (worker.descriptor(of: source), lastNumber * 4 + source.rawValue)
            // The event is never read: the worker has it, too, and could make a reader wait for ever.
            let failure =
                source == .event
                ? hookgate_poller_add_edges(poller, descriptor, tag) : hookgate_poller_add(poller, descriptor, tag)
            // Closing its descriptors takes the others out again.
            guard failure == 0 else { return nil }
        }
        workers[lastNumber] = worker
        return lastNumber
    }

    /// No longer waits for one of a worker's descriptors.
    func ignore(_ source: Worker.Source, of worker: Worker) {
        hookgate_poller_remove(poller, worker.descriptor(of: source))
    }

    /// No longer watches a worker.
    func remove(_ number: UInt64) {
        guard let worker = workers.removeValue(forKey: number) else { return }
        for source in Worker.Source.allCases { ignore(source, of: worker) }
    }

    // MARK: Timers

    /// Does something later.
    ///
    /// - Parameters:
    ///   - due: When, in nanoseconds of the monotonic clock.
    ///   - body: What; it is held until then.
    func at(_ due: UInt64, _ body: @escaping (SupervisorThread) -> Void) {
        timers.add(body, due: due)
    }

    private func runTimers() {
        while let body = timers.take(at: Clock.now()) { body(self) }
    }

    /// Until the next timer, rounded up; -1 for ever.
    private var milliseconds: Int32 {
        guard let due = timers.due else { return -1 }
        let now = Clock.now()
        return due <= now ? 0 : Int32(clamping: (due - now + 999_999) / 1_000_000)
    }
}
