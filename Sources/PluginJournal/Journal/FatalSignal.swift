import Glibc

/// A signal that ends a process because of what its code did.
package struct FatalSignal: Sendable, Hashable {
    private static let known: [(number: Int32, name: String, cause: String)] = [
        (SIGSEGV, "SIGSEGV", "a wild pointer, or a stack overflow"),
        (SIGBUS, "SIGBUS", "a truncated file, or a misaligned access"),
        (SIGILL, "SIGILL", "a trap, as of fatalError"),
        (SIGFPE, "SIGFPE", "a division by zero"),
        (SIGABRT, "SIGABRT", "abort, or a failed assertion"),
        (SIGTRAP, "SIGTRAP", "a trap"),
        (SIGSYS, "SIGSYS", "a system call that is not allowed"),
    ]

    /// Such as `SIGSEGV`.
    package let name: String
    /// What is most often behind it.
    package let cause: String

    /// - Parameter number: The signal's number; `nil` comes of one that is not of this kind.
    package init?(_ number: Int32) {
        guard let known = Self.known.first(where: { $0.number == number }) else { return nil }
        (name, cause) = (known.name, known.cause)
    }

    /// Whether it is about an address.
    var hasAddress: Bool { name == "SIGSEGV" || name == "SIGBUS" }

    /// - Parameter name: The signal's name; `nil` comes of one that is not of this kind.
    package init?(named name: String) {
        guard let known = Self.known.first(where: { $0.name == name }) else { return nil }
        (self.name, cause) = (known.name, known.cause)
    }
}

/// Digests of files.
enum Digest {
    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
