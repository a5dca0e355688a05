import CSystem
import Glibc

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

    init(executable: Int32, path: String, input: Int32, report: Int32, errors: Int32) throws(LoadError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe hookgate_pipe(&ends) == 0 else { throw LoadError("cannot make a pipe: error \(errno)") }
        ends[1] = Descriptors.raised(ends[1])
        defer { close(ends[1]) }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        // What a constructor prints must not reach the gateway's own output.
        unsafe posix_spawn_file_actions_adddup2(&actions, input, ProbeChild.Descriptor.request)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors, 2)
        unsafe posix_spawn_file_actions_adddup2(&actions, report, ProbeChild.Descriptor.report)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], ProbeChild.Descriptor.alive)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        Self.isolate(&attributes)
        var child: pid_t = 0
        let failure = unsafe Self.withArguments([path, "--probe"]) { arguments in
            unsafe posix_spawn(&child, "/proc/self/fd/\(executable)", &actions, &attributes, arguments, environ)
        }
        guard failure == 0 else {
            close(ends[0])
            throw LoadError("cannot start \(path): error \(failure) of posix_spawn")
        }
        identifier = child
        alive = ends[0]
    }

    /// A group of its own, so that all of it can be killed, and no signal mask of ours.
    private static func isolate(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    }

    private static func withArguments<Result>(
        _ arguments: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { for unsafe pointer in unsafe pointers { unsafe free(pointer) } }
        return unsafe body(&pointers)
    }

    /// Waits until the child has ended, and kills it when its time is over.
    consuming func wait(nanoseconds: UInt64) -> End {
        defer { close(alive) }
        var watched = pollfd(fd: alive, events: Int16(POLLIN), revents: 0)
        let milliseconds = Int32(clamping: nanoseconds / 1_000_000)
        let isInTime = unsafe poll(&watched, 1, milliseconds) > 0
        // Also for a child that closed the pipe and goes on, or left others behind.
        if !isInTime { kill(-identifier, SIGKILL) }
        var status: Int32 = 0
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        kill(-identifier, SIGKILL)
        if !isInTime { return .timedOut }
        return status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .signalled(status & 0x7F)
    }
}
