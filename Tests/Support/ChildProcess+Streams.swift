package import Glibc

extension ChildProcess {
    /// Descriptors of a command that reads nothing and writes into files.
    package static func streams(
        output: String,
        errors: String
    ) -> (UnsafeMutablePointer<posix_spawn_file_actions_t>) -> Void {
        { actions in
            unsafe posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0)
            unsafe posix_spawn_file_actions_addopen(actions, 1, output, O_WRONLY | O_CREAT, 0o600)
            unsafe posix_spawn_file_actions_addopen(actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
        }
    }
}
