import Glibc
import WorkerProtocol

/// A descriptor that is closed with this.
struct OwnedDescriptor: ~Copyable, Sendable {
    let number: Int32

    /// - Parameters:
    ///   - number: What the system has just given, or -1 if it has not.
    ///   - what: What it is.
    /// - Throws: That there is none, and the system's error.
    init(_ number: Int32, _ what: String) throws(WorkerError) {
        guard number >= 0 else { throw WorkerError("cannot make \(what): error \(errno)") }
        self.number = number
    }

    deinit {
        close(number)
    }
}
