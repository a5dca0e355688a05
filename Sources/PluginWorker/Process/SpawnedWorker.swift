import CLinux
import Glibc
import PluginLoader
import PluginPayloads
import WorkerProtocol

/// The process of a worker, as the system started it: its descriptors, which are closed with this, and its memory.
///
/// A worker dies with the thread that started it, because the kernel tells children of their parent's end by thread: only
/// the supervisor, which never ends, starts workers.
final class SpawnedWorker: Sendable {
    let identifier: pid_t
    /// A handle of the process: readable when it has ended.
    let process: Int32
    let control: ControlSocket
    /// What the process writes to its output.
    let output: Int32
    /// Becomes readable when a result waits that somebody sleeps for.
    let event: Int32
    /// The same, while a thread that runs calls waits for results.
    let results: Int32
    let memory: WorkerMemory
    private let replies: Int32

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
        defer { close(pipe.theirs) }
        let (ours, theirs) = try ControlSocket.pair()
        let remote = Descriptors.raised(theirs.descriptor)
        defer { close(remote) }
        let event = Descriptors.raised(hookgate_event())
        let results = Descriptors.raised(hookgate_event())
        do throws(LoadError) {
            guard event >= 0, results >= 0 else { throw LoadError("cannot make an event: error \(errno)") }
            identifier = try ChildProcess.spawn(
                executable,
                ["--serve", launch.name],
                variables: Self.variables,
                descriptors: [
                    (files.launch, WorkerLaunch.Descriptor.launch), (pipe.theirs, 1), (pipe.theirs, 2),
                    (remote, WorkerLaunch.Descriptor.control),
                    (files.requests.descriptor, WorkerLaunch.Descriptor.requests),
                    (files.replies.descriptor, WorkerLaunch.Descriptor.replies),
                    (event, WorkerLaunch.Descriptor.event), (results, WorkerLaunch.Descriptor.results),
                ]
            )
        } catch {
            close(pipe.ours)
            close(ours.descriptor)
            for event in [event, results] where event >= 0 { close(event) }
            throw WorkerError(error.description)
        }
        // The number is the child's until it is reaped, which nobody else does.
        process = hookgate_process(identifier)
        control = ours
        output = pipe.ours
        self.event = event
        self.results = results
        replies = dup(files.replies.descriptor)
        _ = fcntl(replies, F_SETFD, FD_CLOEXEC)
    }

    deinit {
        for descriptor in [process, control.descriptor, output, event, results, replies] { close(descriptor) }
    }

    /// Kills the process; nothing happens if it has ended.
    func kill() { hookgate_signal(process, SIGKILL) }

    /// The status of the process, which has ended.
    func reap() -> Int32 { hookgate_reap(process) }

    /// Gives the memory of a range of the second region back, which reads as zeros then.
    func discardReplies(at offset: Int, count: Int) { hookgate_discard(replies, offset, count) }

    // MARK: Parts

    /// What is handed to the process as files in memory.
    private struct Files: ~Copyable {
        let requests: SharedFile
        let replies: SharedFile
        private let spec: PrivateFile
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

        private static func file(with text: String) throws(WorkerError) -> PrivateFile {
            do throws(LoadError) {
                let file = try PrivateFile()
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
