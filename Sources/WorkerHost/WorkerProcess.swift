import CJournal
import CSandbox
import Glibc
import PluginHooks
import PluginLoader
import PluginPayloads
import PluginSandbox
import Synchronization
import WorkerProtocol

/// A worker from its start to its end: it loads one plugin, and runs its hooks for the gateway.
package struct WorkerProcess {
    private let launch: WorkerLaunch
    private let memory: WorkerMemory
    private let control = ControlSocket(WorkerLaunch.Descriptor.control)

    /// Runs the worker that the inherited descriptors describe, until the gateway stops it or is gone.
    package static func run() -> Int32 {
        signal(SIGPIPE, SIG_IGN)
        let control = ControlSocket(WorkerLaunch.Descriptor.control)
        do {
            return try WorkerProcess().serve()
        } catch let error as LoadError {
            control.send(.refused(error.description, problems: error.problems))
            return 1
        } catch {
            control.send(.refused("\(error)", problems: []))
            return 1
        }
    }

    private init() throws(WorkerError) {
        guard let bytes = MemoryFile.readAll(of: WorkerLaunch.Descriptor.launch),
            let value = try? PayloadBlock(json: bytes).value, let launch = WorkerLaunch(value)
        else {
            throw WorkerError("the worker was started without knowing what to run; it has no use of its own")
        }
        self.launch = launch
        let geometry = RegionGeometry(maxBlockBytes: launch.maxBlockBytes)
        memory = try WorkerMemory(
            geometry,
            requests: SharedMemory(
                mapping: WorkerLaunch.Descriptor.requests,
                size: geometry.regionBytes,
                isWritable: false
            ),
            replies: SharedMemory(
                mapping: WorkerLaunch.Descriptor.replies,
                size: geometry.regionBytes,
                isWritable: true
            )
        )
        close(WorkerLaunch.Descriptor.requests)
        close(WorkerLaunch.Descriptor.replies)
    }

    private func serve() throws -> Int32 {
        // Before there is any other thread: threads have the priority of the one that starts them.
        launch.priority.apply(to: 0)
        let files = try LaunchFiles(launch)
        recordCrashes()
        // Before anything starts a thread, which would stay outside.
        var sandbox = try enterSandbox(files)
        let services = WorkerServices(control)
        let violations = ViolationWatch(memory, control)
        let lost = LostThreads(memory)
        let (source, executor) = startExecutor(services, violations, lost)
        let subject = try LoadedSubject(launch, files, services, executor)
        let isDestroyed = subject.isDestroyed
        do throws(LoadError) {
            try Self.wait { () async throws(LoadError) in try await subject.start(within: launch.startupTimeout) }
        } catch {
            _ = consume subject
            Self.awaitEnd(isDestroyed)
            throw error
        }
        try sandbox.enterAfterLoading()
        source.open(subject.planned(launch))
        guard control.send(.ready(subject.registration(sandbox: sandbox.report.object))) else {
            throw WorkerError("the plugin has more hooks than a worker can tell its gateway of")
        }
        violations.look()
        defer { extendLifetime(files) }
        if obey(consume subject, lost) {
            source.close()
            Self.awaitEnd(isDestroyed)
        }
        return isHeard ? 0 : WorkerLaunch.unheardStatus
    }

    /// Starts the threads that run calls.
    private func startExecutor(
        _ services: WorkerServices,
        _ violations: ViolationWatch,
        _ lost: LostThreads
    ) -> (source: CallSource, executor: HookExecutor) {
        let areas = LargeAreas(memory)
        let board = ReplyBoard(
            memory,
            events: (supervisor: WorkerLaunch.Descriptor.event, results: WorkerLaunch.Descriptor.results),
            areas: areas,
            services: services,
            violations: violations,
            lost: lost
        )
        let questions = Questions(memory, areas: areas) { board.signal() }
        let source = CallSource(memory, board: board, questions: questions)
        let executor = HookExecutor(
            threadCount: launch.threads,
            limits: HookExecutor.Limits(threads: Self.maxThreads),
            source: source,
            observer: lost
        )
        lost.count(in: executor)
        return (source, executor)
    }

    /// Has a fatal signal noted where the gateway reads it.
    ///
    /// The sandbox comes after, because the signal of a refused call is its own.
    private func recordCrashes() {
        let record = unsafe memory.replies.pointer(
            at: WorkerMemory.crashRecord,
            count: MemoryLayout<hookgate_crash_record>.size
        )
        // The memory stays mapped as long as the process. Without the note the signal alone is known.
        _ = unsafe hookgate_crash_install(record.assumingMemoryBound(to: hookgate_crash_record.self))
    }

    private func enterSandbox(_ files: LaunchFiles) throws -> Sandbox {
        guard let policy = SandboxPolicy(.object(launch.sandbox)) else {
            throw WorkerError("the worker was started without a sandbox")
        }
        typealias Descriptor = WorkerLaunch.Descriptor
        // The record lies in the memory that the gateway reads, which stays mapped as long as the process.
        let violations = unsafe memory.replies.pointer(
            at: WorkerMemory.violationRecord,
            count: MemoryLayout<hookgate_sandbox_violations>.size
        )
        return try unsafe Sandbox.enterBeforeLoading(
            policy,
            readable: files.all.map(\.openPath) + launch.readable,
            parent: launch.parent,
            keeping: [0, 1, 2, Descriptor.control, Descriptor.event, Descriptor.results] + files.all.map(\.descriptor),
            violations: violations.assumingMemoryBound(to: hookgate_sandbox_violations.self)
        )
    }

    /// Waits until the plugin is destroyed, with its last reference: the thread of its last call may have one for a moment,
    /// and a call that never ends for ever.
    ///
    /// The gateway waits a little longer for the end of the process.
    private static func awaitEnd(_ isDestroyed: () -> Bool) { Polling.wait(within: 400_000_000, until: isDestroyed) }

    /// Threads that calls may block at the same time.
    private static let maxThreads = 64

    /// Does what the gateway says, until it says that this is the end, or is gone.
    ///
    /// - Returns: Whether the plugin was stopped.
    private func obey(_ subject: LoadedSubject, _ lost: LostThreads) -> Bool {
        var health: Task<Void, Never>?
        while case .message(let value) = control.receive(waits: true) {
            // This thread had the socket while it waited there, also if the plugin has closed the descriptor since.
            guard isHeard else { return false }
            switch GatewayMessage(value) {
            case .health(let nanoseconds):
                // Not on this thread: a plugin that takes long to answer is to be stopped in its time.
                health = Task { [previous = health] in
                    await previous?.value
                    let problem = await Self.problem { () async throws(LoadError) in
                        try await subject.health(within: nanoseconds)
                    }
                    control.send(.health(problem: problem))
                }
            case .stop(let nanoseconds):
                control.send(.stopped(problem: stop(subject, lost, within: nanoseconds)))
                return true
            case .listen: break
            case nil: return false
            }
        }
        return false
    }

    /// Whether the descriptors to the gateway are open.
    private var isHeard: Bool {
        typealias Descriptor = WorkerLaunch.Descriptor
        return [Descriptor.control, Descriptor.event, Descriptor.results].allSatisfy { fcntl($0, F_GETFD) >= 0 }
    }

    /// Stops the plugin after its last hook.
    ///
    /// - Returns: Why that was not possible.
    private func stop(_ subject: LoadedSubject, _ lost: LostThreads, within nanoseconds: UInt64) -> String? {
        guard lost.haveReturned(within: nanoseconds) else { return "its hooks have not returned" }
        do throws(LoadError) {
            try Self.wait { () async throws(LoadError) in try await subject.stop(within: nanoseconds) }
            return nil
        } catch { return error.description }
    }

    private static func problem(_ body: () async throws(LoadError) -> Void) async -> String? {
        do throws(LoadError) {
            try await body()
            return nil
        } catch { return error.description }
    }

    /// Waits on this thread, which has nothing else to do.
    private static func wait(_ body: @escaping @Sendable () async throws(LoadError) -> Void) throws(LoadError) {
        let result = Waiting<Result<Void, LoadError>>()
        Task {
            do throws(LoadError) {
                try await body()
                result.fill(.success(()))
            } catch {
                result.fill(.failure(error))
            }
        }
        try result.value().get()
    }
}

/// A value that one thread waits for, and another one finds.
private final class Waiting<Value: Sendable>: Sendable {
    private let found = Mutex<Value?>(nil)
    private let semaphore = Semaphore()

    func fill(_ value: Value) {
        found.withLock { $0 = value }
        semaphore.post()
    }

    /// Waits for the value; once.
    func value() -> Value {
        semaphore.wait()
        guard let value = found.withLock({ $0 }) else { preconditionFailure("the semaphore is posted with the value") }
        return value
    }
}
