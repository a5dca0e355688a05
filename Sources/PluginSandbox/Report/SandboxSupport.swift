import CSandbox

/// What this kernel has of a sandbox's parts; a container may hide some.
package struct SandboxSupport: Sendable, Hashable {
    /// Whether there are filters for this processor.
    package var architecture = false
    package var seccomp = false
    /// The version of Landlock's interface; 0 without it.
    package var landlock = 0
    package var closeRange = false
    package var denyWriteExecute = false

    package init() {}

    /// What this process could use.
    package static var current: SandboxSupport {
        var parts = hookgate_sandbox_parts()
        unsafe hookgate_sandbox_support(&parts)
        var support = SandboxSupport()
        support.architecture = parts.architecture
        support.seccomp = parts.seccomp
        support.landlock = Int(parts.landlock)
        support.closeRange = parts.close_range
        support.denyWriteExecute = parts.deny_write_execute
        return support
    }

    /// What files are not protected from by a Landlock that is there; `nil` if there is nothing.
    package var landlockFault: String? {
        (1..<3).contains(landlock) ? "version \(landlock) of Landlock lets files that can be read be truncated" : nil
    }

    /// The parts of a policy that cannot be in force here.
    ///
    /// Without `degrade` a worker with this policy would refuse to start.
    package func missing(for policy: SandboxPolicy) -> [SandboxReport.Missing] {
        var missing: [SandboxReport.Missing] = []
        func lacks(_ part: SandboxPart, _ reason: String) {
            missing.append(SandboxReport.Missing(part, "\(reason); \(part.mend)"))
        }
        if !closeRange { lacks(.descriptors, "the kernel has no close_range") }
        guard policy.profile != .none else { return missing }
        if !policy.allowJIT, !denyWriteExecute { lacks(.writeExecute, "the kernel has no PR_SET_MDWE") }
        if landlock == 0 {
            lacks(.files, "the kernel has no Landlock, or a container forbids it")
        } else if let landlockFault {
            lacks(.files, landlockFault)
        }
        if !architecture {
            lacks(.systemCalls, "there are filters for x86-64 and aarch64 only")
        } else if !seccomp {
            lacks(.systemCalls, "seccomp filters are not allowed here")
        }
        return missing
    }
}
