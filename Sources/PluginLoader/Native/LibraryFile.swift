import Glibc

/// A library that is opened before this process gives up the right to find it.
///
/// It is mapped by its descriptor, which another user can still open if the file's own mode lets it.
package final class LibraryFile: Sendable {
    /// Where it was found, for messages.
    package let path: String
    /// What has to stay open until it is mapped.
    package let descriptor: Int32

    /// Opens a file.
    ///
    /// - Throws: Why it cannot be opened.
    package init(_ path: String) throws(LoadError) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
            throw LoadError("cannot open \(path): \(reason)")
        }
        self.path = path
    }

    deinit {
        close(descriptor)
    }

    /// The path that leads to the open file, whatever is at its own path by now.
    package var openPath: String { "/proc/self/fd/\(descriptor)" }
}
