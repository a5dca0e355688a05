import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

/// Plugins of one chain in this process and in workers, in any order.
@Suite("A chain of plugins that run here and there")
struct MixedChainTests {
    /// Where the plugins of a chain run.
    static let places = [
        ["in_process", "process", "in_process"], ["process", "in_process", "process"],
        ["process", "process", "process"],
    ]

    private static func configuration(_ entries: [(isolation: String, rest: String)]) throws -> String {
        let path = try FixturePlugin.path("acts")
        let lines = entries.enumerated().map { index, entry in
            "  - {name: p\(index + 1), path: \"\(path)\", isolation: \(entry.isolation), process: {standby: 0}, "
                + "\(entry.rest)}\n"
        }
        return "plugins:\n" + lines.joined()
    }

    private static func outcome(_ places: [String], _ rests: String...) async throws -> (text: String, calls: [Int]) {
        try await Site().run(try configuration(Array(zip(places, rests)))) { runtime in
            let outcome = try await runtime.invoke(.toolPreInvoke, ["name": "search", "args": ["x": "x"]])
            return (outcome.text, runtime.plugins.map(\.counters.calls))
        }
    }

    @Test("hands payload, state and metadata on from one to the next", arguments: places)
    func passes(places: [String]) async throws {
        let (text, calls) = try await Self.outcome(
            places,
            "config: {append: a, global: {k: v}, metadata: {shared: 1, first: 1}}",
            "config: {append: b, read: k}",
            "config: {append: c, read: k, metadata: {shared: 3}}"
        )
        #expect(
            text
                == #"{"modified_payload":{"name":"search","args":{"x":"xabc"}},"#
                + #""metadata":{"shared":3,"first":1,"k":"v"}}"#
        )
        #expect(calls == [1, 1, 1])
    }

    @Test("ends with the one that blocks", arguments: places)
    func blocks(places: [String]) async throws {
        let (text, calls) = try await Self.outcome(places, "config: {append: a}", "config: {deny: NO}", "config: {}")
        #expect(
            text
                == #"{"continue_processing":false,"violation":{"reason":"no","description":"never","code":"NO","#
                + #""details":{},"mcp_error_code":null,"http_status_code":null,"http_headers":null,"#
                + #""plugin_name":"p2"},"metadata":{"_decision_plugin":"p2"}}"#
        )
        #expect(calls == [1, 1, 0])
    }

    @Test("ends with the one that fails, or goes on if its errors are ignored", arguments: places)
    func fails(places: [String]) async throws {
        let failing = "config: {append: b, fail: boom}"
        let ended = try await Self.outcome(places, "config: {append: a}", failing, "config: {append: c}")
        #expect(ended.text == #"{"continue_processing":false,"error":"PLUGIN_ERROR: plugin p2: boom"}"#)
        #expect(ended.calls == [1, 1, 0])
        let ignored = "on_error: ignore, " + failing
        let passed = try await Self.outcome(places, "config: {append: a}", ignored, "config: {append: c}")
        #expect(passed.text == #"{"modified_payload":{"name":"search","args":{"x":"xac"}}}"#)
        #expect(passed.calls == [1, 1, 1])
    }
}

/// Members of one group, each of them here or in a worker.
@Suite("A concurrent group of plugins that run here and there")
struct MixedGroupTests {
    static let places = ["in_process", "process"]

    private static func entry(
        _ name: String,
        _ fixture: String,
        _ isolation: String,
        _ control: SharedControl
    ) throws -> String {
        """
          - name: \(name)
            path: "\(try FixturePlugin.path(fixture))"
            mode: concurrent
            isolation: \(isolation)
            process: {standby: 0}
            sandbox: \(TestedIsolation.openSandbox)
            config: {control: \(control.path), metadata: {\(name): 1}}

        """
    }

    @Test("ends with the first decision, and the others are cancelled, which is no error", arguments: places, places)
    func decides(slow: String, quick: String) async throws {
        let control = try SharedControl()
        let entries = [
            try Self.entry("slow", "cancels", slow, control), try Self.entry("quick", "denies_after", quick, control),
        ]
        try await Site().run("plugins:\n" + entries.joined()) { runtime in
            let outcome = try await runtime.invoke()
            #expect(outcome.violation?.code == "STOP")
            #expect(outcome.metadata == ["_decision_plugin": "quick"])
            try await control.wait(for: .left, atLeast: 1)
            let counters = runtime.plugins.map(\.counters)
            #expect(counters.map(\.calls) == [1, 1])
            #expect(counters.map(\.blocks) == [0, 1])
            #expect(counters.map { $0.errors + $0.timeouts + $0.lostThreads } == [0, 0])
        }
        #expect(control.log == ["cancel finds its data", "cancelled yes"])
    }

    @Test("gathers what all of them say", arguments: places, places)
    func gathers(first: String, second: String) async throws {
        let control = try SharedControl()
        let entries = [
            try Self.entry("first", "acts", first, control), try Self.entry("second", "acts", second, control),
        ]
        let outcome = try await Site().run("plugins:\n" + entries.joined()) { try await $0.invoke() }
        #expect(outcome.text == #"{"metadata":{"first":1,"second":1}}"#)
    }
}
