import Glibc
import PluginSandbox
import Testing

@Suite("Entering a sandbox")
struct EntryTests {
    private static let rights: [SandboxPart] = [.capabilities, .parent, .noNewPrivileges, .hiddenMemory, .limits]
    private static let standard: [SandboxPart] = [.writeExecute, .files, .systemCalls]
    private static let noUser = "there is no user 65534:65534 in this container, so it stays root"

    @Test(
        "all parts of a profile are in force",
        arguments: [
            (.none, []), (.default, standard), (.strict, standard + [.noFiles, .fewSystemCalls]),
        ] as [(SandboxPolicy.Profile, [SandboxPart])],
        Deeds.Start.all
    )
    func isComplete(expected: (profile: SandboxPolicy.Profile, parts: [SandboxPart]), start: Deeds.Start) throws {
        var report = SandboxReport(expected.profile)
        report.inForce = [.descriptors] + (start.staysRoot ? [] : [.user]) + Self.rights + expected.parts
        report.remarks = start.staysRoot ? [Self.noUser] : []
        let result = try Deeds(SandboxPolicy(expected.profile), afterLoading: true, from: start).run([])
        #expect(result == Deeds.Result(report: report, violations: 0))
    }

    @Test("root that is to stay root has no rights either")
    func root() throws {
        var policy = SandboxPolicy(.none)
        policy.user = SandboxPolicy.User(uid: 0, gid: 0)
        let result = try Deeds(policy).run(["gain_capabilities", "mount_memory"])
        #expect(result.deeds["gain_capabilities"] == "EPERM")
        #expect(result.report?.inForce.contains(.capabilities) == true)
        let remarks = geteuid() == 0 ? ["it stays root, without capabilities, as configured"] : []
        #expect(result.report?.remarks == remarks)
    }

    @Test("a path that is not there is remarked")
    func absentPath() throws {
        var policy = SandboxPolicy(.default)
        policy.allowRead = ["/nowhere/model.bin"]
        let remarks = try Deeds(policy).run([]).report?.remarks
        #expect(remarks?.contains("/nowhere/model.bin cannot be read: No such file or directory") == true)
    }

    @Test("a process whose parent is another one does not go on, not even without a part")
    func orphan() throws {
        var policy = SandboxPolicy(.none)
        policy.degrade = true
        var deeds = Deeds(policy)
        deeds.parent = 1
        let text = "the sandbox cannot be entered: the parent process 1 has ended"
        #expect(try deeds.run([]) == Deeds.Result(refusal: text))
    }

    @Test("a process with several threads is too late")
    func threads() throws {
        var deeds = Deeds(SandboxPolicy(.none))
        deeds.hasThread = true
        let text = "the sandbox cannot be entered: the process has 2 threads already, which would stay outside"
        #expect(try deeds.run([]) == Deeds.Result(refusal: text))
    }

    @Test(
        "a plugin that keeps the strict filter out does not go on, not even without a part",
        arguments: [false, true]
    )
    func pretence(degrade: Bool) throws {
        var policy = SandboxPolicy(.strict)
        policy.degrade = degrade
        var deeds = Deeds(policy, afterLoading: true)
        deeds.pretendsFilters = true
        let text =
            "the sandbox cannot be entered: a filter that the plugin has installed keeps the strict one from being in "
            + "force"
        #expect(try deeds.run(["socket_inet"]) == Deeds.Result(refusal: text))
    }

    /// A part, the system call and the first argument without which the kernel lacks it, and the deed that it prevents.
    private static let parts: [(part: SandboxPart, call: Int, option: Int, deed: String)] = [
        (.descriptors, 436, -1, "look_at_limit"), (.files, 444, -1, "read_passwd"),
        (.writeExecute, prctl, 65, "make_executable"), (.systemCalls, seccomp, -1, "socket_inet"),
    ]

    #if arch(x86_64)
    private static let prctl = 157
    private static let seccomp = 317
    #else
    private static let prctl = 167
    private static let seccomp = 277
    #endif

    @Test("a kernel that lacks a part is refused, and says what mends it", arguments: parts)
    func isRefused(part: SandboxPart, call: Int, option: Int, deed: String) throws {
        var deeds = Deeds(SandboxPolicy(.default))
        deeds.hidden = (call, option)
        let refusal = try #require(try deeds.run([deed]).refusal)
        #expect(refusal.hasPrefix("the sandbox cannot be entered: "))
        #expect(refusal.contains("Function not implemented; "))
        #expect(refusal.hasSuffix(", or set sandbox.degrade to go on without it"))
    }

    @Test("a process may go on without a part, and says so", arguments: parts)
    func degrades(part: SandboxPart, call: Int, option: Int, deed: String) throws {
        var policy = SandboxPolicy(.default)
        policy.degrade = true
        var deeds = Deeds(policy)
        deeds.hidden = (call, option)
        let result = try deeds.run([deed, "run_tasks"])
        #expect(result.report?.missing == [SandboxReport.Missing(part, "Function not implemented")])
        #expect(result.report?.inForce.contains(part) == false)
        #expect(result.deeds == [deed: "ok", "run_tasks": "ok"])
    }
}
