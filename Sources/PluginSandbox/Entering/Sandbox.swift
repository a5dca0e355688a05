package import CSandbox
import Glibc

/// The sandbox that this process is in.
///
/// It is entered in two steps by a process that has one thread yet: before a plugin is loaded, since loading runs its
/// code, and after it is loaded, when it needs no file any more.
package struct Sandbox: Sendable {
    package let policy: SandboxPolicy
    /// What is in force until now.
    package private(set) var report: SandboxReport
    private var rules = hookgate_sandbox_rules()

    /// Takes away what a plugin does not need, in the order in which one step does not prevent the next.
    ///
    /// The process keeps what is taken away even if an error is thrown; it has to end then.
    ///
    /// - Parameters:
    ///   - policy: What is left to it.
    ///   - readable: Files and folders to read besides those of the policy: the plugin, and bundled libraries. They are
    ///     looked up before the process becomes another user.
    ///   - parent: The process to end with. It has to have been started by a thread of that which lives as long.
    ///   - descriptors: What stays open; `nil` leaves all as it is.
    ///   - violations: Where refused calls are counted; it has to stay for the life of the process.
    /// - Returns: The sandbox, which says what is in force.
    /// - Throws: Which part is not to be had, if the policy does not do without.
    package static func enterBeforeLoading(
        _ policy: SandboxPolicy,
        readable: [String],
        parent: pid_t,
        keeping descriptors: [Int32]? = nil,
        violations: UnsafeMutablePointer<hookgate_sandbox_violations>? = nil
    ) throws(SandboxError) -> Sandbox {
        var sandbox = Sandbox(policy)
        try sandbox.checkThreads()
        if let descriptors { try sandbox.close(allBut: descriptors) }
        let files = policy.profile == .none ? nil : try sandbox.rulesForFiles(readable)
        try sandbox.giveUpRights(parent)
        try sandbox.limit()
        guard policy.profile != .none else { return sandbox }
        if !policy.allowJIT { try sandbox.take(.writeExecute, hookgate_sandbox_deny_write_execute()) }
        if let files { try sandbox.restrictFiles(files) }
        try unsafe sandbox.refuseSystemCalls(violations)
        return sandbox
    }

    /// Takes away the rest, if the profile is `strict`; otherwise does nothing.
    ///
    /// The system calls are refused to all threads. Those that exist already keep the rules for files that they have,
    /// which makes no difference, as none can open one any more.
    ///
    /// - Parameter control: The descriptor over which the gateway may send further descriptors, to be mapped shared;
    ///   `nil` if none come.
    /// - Throws: Which part is not to be had, if the policy does not do without.
    package mutating func enterAfterLoading(control: Int32? = nil) throws(SandboxError) {
        guard policy.profile == .strict else { return }
        let files = hookgate_sandbox_files()
        try take(.noFiles, files < 0 ? files : hookgate_sandbox_restrict_files(files))
        rules.control = control ?? -1
        let result = unsafe hookgate_sandbox_filter_strict(&rules)
        guard result != -EPROTO else {
            throw SandboxError("a filter that the plugin has installed keeps the strict one from being in force")
        }
        try take(.fewSystemCalls, result)
    }

    private init(_ policy: SandboxPolicy) {
        self.policy = policy
        report = SandboxReport(policy.profile)
        rules.allows_jit = policy.allowJIT
        rules.becomes_strict = policy.profile == .strict
        rules.kills = policy.onViolation == .kill
        rules.control = -1
    }

    // MARK: Steps

    /// Most parts hold for the thread that takes them, and for those that it starts.
    private func checkThreads() throws(SandboxError) {
        let count = hookgate_sandbox_threads()
        guard count <= 1 else {
            throw SandboxError("the process has \(count) threads already, which would stay outside")
        }
    }

    private mutating func close(allBut descriptors: [Int32]) throws(SandboxError) {
        let kept = descriptors.sorted()
        let result = unsafe kept.withUnsafeBufferPointer { kept in
            unsafe hookgate_sandbox_close(0, kept.baseAddress, kept.count)
        }
        try take(.descriptors, result)
    }

    /// Looks up the paths, which another user might not reach.
    private mutating func rulesForFiles(_ readable: [String]) throws(SandboxError) -> Int32? {
        let files = hookgate_sandbox_files()
        guard files >= 0 else {
            try miss(.files, files)
            return nil
        }
        if let fault = SandboxSupport.current.landlockFault {
            guard policy.degrade else { throw SandboxError(.files, fault) }
            report.missing.append(SandboxReport.Missing(.files, fault))
        }
        for path in ReadablePaths.customary { _ = unsafe hookgate_sandbox_allow_reading(files, path) }
        _ = unsafe hookgate_sandbox_allow_writing(files, ReadablePaths.sink)
        hookgate_sandbox_allow_libraries(files)
        if !SandboxSupport.current.seccomp {
            _ = unsafe hookgate_sandbox_allow_reading(files, ReadablePaths.processes)
            report.remarks.append("\(ReadablePaths.processes) can be read, as nothing else answers for it")
        }
        for path in readable + policy.allowRead {
            let result = unsafe hookgate_sandbox_allow_reading(files, path)
            if result < 0 { report.remarks.append("\(path) cannot be read: \(Self.text(result))") }
        }
        return files
    }

    /// Has the rules hold, also those of a kernel whose rules are not all that is wanted.
    private mutating func restrictFiles(_ files: Int32) throws(SandboxError) {
        let result = hookgate_sandbox_restrict_files(files)
        rules.restricts_files = result == 0
        if SandboxSupport.current.landlockFault == nil { try take(.files, result) }
    }

    private mutating func giveUpRights(_ parent: pid_t) throws(SandboxError) {
        try becomeUser()
        try take(.capabilities, hookgate_sandbox_drop_capabilities())
        let result = hookgate_sandbox_follow(parent)
        guard result == 0 else {
            // Whoever has lost its parent is of no use to anybody.
            throw SandboxError(result == -ESRCH ? "the parent process \(parent) has ended" : Self.text(result))
        }
        report.inForce.append(.parent)
        try take(.noNewPrivileges, hookgate_sandbox_no_new_privileges())
        try take(.hiddenMemory, hookgate_sandbox_hide_memory())
    }

    private mutating func becomeUser() throws(SandboxError) {
        let user = policy.user
        guard geteuid() == 0 else { return report.inForce.append(.user) }
        guard user.uid != 0 else { return report.remarks.append("it stays root, without capabilities, as configured") }
        guard user.existsHere else {
            // This root is none outside; it is whoever has started the container, as the gateway is.
            return report.remarks.append("there is no user \(user.uid):\(user.gid) in this container, so it stays root")
        }
        try take(.user, hookgate_sandbox_become(user.uid, user.gid))
    }

    private mutating func limit() throws(SandboxError) {
        var limits: [(hookgate_sandbox_resource, UInt64)] = [
            (HOOKGATE_SANDBOX_CORE, 0), (HOOKGATE_SANDBOX_FILES, policy.openFiles),
        ]
        if policy.cpuSeconds > 0 { limits.append((HOOKGATE_SANDBOX_CPU, policy.cpuSeconds)) }
        if policy.profile != .none {
            limits.append((HOOKGATE_SANDBOX_DATA, policy.memoryBytes))
            // Shared memory is no data; reservations are address space, so this one is loose.
            let loose = min(policy.memoryBytes, 1 << 46) + (1 << 30)
            let space = policy.addressSpaceBytes
            limits.append((HOOKGATE_SANDBOX_ADDRESS_SPACE, space == 0 ? loose : space))
        }
        for (resource, most) in limits {
            let result = hookgate_sandbox_limit(resource, most)
            guard result == 0 else { return try miss(.limits, result) }
        }
        try take(.limits, hookgate_sandbox_stack(Int(clamping: policy.stackBytes)))
    }

    private mutating func refuseSystemCalls(
        _ violations: UnsafeMutablePointer<hookgate_sandbox_violations>?
    ) throws(SandboxError) {
        var result = unsafe hookgate_sandbox_answer(violations, rules.kills)
        if result == 0 { result = unsafe hookgate_sandbox_filter_default(&rules) }
        try take(.systemCalls, result)
    }

    // MARK: Results

    /// Notes that a part is in force, or why not.
    private mutating func take(_ part: SandboxPart, _ result: Int32) throws(SandboxError) {
        guard result == 0 else { return try miss(part, result) }
        report.inForce.append(part)
    }

    private mutating func miss(_ part: SandboxPart, _ result: Int32) throws(SandboxError) {
        guard policy.degrade else { throw SandboxError(part, Self.text(result)) }
        report.missing.append(SandboxReport.Missing(part, Self.text(result)))
    }

    private static func text(_ result: Int32) -> String {
        guard let text = unsafe strerror(-result) else { return "error \(-result)" }
        return unsafe String(cString: text)
    }
}
