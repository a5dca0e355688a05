import Glibc

/// Descriptors of this process.
package enum Descriptors {
    /// Moves a descriptor out of the way of the low numbers that a child gets its own ones under.
    ///
    /// - Returns: The new number, or -1 if the old one was or there is none left.
    package static func raised(_ descriptor: Int32) -> Int32 {
        guard descriptor >= 0, descriptor < 16 else { return descriptor }
        defer { close(descriptor) }
        return fcntl(descriptor, F_DUPFD_CLOEXEC, 16)
    }
}
