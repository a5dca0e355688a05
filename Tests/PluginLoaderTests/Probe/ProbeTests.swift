import Glibc
import PluginLoader
import PluginPayloads
import PluginSandbox
import TestSupport
import Testing

@Suite("A probe")
struct ProbeTests {
    private static let fiveSeconds: UInt64 = 5_000_000_000

    private static func probe(
        _ fixture: String,
        _ configuration: JSONObject = [:],
        within nanoseconds: UInt64 = fiveSeconds,
        _ policy: SandboxPolicy = .probe
    ) async throws -> ProbeReport {
        let prober = try Prober(worker: BuiltProducts.directory() + "/hookgate-worker")
        let request = ProbeRequest(
            path: try FixturePlugin.path(fixture),
            bundledLibraries: [],
            subject: .plugin(configuration: configuration),
            sandbox: policy
        )
        return try await prober.probe(request, within: nanoseconds)
    }

    @Test("reports name, version and hooks of a plugin")
    func reports() async throws {
        var expected = ProbeReport()
        expected.name = "email_schema"
        expected.version = "1.0.0"
        let schema: JSONValue = ["type": "object", "properties": ["recipient": ["type": "string"]]]
        expected.hooks = [ProbeReport.Hook(name: "email_pre_send", schema: schema)]
        #expect(try await Self.probe("email_schema") == expected)
    }

    @Test("reports warnings of a plugin that works all the same")
    func reportsWarnings() async throws {
        let report = try await Self.probe("config_problems", ["warnings": ["/a"]])
        #expect(report.refusal == nil)
        let warning = ConfigurationProblem(isError: false, pointer: "/a", message: "is not needed any more")
        #expect(report.problems == [warning])
    }

    @Test("reports why a plugin refuses its configuration")
    func reportsErrors() async throws {
        var expected = ProbeReport()
        expected.refusal = "the plugin refuses its configuration: /a: has to be positive"
        expected.problems = [ConfigurationProblem(isError: true, pointer: "/a", message: "has to be positive")]
        #expect(try await Self.probe("config_problems", ["errors": ["/a"]]) == expected)
    }

    @Test(
        "reports why a plugin is refused",
        arguments: [
            ("no_hooks", "the entry registered no hook: call add_hook or add_function"),
            ("entry_fails", "the entry returned -1 (HG_E_FAILED); it logged: no model in /opt/models"),
            ("missing_entry", "the library exports no `hg_plugin_entry_v1`, so it is no plugin"),
            ("undefined_symbol", "undefined symbol: hookgate_undefined; link the library that has it, by -l"),
            (
                "missing_library",
                "libhookgate_absent.so.1: cannot open shared object file: No such file or directory; install that "
                    + "library, or build without it"
            ),
        ]
    )
    func reportsRefusal(fixture: String, text: String) async throws {
        var expected = ProbeReport()
        expected.refusal = text
        #expect(try await Self.probe(fixture) == expected)
    }

    @Test(
        "tells how a plugin ended the child",
        arguments: [
            ("constructor_aborts", "a trial load died of SIGABRT (abort, or a failed assertion)"),
            (
                "constructor_says_why",
                "a trial load died of SIGABRT (abort, or a failed assertion); it said: libwidget: no licence file; "
                    + "libwidget: giving up"
            ),
            ("constructor_segfaults", "a trial load died of SIGSEGV (a wild pointer)"),
            ("constructor_exits_0", "a trial load ended the process with status 0"),
            ("constructor_exits_3", "a trial load ended the process with status 3"),
        ]
    )
    func survives(fixture: String, text: String) async throws {
        await #expect(throws: LoadError(text)) { try await Self.probe(fixture) }
    }

    @Test("kills a child that takes too long")
    func isImpatient() async throws {
        let text =
            "a trial load was not done within 0.1 s; move slow work from constructors and the entry to `start`, or raise "
            + "probe_timeout"
        await #expect(throws: LoadError(text)) {
            try await Self.probe("constructor_sleeps", within: 100_000_000)
        }
    }

    @Test(
        "kills a child that closes its descriptors and goes on, whatever its rights",
        arguments: [SandboxPolicy.probe, SandboxPolicy(.default), SandboxPolicy(.none)]
    )
    func isNotDeceived(policy: SandboxPolicy) async throws {
        let error = await #expect(throws: LoadError.self) {
            try await Self.probe("constructor_closes_all", within: 300_000_000, policy)
        }
        #expect(error?.description.hasPrefix("a trial load was not done within 0.3 s; ") == true)
    }

    @Test("keeps the beginning of what a child prints without end")
    func readsOn() async throws {
        let error = await #expect(throws: LoadError.self) {
            try await Self.probe("constructor_prints_without_end", within: 300_000_000)
        }
        #expect(error?.description.contains("it said: on and on; on and on; on and on") == true)
    }

    @Test(
        "looks up a symbol of a library",
        arguments: [("upper_case", nil), ("lower_case", "the library exports no `lower_case`")] as [(String, String?)]
    )
    func findsSymbol(symbol: String, refusal: String?) async throws {
        let prober = try Prober(worker: BuiltProducts.directory() + "/hookgate-worker")
        let request = ProbeRequest(
            path: try FixturePlugin.path("plain_library"),
            bundledLibraries: [],
            subject: .library(symbol: symbol)
        )
        var expected = ProbeReport()
        expected.refusal = refusal
        #expect(try await prober.probe(request, within: Self.fiveSeconds) == expected)
    }

    @Test("needs its worker, and says where that is looked for")
    func needsWorker() {
        let text =
            "/nowhere/hookgate-worker: the worker that probes plugins before they are loaded is missing or not "
            + "executable; install `hookgate-worker` there, or give its path"
        #expect(throws: LoadError(text)) { try Prober(worker: "/nowhere/hookgate-worker") }
    }

    @Test("goes on with the worker that was there at its start")
    func keepsWorker() async throws {
        let directory = try TemporaryDirectory()
        let worker = try directory.copy(BuiltProducts.directory() + "/hookgate-worker", to: "hookgate-worker")
        #expect(unsafe chmod(worker, 0o755) == 0)
        let prober = try Prober(worker: worker)
        try Files.remove(worker)
        let request = ProbeRequest(
            path: try FixturePlugin.path("does_nothing"),
            bundledLibraries: [],
            subject: .plugin(configuration: [:])
        )
        #expect(try await prober.probe(request, within: Self.fiveSeconds).name == "does_nothing")
    }

    @Test("runs several children at the same time")
    func runsTogether() async throws {
        let names = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try await Self.probe("does_nothing").name } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(names == Array(repeating: "does_nothing", count: 8))
    }
}

@Suite("The worker")
struct WorkerTests {
    @Test("has no use of its own", arguments: [[], ["--help"], ["--probe", "x"]])
    func refusesArguments(arguments: [String]) throws {
        let worker = try BuiltProducts.directory() + "/hookgate-worker"
        let expected = ChildProcess.Result(
            status: 64,
            errors: "hookgate-worker is started by hookgate and has no use of its own\n"
        )
        #expect(try ChildProcess.run(worker, arguments) == expected)
    }

    @Test("refuses a request that is none", arguments: ["", "[]", "{\"path\": 1}", "{\"path\": \"/x\"}"])
    func refusesRequest(text: String) throws {
        let worker = try BuiltProducts.directory() + "/hookgate-worker"
        #expect(try ChildProcess.run(worker, ["--probe"], input: text) == ChildProcess.Result(status: 2))
    }
}
