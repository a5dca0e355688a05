import Glibc
import PluginLoader
import PluginPayloads
import PluginSandbox
import Synchronization
import TestSupport
import Testing

@Suite("The sandbox of a probe")
struct ProbeSandboxTests {
    private static func probe(_ path: String, _ policy: SandboxPolicy) async throws -> ProbeReport {
        let prober = try Prober(worker: BuiltProducts.directory() + "/hookgate-worker")
        let request = ProbeRequest(
            path: path,
            bundledLibraries: [],
            subject: .plugin(configuration: [:]),
            sandbox: policy
        )
        return try await prober.probe(request, within: 5_000_000_000)
    }

    private static func misbehave(_ policy: SandboxPolicy) async throws -> String {
        do {
            _ = try await probe(FixturePlugin.path("constructor_misbehaves"), policy)
            return "the constructor did not end the process"
        } catch let error as LoadError {
            return error.description
        }
    }

    private static let prefix = "a trial load died of SIGABRT (abort, or a failed assertion); it said: "

    @Test(
        "a constructor that misbehaves achieves nothing",
        arguments: [SandboxPolicy.probe, SandboxPolicy(.default), SandboxPolicy(.strict)]
    )
    func achievesNothing(policy: SandboxPolicy) async throws {
        #expect(
            try await Self.misbehave(policy)
                == Self.prefix + "shadow EACCES, passwd EACCES, file EACCES, environ EACCES, mem EACCES, socket EPERM, "
                + "fork EPERM, exec EPERM, kill EPERM, ptrace EPERM, 0 variables"
        )
    }

    @Test("without the sandbox it would")
    func wouldAchieve() async throws {
        let text = try await Self.misbehave(SandboxPolicy(.none))
        #expect(text.hasPrefix(Self.prefix))
        for deed in ["passwd ok", "socket ok", "fork ok", "exec ENOENT", "0 variables"] {
            #expect(text.contains(deed), "\(text)")
        }
        _ = unsafe unlink("/tmp/hookgate-misbehaves")
    }

    @Test("no descriptor leads to a file that can be written", arguments: SandboxPolicy.Profile.allCases)
    func writesNoFile(profile: SandboxPolicy.Profile) async throws {
        let report = try await Self.probe(FixturePlugin.path("constructor_writes_files"), SandboxPolicy(profile))
        #expect(report.name == "constructor_writes_files")
        #expect(report.refusal == nil)
    }

    @Test("a plugin is found in a folder that another user cannot enter", arguments: SandboxPolicy.Profile.allCases)
    func privateFolder(profile: SandboxPolicy.Profile) async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.copy(FixturePlugin.path("does_nothing"), to: "plugin.so")
        #expect(unsafe chmod(directory.path, 0o700) == 0)
        let report = try await Self.probe(path, SandboxPolicy(profile))
        #expect(report.name == "does_nothing")
        #expect(report.refusal == nil)
    }

    @Test("a plugin whose file is replaced meanwhile is the one that was opened", arguments: [false, true])
    func replacedFile(isStrict: Bool) async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.copy(FixturePlugin.path("does_nothing"), to: "plugin.so")
        let others = try (0..<2).map { try directory.copy(path, to: "other-\($0).so") }
        let isDone = Atomic<Bool>(false)
        async let replacing: Void = Blocking.run {
            var turn = 0
            while !isDone.load(ordering: .relaxed) {
                try #require(unsafe link(others[turn % 2], path + ".new") == 0)
                try #require(unsafe rename(path + ".new", path) == 0)
                turn += 1
            }
        }
        for _ in 0..<10 {
            let report = try await Self.probe(path, isStrict ? SandboxPolicy(.strict) : .probe)
            #expect(report.refusal == nil)
            #expect(report.name == "does_nothing")
        }
        isDone.store(true, ordering: .relaxed)
        try await replacing
    }

    @Test("a file that is not there is refused with its name")
    func missingFile() async throws {
        let report = try await Self.probe("/nowhere/plugin.so", .probe)
        #expect(report.refusal == "cannot open /nowhere/plugin.so: No such file or directory")
    }

    @Test("a forbidden call ends the process where that is wanted")
    func kills() async throws {
        var policy = SandboxPolicy(.default)
        policy.onViolation = .kill
        #expect(try await Self.misbehave(policy) == "a trial load died of SIGSYS")
    }
}
