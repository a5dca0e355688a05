/// One part of a sandbox.
package enum SandboxPart: String, Sendable, Hashable, CaseIterable {
    /// Descriptors of others are closed.
    case descriptors
    /// The process is one of a user without rights.
    case user
    case capabilities
    /// The process ends with its parent.
    case parent
    case noNewPrivileges = "no_new_privileges"
    /// No core, and no look into its memory.
    case hiddenMemory = "hidden_memory"
    /// Limits of memory, files and processor time.
    case limits
    /// Memory that was writable does not become executable.
    case writeExecute = "write_execute"
    /// Only some files can be read, none written.
    case files
    /// Dangerous system calls are refused.
    case systemCalls = "system_calls"
    /// No file at all can be opened.
    case noFiles = "no_files"
    /// All but a few system calls are refused.
    case fewSystemCalls = "few_system_calls"

    /// What a message calls it.
    package var phrase: String {
        switch self {
        case .descriptors: "closing inherited descriptors"
        case .user: "becoming a user without rights"
        case .capabilities: "giving up capabilities"
        case .parent: "following the parent process"
        case .noNewPrivileges: "refusing new privileges"
        case .hiddenMemory: "hiding the process's memory"
        case .limits: "limiting memory, files and time"
        case .writeExecute: "refusing memory that is writable and executable"
        case .files: "restricting files (Landlock)"
        case .systemCalls: "refusing system calls (seccomp)"
        case .noFiles: "refusing all files (Landlock)"
        case .fewSystemCalls: "refusing all but a few system calls (seccomp)"
        }
    }

    /// What to do where the kernel does not have it.
    package var mend: String {
        switch self {
        case .user:
            "run the gateway as another user than root, or give it CAP_SETUID and CAP_SETGID"
        case .writeExecute: "use Linux 6.3 or newer, or set sandbox.allow_jit"
        case .files, .noFiles: "use Linux 6.2 or newer with Landlock among its security modules"
        case .systemCalls, .fewSystemCalls: "let the container's own filter allow seccomp"
        default: "use a newer kernel"
        }
    }
}
