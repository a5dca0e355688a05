import CLinux
import Glibc
import PluginHooks

/// One child of a probe.
struct ProbeProcess: ~Copyable {
    enum End {
        case exited(Int32)
        case signalled(Int32)
        case timedOut
    }

    /// How a child has ended, and what it has said until then.
    struct Outcome {
        var end: End
        /// What it found; `nil` if it is more than any probe has to say.
        var report: [UInt8]?
        /// The beginning of what it printed.
        var output: [UInt8]
    }

    private let identifier: pid_t
    /// A handle of the child: readable when it has ended, whatever becomes of its descriptors.
    private let process: Int32
    private var report: PipeReader
    private var output: PipeReader

    private static let reportLimit = 64 << 20
    private static let outputLimit = 4096

    /// Starts a child.
    ///
    /// - Parameters:
    ///   - executable: Its program.
    ///   - input: What it reads its request from.
    /// - Throws: What the system does not give.
    init(executable: WorkerExecutable, input: Int32) throws(LoadError) {
        var report = try PipeReader(keeping: Self.reportLimit)
        var output = try PipeReader(keeping: Self.outputLimit)
        (identifier, process) = try Self.start(
            executable,
            // What a constructor prints must not reach the gateway's own output.
            descriptors: [
                (input, ProbeChild.Descriptor.request), (output.writing, 1), (output.writing, 2),
                (report.writing, ProbeChild.Descriptor.report),
            ]
        )
        report.handOver()
        output.handOver()
        self.report = report
        self.output = output
    }

    private static func start(
        _ executable: WorkerExecutable,
        descriptors: [(ours: Int32, theirs: Int32)]
    ) throws(LoadError) -> (identifier: pid_t, process: Int32) {
        let identifier = try ChildProcess.spawn(executable, ["--probe"], descriptors: descriptors)
        // The number is the child's until it is reaped.
        let process = hookgate_process(identifier)
        if process >= 0 { return (identifier, process) }
        let number = errno
        end(identifier)
        throw LoadError("cannot watch a child process: error \(number) of pidfd_open")
    }

    /// Kills a child and all that it has started.
    ///
    /// - Returns: Its status.
    @discardableResult
    private static func end(_ identifier: pid_t) -> Int32 {
        // A child without a sandbox can leave its group.
        kill(identifier, SIGKILL)
        kill(-identifier, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        return status
    }

    deinit {
        close(process)
    }

    /// Waits until the child has ended, and kills it when its time is over.
    mutating func wait(nanoseconds: UInt64) -> Outcome {
        let isInTime = waitForEnd(nanoseconds)
        let status = Self.end(identifier)
        report.read()
        output.read()
        let end: End =
            if !isInTime {
                .timedOut
            } else if status & 0x7F == 0 {
                .exited((status >> 8) & 0xFF)
            } else {
                .signalled(status & 0x7F)
            }
        return Outcome(end: end, report: report.isCut ? nil : report.bytes, output: output.bytes)
    }

    /// Waits for the end of the child, and reads what it writes; a signal to this thread does not end it.
    private mutating func waitForEnd(_ nanoseconds: UInt64) -> Bool {
        let end = Clock.now() + nanoseconds
        while true {
            let now = Clock.now()
            guard now < end else { return false }
            var watched = [process, report.descriptor, output.descriptor].map { descriptor in
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            }
            let milliseconds = (end - now + 999_999) / 1_000_000
            let count = unsafe poll(&watched, nfds_t(watched.count), Int32(clamping: milliseconds))
            guard count > 0 else { continue }
            if watched[0].revents != 0 { return true }
            report.read()
            output.read()
        }
    }
}
