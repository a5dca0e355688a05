import CLinux
import Glibc
import PluginHooks

/// One child of a probe.
struct ProbeProcess {
    enum End {
        case exited(Int32)
        case signalled(Int32)
        case timedOut
    }

    private let identifier: pid_t
    /// Becomes readable when the child and all that it started have closed the other end.
    private let alive: Int32

    init(executable: WorkerExecutable, input: Int32, report: Int32, errors: Int32) throws(LoadError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe hookgate_pipe(&ends) == 0 else { throw LoadError("cannot make a pipe: error \(errno)") }
        ends[1] = Descriptors.raised(ends[1])
        defer { close(ends[1]) }
        do throws(LoadError) {
            identifier = try ChildProcess.spawn(
                executable,
                ["--probe"],
                // What a constructor prints must not reach the gateway's own output.
                descriptors: [
                    (input, ProbeChild.Descriptor.request), (errors, 1), (errors, 2),
                    (report, ProbeChild.Descriptor.report), (ends[1], ProbeChild.Descriptor.alive),
                ]
            )
        } catch {
            close(ends[0])
            throw error
        }
        alive = ends[0]
    }

    /// Waits until the child has ended, and kills it when its time is over.
    consuming func wait(nanoseconds: UInt64) -> End {
        defer { close(alive) }
        let isInTime = waitForEnd(nanoseconds)
        // Also for a child that closed the pipe and goes on, or left others behind. Until the child is reaped, its
        // number is nobody else's.
        if !isInTime { kill(-identifier, SIGKILL) }
        var information = unsafe siginfo_t()
        while unsafe waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        kill(-identifier, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        if !isInTime { return .timedOut }
        return status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .signalled(status & 0x7F)
    }

    /// Waits for the other end of the pipe; a signal to this thread does not end it.
    private borrowing func waitForEnd(_ nanoseconds: UInt64) -> Bool {
        let end = Clock.now() + nanoseconds
        while true {
            let now = Clock.now()
            let milliseconds = now < end ? (end - now + 999_999) / 1_000_000 : 0
            var watched = pollfd(fd: alive, events: Int16(POLLIN), revents: 0)
            let count = unsafe poll(&watched, 1, Int32(clamping: milliseconds))
            if count > 0 { return true }
            if count == 0 || errno != EINTR { return false }
        }
    }
}
