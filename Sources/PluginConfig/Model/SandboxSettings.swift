/// What `sandbox` says, of an entry or of the settings that hold for all; `nil` for what it leaves out.
package struct SandboxSettings: Sendable, Equatable {
    package enum Profile: String, Sendable, Equatable, CaseIterable {
        case none
        case `default`
        case strict
    }

    /// What a forbidden system call does.
    package enum ViolationAction: String, Sendable, Equatable, CaseIterable {
        /// It fails.
        case errno
        /// It ends the process.
        case kill
    }

    package var profile: Profile?
    /// Whether memory may become executable, for just-in-time compilers.
    package var allowJIT: Bool?
    /// Absolute paths of files and folders that may be read.
    package var allowRead: [String]?
    package var memoryBytes: Int?
    package var stackBytes: Int?
    package var openFiles: Int?
    package var cpuSeconds: Int?
    package var onViolation: ViolationAction?
    /// Whether a worker goes on without what the kernel lacks.
    package var degrade: Bool?
    /// A name, a number, or `UID:GID`, whom a worker of root becomes.
    package var user: Located<String>?

    package init() {}

    /// These settings, and those that hold for all where they are silent.
    package func over(_ shared: SandboxSettings) -> SandboxSettings {
        var merged = shared
        merged.profile = profile ?? shared.profile
        merged.allowJIT = allowJIT ?? shared.allowJIT
        merged.allowRead = allowRead ?? shared.allowRead
        merged.memoryBytes = memoryBytes ?? shared.memoryBytes
        merged.stackBytes = stackBytes ?? shared.stackBytes
        merged.openFiles = openFiles ?? shared.openFiles
        merged.cpuSeconds = cpuSeconds ?? shared.cpuSeconds
        merged.onViolation = onViolation ?? shared.onViolation
        merged.degrade = degrade ?? shared.degrade
        merged.user = user ?? shared.user
        return merged
    }
}
