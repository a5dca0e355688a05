import Glibc
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

/// What has no counterpart in the gateway's own process.
@Suite("A plugin in worker processes", .serialized)
struct WorkerProcessTests {
    private static let hook = HookName("work")
    private static let abort = "it died of SIGABRT (abort, or a failed assertion)"

    private static func configuration(process: String = "{}", entry: String = "") throws -> String {
        """
        plugins:
          - name: p
            path: \(try FixturePlugin.path("works"))
            isolation: process
            sandbox: {profile: none, user: \(getuid() == 0 ? "root" : "nobody")}
            process: \(process)
            config: {flag: $SITE/flag}
            \(entry)
        """
    }

    private static func crashed(_ reason: String) -> String {
        "PLUGIN_CRASHED: plugin p: the plugin's worker ended while it had the call: \(reason)"
    }

    /// What `/proc` says of each thread of a process, from the third field on: see proc(5).
    private static func threads(of process: Int) throws -> [[Substring]] {
        let folder = "/proc/\(process)/task"
        return try Files.names(in: folder).map { thread in
            // The name of the thread, which may hold anything, is in parentheses.
            let line = try Files.readText("\(folder)/\(thread)/stat")
            return line.split(separator: ")").last?.split(separator: " ") ?? []
        }
    }

    // MARK: Deaths

    @Test("that dies answers its call with the reason, and the standby serves the next one")
    func dies() async throws {
        let site = try Site()
        try await site.run(Self.configuration()) { runtime in
            let active = try await runtime.process("active")
            let standby = try await runtime.process("standby")
            #expect(try await runtime.work("pid").metadata["pid"]?.int == active)
            #expect(try await runtime.work("abort").error?.description == Self.crashed(Self.abort))
            #expect(try await runtime.work("pid").metadata["pid"]?.int == standby)
            #expect(runtime.worker("deaths") == 1)
            #expect(runtime.worker("kills") == 0)
            #expect(runtime.worker("last_death") == .string(Self.abort))
            let lines = site.log.complaints.map { $0.split(separator: " restart_seconds").first.map(String.init) }
            #expect(
                lines == ["error worker has died calls=work of request 1 pid=\(active) plugin=p reason=\(Self.abort)"]
            )
            let next = try await runtime.process("standby")
            #expect(![active, standby].contains(next))
        }
    }

    @Test("that dies while calls wait in its memory loses none of them: the standby runs what had not begun")
    func movesCalls() async throws {
        try await Site().run(Self.configuration()) { runtime in
            let active = try await runtime.process("active")
            let standby = try await runtime.process("standby")
            #expect(kill(pid_t(active), SIGSTOP) == 0)
            try await eventually { try Self.threads(of: active).allSatisfy { $0.first == "T" } }
            let pids = try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<40 { group.addTask { try await runtime.work("pid").metadata["pid"]?.int } }
                try await eventually { runtime.processes.contains { $0["pid"]?.int == active && $0["calls"] == 40 } }
                #expect(kill(pid_t(active), SIGKILL) == 0)
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(pids == Array(repeating: standby, count: 40))
        }
    }

    @Test("that dies of a call which may be repeated is asked again, once")
    func repeatsCalls() async throws {
        let process = "{idempotent_hooks: [work], standby: 2}"
        try await Site().run(Self.configuration(process: process)) { runtime in
            try await eventually { runtime.processes.count { $0["role"] == "standby" } == 2 }
            #expect(try await runtime.work("abort once").text == "{}")
            #expect(runtime.worker("deaths") == 1)
            try await eventually { runtime.processes.count { $0["role"] == "standby" } == 2 }
            #expect(try await runtime.work("abort").error?.description == Self.crashed(Self.abort))
            #expect(runtime.worker("deaths") == 3)
        }
    }

    @Test("that dies is not asked again about a call that may not be repeated")
    func doesNotRepeat() async throws {
        try await Site().run(Self.configuration()) { runtime in
            let outcome = try await runtime.work("abort once")
            #expect(outcome.error?.description == Self.crashed(Self.abort))
            #expect(runtime.worker("deaths") == 1)
        }
    }

    @Test("that dies with eight calls is one crash for its breaker")
    func countsDeaths() async throws {
        let entry = "breaker: {failures: 20, crashes: 2, open_for: 3600}"
        try await Site().run(Self.configuration(process: "{threads: 8}", entry: entry)) { runtime in
            for death in 1...2 {
                let active = try await runtime.process("active")
                let codes = try await withThrowingTaskGroup(of: PluginError.Code?.self) { group in
                    for _ in 0..<7 {
                        group.addTask { try await runtime.work("sleep", count: 2_000).error?.code }
                    }
                    try await eventually { runtime.processes.contains { $0["pid"]?.int == active && $0["calls"] == 7 } }
                    #expect(try await runtime.work("abort").error?.code == .crashed)
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                // One that had not begun runs in the standby.
                #expect(codes.count { $0 == .crashed } > 1)
                #expect(runtime.plugins.first?.breaker?.state == (death == 1 ? "closed" : "open"))
            }
        }
    }

    @Test("that has no standby lets calls wait for the next worker, if that comes soon")
    func waits() async throws {
        try await Site().run(Self.configuration(process: "{standby: 0, restart_pause: 0.01}")) { runtime in
            let first = try await runtime.process("active")
            #expect(try await runtime.work("abort").error?.code == .crashed)
            let pid = try #require(try await runtime.work("pid").metadata["pid"]?.int)
            #expect(pid != first)
            #expect(runtime.worker("restarts") == 1)
        }
    }

    @Test("that has no worker for long is unavailable, and says why and for how long")
    func isUnavailable() async throws {
        try await Site().run(Self.configuration(process: "{standby: 0, restart_pause: 3600}")) { runtime in
            #expect(try await runtime.work("abort").error?.code == .crashed)
            let error = try #require(try await runtime.work("pid").error?.description)
            let prefix = "PLUGIN_UNAVAILABLE: plugin p: the plugin has no worker (the last one: \(Self.abort)); one is "
            #expect(error.hasPrefix(prefix + "started in "), "\(error)")
        }
    }

    @Test("that cannot be started again is unavailable, instead of letting calls wait for it")
    func cannotBeStarted() async throws {
        var site = try Site()
        let installation = try site.directory.makeDirectory("installation")
        let worker = try site.directory.copy(
            "\(BuiltProducts.directory())/hookgate-worker",
            to: "installation/hookgate-worker"
        )
        #expect(unsafe chmod(worker, 0o755) == 0)
        site.options = RuntimeOptions(installation: installation, storeDirectory: site.directory("store"))
        (site.options.libraryDirectory, site.options.bundledPluginDirectory) = (nil, nil)
        site.options.logger = site.log.logger
        try await site.run(Self.configuration(process: "{standby: 0, restart_pause: 0.05}")) { runtime in
            #expect(unsafe chmod(worker, 0) == 0)
            #expect(try await runtime.work("abort").error?.code == .crashed)
            try await eventually { runtime.processes.isEmpty && site.log.complaints.count >= 6 }
            let error = try await runtime.work("pid").error?.description
            #expect(
                error?.hasPrefix("PLUGIN_UNAVAILABLE: plugin p: the plugin has no worker") == true,
                "\(error ?? "")"
            )
        }
    }

    @Test("that hides that it had begun a call takes eight workers with it at most")
    func hidesBeginning() async throws {
        let process = "{standby: 0, restart_pause: 0.001, restart_pause_limit: 0.001}"
        try await Site().run(Self.configuration(process: process)) { runtime in
            let answer = try await runtime.work("forget")
            #expect(answer.error?.description == Self.crashed(Self.abort))
            #expect(runtime.worker("deaths") == 8)
        }
    }

    @Test("that dies takes along what it has started")
    func endsItsChildren() async throws {
        try await Site().run(Self.configuration()) { runtime in
            let child = try #require(try await runtime.work("fork").metadata["pid"]?.int)
            #expect(Self.isAlive(child))
            #expect(try await runtime.work("abort").error?.code == .crashed)
            try await eventually { !Self.isAlive(child) }
        }
    }

    /// Whether a process is there and has not ended, also if nobody has waited for it.
    private static func isAlive(_ process: Int) -> Bool {
        guard let status = try? Files.readText("/proc/\(process)/status") else { return false }
        return !status.contains("State:\tZ")
    }

    @Test("that has died is let go, whatever time its last calls have for their end")
    func isLetGo() async throws {
        let process = "{kill_grace: 3600}"
        try await Site().run(Self.configuration(process: process, entry: "timeout: 0.2")) { runtime in
            let active = try await runtime.process("active")
            let handle = try #require(Self.handle(of: active))
            #expect(try await runtime.work("sleep", count: 60_000).error?.code == .timeout)
            #expect(kill(pid_t(active), SIGKILL) == 0)
            try await eventually { runtime.worker("deaths") == 1 }
            try await eventually { Self.process(of: handle) != -1 }
        }
    }

    /// The descriptor of this process that stands for another one.
    private static func handle(of process: Int) -> String? {
        try? Files.names(in: "/proc/self/fdinfo").first { Self.process(of: $0) == process }
    }

    /// The process that a descriptor stands for; -1 if it has ended.
    private static func process(of handle: String) -> Int? {
        let lines = try? Files.readText("/proc/self/fdinfo/\(handle)").split(separator: "\n")
        return lines?.first { $0.hasPrefix("Pid:") }.flatMap { Int($0.dropFirst(5)) }
    }

    // MARK: What it says

    @Test("that says after its start that it cannot be used is killed, and not quoted")
    func refusesLate() async throws {
        try await Site().run(Self.configuration()) { runtime in
            _ = try await runtime.work("say", count: 1, text: #"{"refused": "obituary", "problems": []}"#)
            try await eventually { runtime.worker("deaths") == 1 }
            let death = "killed: what it wrote to its memory cannot be: it says that it is refused, and it was ready"
            #expect(runtime.worker("last_death") == .string(death))
        }
    }

    @Test("that tells of refused system calls all the time is heard once a second")
    func tellsTooOften() async throws {
        let site = try Site()
        try await site.run(Self.configuration()) { runtime in
            let start = ContinuousClock.now
            _ = try await runtime.work("say", count: 2_000, text: #"{"violation": true}"#)
            _ = try await runtime.work("log", count: 1)
            try await eventually { site.log.lines.contains("info line 0 plugin=p") }
            let seconds = Int((ContinuousClock.now - start) / .seconds(1))
            let told = site.log.complaints.count { $0.contains("the sandbox has refused") }
            #expect((1...2 * seconds + 2).contains(told))
        }
    }

    @Test("that claims that a call's time is over before it is fails")
    func claimsTimeout() async throws {
        try await Site().run(Self.configuration()) { runtime in
            let claim = "PLUGIN_ERROR: plugin p: the plugin's worker says that the call's time is over, and it is not"
            let answer = try await runtime.work("claim")
            #expect(answer.error?.description == claim)
        }
    }

    // MARK: Deadlines

    @Test("that is inside a call after its deadline and the grace is killed, and the standby serves the next one")
    func isKilled() async throws {
        let entry = "timeout: 0.2"
        try await Site().run(Self.configuration(process: "{kill_grace: 0.05}", entry: entry)) { runtime in
            let standby = try await runtime.process("standby")
            let late = try await runtime.work("sleep", count: 60_000)
            #expect(late.error?.description == "PLUGIN_TIMEOUT: plugin p: Plugin p exceeded 0.2s timeout")
            try await eventually { runtime.worker("deaths") == 1 }
            #expect(runtime.worker("kills") == 1)
            #expect(
                runtime.worker("last_death") == "killed: work of request 1 had not ended at its deadline"
            )
            #expect(try await runtime.work("pid").metadata["pid"]?.int == standby)
        }
    }

    @Test("that is inside a call of a serial plugin is killed, and those who wait for their turn lose nothing by it")
    func isKilledSerial() async throws {
        let entry = "timeout: 0.2\n    serial: true"
        try await Site().run(Self.configuration(process: "{kill_grace: 0.3}", entry: entry)) { runtime in
            var codes: [PluginError.Code?] = []
            // At any time there is one of them whose own grace is not over.
            while runtime.worker("kills")?.int == 0, codes.count < 20 {
                let late = try await runtime.work("sleep", count: 60_000)
                codes.append(late.error?.code)
            }
            #expect(codes.count < 20)
            let expected = Array(repeating: PluginError.Code?.some(.timeout), count: codes.count)
            #expect(codes == expected)
        }
    }

    @Test("that ends a call in the grace, because it is told to, lives on")
    func obeys() async throws {
        let entry = "timeout: 0.4"
        try await Site().run(Self.configuration(process: "{kill_grace: 0.3}", entry: entry)) { runtime in
            let active = try await runtime.process("active")
            #expect(try await runtime.work("obey").error?.code == .timeout)
            // These take longer than the grace.
            for _ in 0..<4 { #expect(try await runtime.work("sleep", count: 200).text == "{}") }
            #expect(try await runtime.work("pid").metadata["pid"]?.int == active)
            #expect(runtime.worker("deaths") == 0)
        }
    }

    @Test("that is shut down leaves no process behind")
    func ends() async throws {
        let pids = try await Site().run(Self.configuration(process: "{workers: 2, standby: 2}")) { runtime in
            try await eventually { runtime.processes.count { $0["role"] == "standby" } == 2 }
            return runtime.processes.compactMap { $0["pid"]?.int }
        }
        #expect(Set(pids).count == 4)
        for pid in pids {
            #expect(kill(pid_t(pid), 0) == -1)
            #expect(errno == ESRCH)
        }
    }

    // MARK: Priority

    /// The niceness, and the number of the scheduling policy: 0 for the usual one, 5 for `SCHED_IDLE`.
    @Test(
        "leaves the processors to others as its priority says, with each of its threads",
        arguments: [("normal", "0 0"), ("low", "5 0"), ("idle", "0 5")]
    )
    func priority(word: String, expected: String) async throws {
        try await Site().run(Self.configuration(process: "{priority: \(word)}")) { runtime in
            let process = try await runtime.process("active")
            #expect(try Set(Self.threads(of: process).map { "\($0[16]) \($0[38])" }) == [expected])
        }
    }

    // MARK: Much of something

    @Test("may print and log much: every line arrives, in its order", arguments: ["print", "log"])
    func writesMuch(what: String) async throws {
        let site = try Site()
        try await site.run(Self.configuration()) { runtime in
            #expect(try await runtime.work(what, count: 10_000).text == "{}")
            let lines = { site.log.lines.filter { $0.hasPrefix("info line ") } }
            try await eventually { lines().count == 10_000 }
            #expect(lines() == (0..<10_000).map { "info line \($0) plugin=p" })
        }
    }

    @Test("may close its output, and is still watched")
    func closesOutput() async throws {
        try await Site().run(Self.configuration()) { runtime in
            let active = try await runtime.process("active")
            let closed = try await runtime.work("close output")
            #expect(closed.text == "{}")
            // This takes longer than a process may live on that has closed where the gateway hears it.
            #expect(try await runtime.work("sleep", count: 300).text == "{}")
            #expect(try await runtime.work("pid").metadata["pid"]?.int == active)
            #expect(try await runtime.work("abort").error?.description == Self.crashed(Self.abort))
        }
    }

    @Test(
        "may not close how the gateway hears it",
        arguments: [["close all"], ["close output", "sleep", "close all"], ["close hearing", "sleep"]],
        [true, false]
    )
    func closesAll(deeds: [String], spins: Bool) async throws {
        try await Site().run(Self.configuration(process: "{spin: \(spins)}")) { runtime in
            let active = try await runtime.process("active")
            // The result may be there before anybody sees what it did.
            for deed in deeds { _ = try await runtime.work(deed, count: 100) }
            try await eventually { try await runtime.process("active") != active }
            #expect(try await runtime.work("pid").metadata["pid"]?.int != active)
            // It gets no more calls before it has ended.
            try await eventually { runtime.worker("deaths") == 1 }
            #expect(runtime.worker("last_death") == "it closed the descriptors by which the gateway hears it")
        }
    }

    @Test(
        "takes and gives large payloads, more at once than there is room for: the others wait",
        arguments: [true, false]
    )
    func largePayloads(spins: Bool) async throws {
        let text = String(repeating: "a", count: 900_000)
        try await Site().run(Self.configuration(process: "{spin: \(spins)}")) { runtime in
            let sizes = try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await runtime.work("size", text: text).metadata["size"]?.int }
                    group.addTask {
                        let reply = try await runtime.work("reply", count: text.utf8.count).modifiedPayload
                        return reply?.value["text"]?.string.map { $0.utf8.count }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(sizes == Array(repeating: 900_000, count: 16))
            #expect(runtime.worker("deaths") == 0)
        }
    }

    @Test("gets a large outcome of a hook that it invokes", arguments: [10, 200_000, 900_000])
    func largeOutcome(count: Int) async throws {
        try await Site().run(Self.configuration()) { runtime in
            let outcome = try await runtime.work("invoke", count: count)
            #expect(outcome.metadata["letters"]?.int == count)
        }
    }

    @Test("serves more calls at once than it has places: the others wait")
    func manyCalls() async throws {
        try await Site().run(Self.configuration(process: "{threads: 16}")) { runtime in
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<200 { group.addTask { try await runtime.work("sleep", count: 5).text } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(texts == Array(repeating: "{}", count: 200))
        }
    }

    @Test("lets thirty requests invoke at the same time")
    func manyQuestions() async throws {
        try await Site().run(Self.configuration()) { runtime in
            let letters = try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<30 {
                    group.addTask { try await runtime.work("invoke", count: 3).metadata["letters"]?.int }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(letters == Array(repeating: 3, count: 30))
        }
    }
}

extension PluginRuntime {
    /// Has the plugin `works` do something.
    fileprivate func work(_ what: String, count: Int = 0, text: String = "") async throws -> HookOutcome {
        let payload: JSONValue = ["do": .string(what), "count": .int(Int64(count)), "text": .string(text)]
        return try await invoke(HookName("work"), payload)
    }

    /// The processes of the only plugin, as its status shows them.
    fileprivate var processes: [JSONValue] { plugins[0].workers?["processes"]?.array ?? [] }

    fileprivate func worker(_ key: String) -> JSONValue? { plugins[0].workers?[key] }

    /// The number of a process that has a role, as soon as there is one.
    fileprivate func process(_ role: String) async throws -> Int {
        var found: Int?
        try await eventually("a worker that is \(role)") {
            found = processes.first { $0["role"]?.string == role }?["pid"]?.int
            return found != nil
        }
        return try #require(found)
    }
}
