package import Glibc

/// What starting a child process takes.
package enum ChildProcess {
    /// A group of its own, so that all of it can be killed, and no signal mask or ignored signals of ours.
    package static func isolate(_ attributes: inout posix_spawnattr_t) {
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
    package static var environment: [String] {
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
    package static func withStrings<Result>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
        defer { while let pointer = unsafe pointers.popLast() { unsafe free(pointer) } }
        return unsafe body(&pointers)
    }
}
