import Glibc

/// What a command has to say, kept apart from what its plugins print.
///
/// Descriptor 1 belongs to every library of the process. A command that loads plugins keeps a copy of it for its own
/// lines, and lets 1 lead to standard error.
struct StandardOutput {
    private let descriptor: Int32

    /// Takes standard output over from the plugins of this process.
    init() {
        let copy = fcntl(1, F_DUPFD_CLOEXEC, 3)
        descriptor = copy >= 0 && dup2(2, 1) == 1 ? copy : 1
    }

    /// Prints a line, at once: somebody may wait for it.
    func print(_ line: String) {
        Descriptor.write(line + "\n", to: descriptor)
    }
}
