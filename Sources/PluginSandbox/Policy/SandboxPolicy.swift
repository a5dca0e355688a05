/// What a worker process may still do once it is in its sandbox.
package struct SandboxPolicy: Sendable, Hashable {
    /// How much is taken away.
    package enum Profile: String, Sendable, Hashable, CaseIterable {
        /// Rights of the process alone: no further privileges, no capabilities, another user where that is possible.
        case none
        /// Also no network, no processes, no changes of files, and only those files that are needed or named.
        case `default`
        /// After loading nothing but memory, threads, clocks, and open descriptors.
        case strict
    }

    /// What becomes of a process that tries what it may not.
    package enum ViolationAction: String, Sendable, Hashable, CaseIterable {
        /// The call fails with EPERM, and is counted.
        case errno
        /// The process ends by SIGSYS.
        case kill
    }

    /// Whom a process of root becomes.
    package struct User: Sendable, Hashable {
        package var uid: UInt32
        package var gid: UInt32

        package init(uid: UInt32, gid: UInt32) {
            (self.uid, self.gid) = (uid, gid)
        }

        /// The user that owns nothing.
        package static let nobody = User(uid: 65_534, gid: 65_534)
    }

    package var profile: Profile
    /// Whether memory may become executable, for just-in-time compilers.
    package var allowJIT = false
    /// Files and folders that may be read besides what every plugin needs.
    package var allowRead: [String] = []
    /// Private writable memory; not limited by the profile `none`.
    package var memoryBytes: UInt64 = 256 << 20
    /// Address space, which counts reservations and shared memory as well; 0 for the memory and 1 GiB.
    package var addressSpaceBytes: UInt64 = 0
    /// The stack of threads that say nothing about theirs.
    package var stackBytes: UInt64 = 1 << 20
    package var openFiles: UInt64 = 64
    /// Seconds of a processor in the life of the process; 0 for no limit.
    package var cpuSeconds: UInt64 = 0
    package var onViolation = ViolationAction.errno
    /// Whether the process goes on without a part that the kernel lacks.
    package var degrade = false
    package var user = User.nobody

    package init(_ profile: Profile = .default) {
        self.profile = profile
    }

    /// What holds while a file is tried that later runs in the gateway's own process: what loads there also loads here,
    /// on any kernel.
    package static var probe: SandboxPolicy {
        var policy = SandboxPolicy(.default)
        policy.allowJIT = true
        policy.memoryBytes = 1 << 30
        policy.addressSpaceBytes = 1 << 46
        policy.openFiles = 256
        policy.degrade = true
        return policy
    }
}
