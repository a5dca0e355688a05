import CSandbox
import PluginPayloads
import PluginSandbox
import Testing

@Suite("A sandbox's report")
struct ReportTests {
    private static let full: SandboxReport = {
        var report = SandboxReport(.strict)
        report.inForce = SandboxPart.allCases
        report.missing = [SandboxReport.Missing(.files, "Function not implemented")]
        report.remarks = ["/x cannot be read: Permission denied"]
        return report
    }()

    @Test("travels as JSON without loss", arguments: [SandboxReport(.none), full])
    func travels(report: SandboxReport) throws {
        let text = JSONValue.object(report.object).description
        #expect(SandboxReport(try PayloadBlock(json: Array(text.utf8)).value) == report)
    }

    @Test(
        "is read strictly, for it comes from a process that runs foreign code",
        arguments: [
            ("profile", "loose"), ("in_force", ["magic"]), ("in_force", 1), ("missing", [["part": "files"]]),
            ("missing", [["part": "x", "reason": "y"]]), ("remarks", [1]), ("remarks", .null),
        ] as [(String, JSONValue)]
    )
    func isStrict(key: String, value: JSONValue) {
        var object = Self.full.object
        object[key] = value
        #expect(SandboxReport(.object(object)) == nil)
    }

    @Test("says in one line what is missing")
    func warning() {
        #expect(SandboxReport(.default).warning == nil)
        let text = "the sandbox strict is incomplete: restricting files (Landlock): Function not implemented"
        #expect(Self.full.warning == text)
    }

    @Test(
        "names system calls",
        arguments: [(41, "socket"), (257, "openat"), (435, "clone3"), (4_000, "system call 4000")]
    )
    func names(number: UInt32, name: String) {
        #if arch(x86_64)
        #expect(SandboxViolations.name(ofCall: number) == name)
        #endif
        #expect(SandboxViolations.name(ofCall: 435) == "clone3")
    }

    @Test("shows no line breaks of a path")
    func visiblePath() {
        #expect(SandboxViolations.text(call: 435, path: "/a\nb\u{1B}c") == "clone3 /a?b?c")
    }

    @Test("has no last violation without any")
    func noViolation() {
        var memory = hookgate_sandbox_violations()
        let violations = unsafe SandboxViolations(at: &memory)
        #expect(violations.count == 0)
        #expect(violations.last == nil)
    }

    @Test("what a kernel lacks is known before a worker starts")
    func support() {
        var support = SandboxSupport()
        var jit = SandboxPolicy(.default)
        jit.allowJIT = true
        #expect(support.missing(for: SandboxPolicy(.none)).map(\.part) == [.descriptors])
        #expect(
            support.missing(for: SandboxPolicy()).map(\.part) == [.descriptors, .writeExecute, .files, .systemCalls]
        )
        #expect(support.missing(for: jit).map(\.part) == [.descriptors, .files, .systemCalls])
        (support.architecture, support.closeRange, support.landlock) = (true, true, 3)
        #expect(
            support.missing(for: jit) == [
                SandboxReport.Missing(
                    .systemCalls,
                    "seccomp filters are not allowed here; let the container's own filter allow seccomp"
                )
            ]
        )
        support.seccomp = true
        #expect(support.missing(for: jit) == [])
        support.landlock = 2
        #expect(
            support.missing(for: jit) == [
                SandboxReport.Missing(
                    .files,
                    "version 2 of Landlock lets files that can be read be truncated; use Linux 6.2 or newer with Landlock "
                        + "among its security modules"
                )
            ]
        )
    }

    @Test("what is found here agrees with what a process can enter")
    func current() throws {
        let missing = SandboxSupport.current.missing(for: SandboxPolicy()).map(\.part)
        var policy = SandboxPolicy()
        policy.degrade = true
        let report = try #require(try Deeds(policy).run([]).report)
        #expect(report.missing.map(\.part) == missing)
    }
}
