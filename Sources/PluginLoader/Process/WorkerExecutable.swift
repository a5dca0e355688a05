import Glibc

/// The executable that probes plugins and runs them in processes of their own.
///
/// It is opened once, so that an upgrade of the installation does not change it under a running gateway.
package final class WorkerExecutable: Sendable {
    package let path: String
    package let descriptor: Int32

    /// - Throws: That it is missing, and where it is looked for.
    package init(_ path: String) throws(LoadError) {
        self.path = path
        descriptor = Descriptors.raised(unsafe open(path, O_RDONLY | O_CLOEXEC))
        guard descriptor >= 0, unsafe access(path, X_OK) == 0 else {
            throw LoadError(
                "\(path): the worker that probes plugins before they are loaded is missing or not executable; "
                    + "install `hookgate-worker` there, or give its path"
            )
        }
    }

    deinit {
        close(descriptor)
    }
}
