/// Why a process does not enter its sandbox, and so must not load anything.
package struct SandboxError: Error, Hashable, CustomStringConvertible {
    package let part: SandboxPart
    package let reason: String

    init(_ part: SandboxPart, _ reason: String) {
        (self.part, self.reason) = (part, reason)
    }

    /// What failed, why, and what mends it.
    package var description: String {
        let mend = part == .parent ? "" : "; \(part.mend), or set sandbox.degrade to go on without it"
        return "the sandbox cannot be entered: \(part.phrase): \(reason)\(mend)"
    }
}
