package import Glibc

/// Runs commands.
package enum ChildProcess {
    /// What a command has printed, and how it ended.
    package struct Result: Sendable, Equatable {
        /// The exit status; 128 and the number of the signal that ended it.
        package var status: Int32
        /// Standard output.
        package var output: String
        /// Standard error.
        package var errors: String
        /// The lines of standard output.
        package var lines: [String] { output.split(separator: "\n").map(String.init) }

        package init(status: Int32, output: String = "", errors: String = "") {
            self.status = status
            self.output = output
            self.errors = errors
        }
    }

    /// Runs a command to its end.
    package static func run(
        _ path: String,
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:]
    ) throws -> Result {
        let files = try TemporaryDirectory()
        try files.write(input, to: "input")
        let child = try unsafe start(
            path,
            arguments,
            environment: environment,
            streams(input: files("input"), output: files("output"), errors: files("errors"))
        )
        let status = wait(for: child)
        return Result(
            status: status,
            output: try Files.readText(files("output")),
            errors: try Files.readText(files("errors"))
        )
    }

    /// Descriptors of a command that reads a file and writes into others.
    package static func streams(
        input: String = "/dev/null",
        output: String,
        errors: String
    ) -> (UnsafeMutablePointer<posix_spawn_file_actions_t>) -> Void {
        { actions in
            unsafe posix_spawn_file_actions_addopen(actions, 0, input, O_RDONLY, 0)
            unsafe posix_spawn_file_actions_addopen(actions, 1, output, O_WRONLY | O_CREAT, 0o600)
            unsafe posix_spawn_file_actions_addopen(actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
        }
    }

    /// Starts a command.
    ///
    /// - Parameters:
    ///   - path: The executable.
    ///   - arguments: Its arguments, without its name.
    ///   - environment: Variables, besides those of this process.
    ///   - prepare: Says what its descriptors are.
    /// - Returns: The process, which has to be waited for.
    /// - Throws: That it cannot be started.
    package static func start(
        _ path: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        _ prepare: (UnsafeMutablePointer<posix_spawn_file_actions_t>) -> Void
    ) throws -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe prepare(&actions)
        // Threads of a task block signals, which their children would not get either.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        unsafe sigemptyset(&noSignals)
        unsafe posix_spawnattr_setsigmask(&attributes, &noSignals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var child: pid_t = 0
        let failure = unsafe strings([path] + arguments) { arguments in
            unsafe strings(variables(environment)) { variables in
                unsafe posix_spawn(&child, path, &actions, &attributes, arguments, variables)
            }
        }
        guard failure == 0 else { throw SetupFailure("cannot start \(path): error \(failure)") }
        return child
    }

    /// Waits for the end of a process.
    ///
    /// - Returns: Its exit status; 128 and the number of the signal that ended it.
    package static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
    }

    /// The variables of this process and others, which win.
    private static func variables(_ others: [String: String]) -> [String] {
        var variables: [String] = []
        var next = unsafe environ
        while let variable = unsafe next.pointee {
            let text = unsafe String(cString: variable)
            let name = text.prefix { $0 != "=" }
            if others[String(name)] == nil { variables.append(text) }
            unsafe next += 1
        }
        return variables + others.map { "\($0)=\($1)" }
    }

    private static func strings<Value>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
    ) -> Value {
        var pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
        defer { while let pointer = unsafe pointers.popLast() { unsafe free(pointer) } }
        return unsafe body(&pointers)
    }
}
