/// Why a process does not enter its sandbox, and so must not load anything.
package struct SandboxError: Error, Hashable, CustomStringConvertible {
    /// The part that is not to be had; `nil` if it is not the kernel that stands in the way.
    package let part: SandboxPart?
    package let reason: String

    init(_ part: SandboxPart, _ reason: String) {
        (self.part, self.reason) = (part, reason)
    }

    init(_ reason: String) {
        (part, self.reason) = (nil, reason)
    }

    /// What failed, why, and what mends it.
    package var description: String {
        let cause =
            if let part {
                "\(part.phrase): \(reason); \(part.mend), or set sandbox.degrade to go on without it"
            } else {
                reason
            }
        return "the sandbox cannot be entered: \(cause)"
    }
}
