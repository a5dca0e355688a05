import Glibc

/// Child processes of the worker's executable.
package enum ChildProcess {
    /// Starts a child, in a group of its own.
    ///
    /// - Parameters:
    ///   - executable: Its program.
    ///   - arguments: What comes after the program's path.
    ///   - variables: What its environment has besides what says how programs run here.
    ///   - descriptors: What it gets under which number; ours are from 16 on, so that none is in another's way.
    /// - Returns: Its number.
    /// - Throws: The system's error.
    package static func spawn(
        _ executable: WorkerExecutable,
        _ arguments: [String],
        variables: [String] = [],
        descriptors: [(ours: Int32, theirs: Int32)]
    ) throws(LoadError) -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (ours, theirs) in descriptors { unsafe posix_spawn_file_actions_adddup2(&actions, ours, theirs) }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        isolate(&attributes)
        var child: pid_t = 0
        let path = "/proc/self/fd/\(executable.descriptor)"
        let failure = unsafe withStrings([executable.path] + arguments) { arguments in
            unsafe withStrings(environment + variables) { variables in
                unsafe posix_spawn(&child, path, &actions, &attributes, arguments, variables)
            }
        }
        guard failure == 0 else {
            throw LoadError("cannot start \(executable.path): error \(failure) of posix_spawn")
        }
        return child
    }

    /// A group of its own, so that all of it can be killed, and no signal mask or ignored signals of ours.
    private static func isolate(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    /// What says how programs run here, and nothing else: variables of the gateway hold secrets.
    ///
    /// The backtraces of Swift's runtime are off: they take seconds, and say more about the worker than about the plugin.
    private static var environment: [String] {
        var variables: [String] = []
        var next = unsafe environ
        while let variable = unsafe next.pointee {
            variables.append(unsafe String(cString: variable))
            unsafe next += 1
        }
        return variables.filter { variable in
            let name = String(variable.prefix { $0 != "=" })
            return name.hasPrefix("LC_") || harmless.contains(name)
        } + ["SWIFT_BACKTRACE=enable=no"]
    }

    private static let harmless: Set = ["PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH"]

    /// Lends texts as C has them, with a null after the last one.
    private static func withStrings<Result>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
        defer { while let pointer = unsafe pointers.popLast() { unsafe free(pointer) } }
        return unsafe body(&pointers)
    }
}
