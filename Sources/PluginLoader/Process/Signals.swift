import Glibc

/// Names of signals for messages.
package enum Signals {
    /// The name of a signal, and what it mostly means.
    package static func name(_ number: Int32) -> String {
        let names: [Int32: String] = [
            SIGABRT: "SIGABRT (abort, or a failed assertion)", SIGSEGV: "SIGSEGV (a wild pointer)",
            SIGBUS: "SIGBUS (a truncated file, or a misaligned access)",
            SIGILL: "SIGILL (a Swift trap, or a newer CPU)",
            SIGFPE: "SIGFPE (a division by zero)", SIGKILL: "SIGKILL", SIGTERM: "SIGTERM", SIGSYS: "SIGSYS",
            SIGTRAP: "SIGTRAP (a trap)",
        ]
        return names[number] ?? "signal \(number)"
    }
}
