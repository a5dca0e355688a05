import CLinux
import Glibc

/// The reading end of a pipe that a child writes to, which may be hostile: it never waits, and keeps so much.
struct PipeReader: ~Copyable {
    /// The end to read from; -1 when nobody can write any more.
    private(set) var descriptor: Int32
    /// The end to hand to a child, out of the way of low numbers; -1 once it is closed here.
    private(set) var writing: Int32
    /// What was written, as far as it is kept.
    private(set) var bytes: [UInt8] = []
    /// Whether more was written than is kept.
    private(set) var isCut = false
    private let limit: Int

    init(keeping limit: Int) throws(LoadError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe hookgate_pipe(&ends) == 0 else { throw LoadError("cannot make a pipe: error \(errno)") }
        // The other end stays one that waits until there is room.
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        descriptor = ends[0]
        writing = Descriptors.raised(ends[1])
        self.limit = limit
    }

    deinit {
        for end in [descriptor, writing] where end >= 0 { close(end) }
    }

    /// Leaves the writing end to the child.
    mutating func handOver() {
        close(writing)
        writing = -1
    }

    /// Reads what is there, but no more than a pipe holds: whoever writes all the time does not keep its reader.
    mutating func read() {
        var buffer = [UInt8](repeating: 0, count: 65536)
        for _ in 0..<16 where descriptor >= 0 {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                let kept = min(count, limit - bytes.count)
                bytes += buffer[..<kept]
                isCut = isCut || kept < count
            } else if count == 0 {
                close(descriptor)
                descriptor = -1
            } else if errno != EINTR {
                return
            }
        }
    }
}
