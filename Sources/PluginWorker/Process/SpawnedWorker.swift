import CLinux
import Glibc
import PluginLoader
import PluginPayloads
import WorkerProtocol

/// The process of a worker, as the system started it: its descriptors, which are closed with this, and its memory.
///
/// A worker dies with the thread that started it, because the kernel tells children of their parent's end by thread: only
/// the supervisor, whose thread lives as long as any worker does, starts workers.
final class SpawnedWorker: Sendable {
    let identifier: pid_t
    let memory: WorkerMemory
    private let ownedProcess: OwnedDescriptor
    private let ownedControl: OwnedDescriptor
    private let ownedOutput: OwnedDescriptor
    private let ownedEvent: OwnedDescriptor
    private let ownedResults: OwnedDescriptor
    private let replies: OwnedDescriptor

    /// Starts a process.
    ///
    /// - Parameters:
    ///   - executable: Its program.
    ///   - launch: What it is to run.
    /// - Throws: What the system does not give.
    init(_ executable: WorkerExecutable, _ launch: WorkerLaunch) throws(WorkerError) {
        let files = try Files(launch)
        memory = try files.map()
        let pipe = try Self.pipe()
        ownedOutput = try OwnedDescriptor(pipe.ours, "a pipe")
        let output = try OwnedDescriptor(pipe.theirs, "a pipe")
        let (ours, theirs) = try ControlSocket.pair()
        ownedControl = try OwnedDescriptor(ours.descriptor, "a socket pair")
        let control = try OwnedDescriptor(Descriptors.raised(theirs.descriptor), "a socket pair")
        ownedEvent = try OwnedDescriptor(Descriptors.raised(hookgate_event()), "an event")
        ownedResults = try OwnedDescriptor(Descriptors.raised(hookgate_event()), "an event")
        replies = try OwnedDescriptor(
            fcntl(files.replies.descriptor, F_DUPFD_CLOEXEC, 16),
            "another handle of shared memory"
        )
        do throws(LoadError) {
            identifier = try ChildProcess.spawn(
                executable,
                ["--serve", launch.name],
                variables: Self.variables,
                descriptors: [
                    (files.launch, WorkerLaunch.Descriptor.launch), (output.number, 1), (output.number, 2),
                    (control.number, WorkerLaunch.Descriptor.control),
                    (files.requests.descriptor, WorkerLaunch.Descriptor.requests),
                    (files.replies.descriptor, WorkerLaunch.Descriptor.replies),
                    (ownedEvent.number, WorkerLaunch.Descriptor.event),
                    (ownedResults.number, WorkerLaunch.Descriptor.results),
                ]
            )
        } catch { throw WorkerError(error.description) }
        // It does so by itself, too, but not before its libraries are loaded.
        launch.priority.apply(to: identifier)
        do throws(WorkerError) {
            // The number is the child's until it is reaped, which nobody else does.
            ownedProcess = try OwnedDescriptor(hookgate_process(identifier), "a handle of the worker's process")
        } catch {
            _ = Glibc.kill(identifier, SIGKILL)
            while waitpid(identifier, nil, 0) < 0, errno == EINTR {}
            throw error
        }
    }

    /// A handle of the process: readable when it has ended.
    var process: Int32 { ownedProcess.number }
    var control: ControlSocket { ControlSocket(ownedControl.number) }
    /// What the process writes to its output.
    var output: Int32 { ownedOutput.number }
    /// Becomes readable when a result waits that somebody sleeps for.
    var event: Int32 { ownedEvent.number }
    /// The same, while a thread that runs calls waits for results.
    var results: Int32 { ownedResults.number }

    /// Kills the process; nothing happens if it has ended.
    func kill() { hookgate_signal(process, SIGKILL) }

    /// The status of the process, which has ended or is about to; what it has started in its group ends, too.
    func reap() -> Int32 {
        // The group's number is the process's own until that is reaped.
        _ = Glibc.kill(-identifier, SIGKILL)
        return hookgate_reap(process)
    }

    /// Gives the memory of a range of the second region back, which reads as zeros then.
    func discardReplies(at offset: Int, count: Int) {
        hookgate_discard(replies.number, offset, count)
    }

    // MARK: Parts

    /// What is handed to the process as files in memory.
    private struct Files: ~Copyable {
        let requests: SharedFile
        let replies: SharedFile
        private let spec: MemoryFile
        private let geometry: RegionGeometry

        var launch: Int32 { spec.descriptor }

        init(_ launch: WorkerLaunch) throws(WorkerError) {
            let geometry = RegionGeometry(maxBlockBytes: launch.maxBlockBytes)
            // Only when all are there are they taken over: Swift cannot undo half of such a value.
            let requests = try SharedFile("hookgate-requests", size: geometry.regionBytes)
            let replies = try SharedFile("hookgate-replies", size: geometry.regionBytes)
            spec = try Self.file(with: JSONValue.object(launch.object).description)
            self.geometry = geometry
            self.requests = requests
            self.replies = replies
        }

        private static func file(with text: String) throws(WorkerError) -> MemoryFile {
            do throws(LoadError) {
                let file = try MemoryFile()
                try file.fill(with: Array(text.utf8))
                return file
            } catch { throw WorkerError(error.description) }
        }

        /// Maps the regions, after which nobody else can map the first one for writing.
        borrowing func map() throws(WorkerError) -> WorkerMemory {
            let memory = try WorkerMemory(
                geometry,
                requests: SharedMemory(mapping: requests.descriptor, size: geometry.regionBytes, isWritable: true),
                replies: SharedMemory(mapping: replies.descriptor, size: geometry.regionBytes, isWritable: true)
            )
            try requests.sealAgainstWriters()
            return memory
        }
    }

    private static func pipe() throws(WorkerError) -> (ours: Int32, theirs: Int32) {
        var ends: [Int32] = [-1, -1]
        guard unsafe hookgate_pipe(&ends) == 0 else { throw WorkerError("cannot make a pipe: error \(errno)") }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        return (ends[0], Descriptors.raised(ends[1]))
    }

    /// One heap for all threads: each further one would reserve 64 MB of address space.
    private static let variables = ["MALLOC_ARENA_MAX=2"]
}
