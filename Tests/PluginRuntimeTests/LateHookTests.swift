import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

private enum Late {
    static func configuration(
        _ fixture: String,
        _ control: SharedControl,
        entry: String = "",
        settings: String = "{}",
        timeout: String = "0.05"
    ) throws -> String {
        """
        plugin_settings: \(settings)
        plugins:
          - name: late
            path: \(try FixturePlugin.path(fixture))
            timeout: \(timeout)
            config: {control: \(control.path)}
            process: {standby: 0, kill_grace: 3600}
            sandbox: \(TestedIsolation.openSandbox)
            \(entry)
        """
    }

    static let timedOut = answer(after: "0.05")

    static func answer(after timeout: String) -> String {
        #"{"continue_processing":false,"error":"PLUGIN_TIMEOUT: plugin late: Plugin late exceeded \#(timeout)s timeout"}"#
    }

    /// Calls the hook until it was entered: the time of a call may be over before a busy machine's worker begins it.
    static func enter(_ runtime: PluginRuntime, _ control: SharedControl) async throws {
        repeat {
            let outcome = try await runtime.invoke()
            #expect(outcome.text == timedOut)
        } while control[.entered] == 0
    }
}

@Suite("A hook that does not return in time", .inBothIsolations, .serialized)
struct LateHookTests {
    @Test(
        "is answered by its mode at its deadline, again and again, and may return late",
        arguments: ["blocks", "sleeps", "spins", "completes_late"],
        [("enforce", Late.timedOut), ("enforce_ignore_error", "{}"), ("permissive", "{}")]
    )
    func isAnswered(fixture: String, mode: (name: String, outcome: String)) async throws {
        let control = try SharedControl()
        let configuration = try Late.configuration(fixture, control, entry: "mode: \(mode.name)")
        let isHere = TestedIsolation.current == .inProcess
        let count = isHere ? 10 : 2
        try await Site().run(configuration) { runtime in
            var delays: [Duration] = []
            for _ in 0..<count {
                let start = ContinuousClock.now
                let outcome = try await runtime.invoke()
                delays.append(ContinuousClock.now - start - .milliseconds(50))
                #expect(outcome.text == mode.outcome)
            }
            // How late answers are is for the benchmark to say: here other tests may keep the machine busy.
            #expect(delays.allSatisfy { $0 > .milliseconds(-5) }, "\(delays)")
            let entered = control[.entered]
            #expect(entered <= count)
            if isHere { #expect(entered == count) }
            control.openGate()
            try await control.wait(for: .left, atLeast: entered)
            // When a worker's calls return that were answered is not told to the gateway.
            try await eventually { runtime.plugins[0].counters.late >= (isHere ? count : 0) }
            let counters = runtime.plugins[0].counters
            #expect(
                [counters.calls, counters.timeouts, counters.errors, counters.lostThreads] == [count, count, 0, 0]
            )
            let outcome = try await runtime.invoke()
            if fixture == "spins" || fixture == "blocks" { #expect(outcome.error == nil) }
        }
    }

    @Test("has no effect any more: what it asks for is refused as late")
    func hasNoEffect() async throws {
        let control = try SharedControl()
        let site = try Site()
        try await site.run(Late.configuration("completes_late", control)) { runtime in
            try await Late.enter(runtime, control)
            control.openGate()
            try await control.wait(for: .left, atLeast: 1)
        }
        #expect(
            control.log == [
                "reply HG_E_LATE", "metadata HG_E_LATE", "deny HG_E_LATE", "state_set HG_E_LATE",
                "state_get HG_E_MISSING", "fail HG_E_LATE", "alloc HG_OK",
            ]
        )
    }

    @Test("is told, and finds what it left at the call")
    func isCancelled() async throws {
        let control = try SharedControl()
        try await Site().run(Late.configuration("cancels", control)) { runtime in
            try await Late.enter(runtime, control)
            try await control.wait(for: .left, atLeast: 1)
        }
        #expect(control.log == ["cancel finds its data", "cancelled yes"])
    }

    @Test("may never complete")
    func neverCompletes() async throws {
        let control = try SharedControl()
        let site = try Site()
        try await site.run(Late.configuration("never_completes", control)) { runtime in
            for _ in 0..<3 {
                let outcome = try await runtime.invoke()
                #expect(outcome.text == Late.timedOut)
            }
            let counters = runtime.plugins[0].counters
            #expect([counters.calls, counters.timeouts, counters.late, counters.lostThreads] == [3, 3, 0, 0])
        }
    }

    @Test("may block in a job of its lane")
    func blocksInLane() async throws {
        let control = try SharedControl()
        try await Site().run(Late.configuration("blocks_in_lane", control)) { runtime in
            try await Late.enter(runtime, control)
            #expect(control[.entered] == 1)
            control.openGate()
            try await eventually { runtime.plugins[0].counters.lostThreads == 0 }
            #expect(try await runtime.invoke().text == "{}")
        }
    }

    @Test(
        "lets others of a serial plugin wait, without threads, until their own deadlines",
        arguments: [("serial", "", "{}"), ("blocks", "serial: true", #"{"metadata":{"late":true}}"#)]
    )
    func isSerial(fixture: String, entry: String, outcome: String) async throws {
        let control = try SharedControl()
        let configuration = try Late.configuration(fixture, control, entry: entry, timeout: "0.25")
        try await Site().run(configuration) { runtime in
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<3 { group.addTask { try await runtime.invoke().text } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(texts == Array(repeating: Late.answer(after: "0.25"), count: 3))
            // A thread of the worker is none of the gateway's.
            #expect(runtime.plugins[0].counters.lostThreads == (TestedIsolation.current == .inProcess ? 1 : 0))
            #expect(control[.entered] == 1)
            control.openGate(by: 1_000)
            try await eventually { runtime.plugins[0].counters.lostThreads == 0 }
            try await eventually { try await runtime.invoke().text == outcome }
            #expect(control[.most] == 1)
        }
    }

    @Test("is not believed its promise if the configuration says so")
    func isNotInline() async throws {
        let control = try SharedControl()
        try await Site().run(Late.configuration("overruns_inline", control, entry: "inline: false")) { runtime in
            try await Late.enter(runtime, control)
            control.openGate()
            try await control.wait(for: .left, atLeast: 1)
        }
    }
}

/// What a worker is killed for, if it does not end, and what concerns threads of the gateway.
@Suite("A hook that does not return in time, in this process", .serialized)
struct OwnLateHookTests {
    @Test("is not called again while too many of its threads are lost")
    func isOverloaded() async throws {
        let control = try SharedControl()
        let configuration = try Late.configuration(
            "blocks",
            control,
            settings: "{max_lost_threads_per_plugin: 2}"
        )
        try await Site().run(configuration) { runtime in
            for _ in 0..<2 { #expect(try await runtime.invoke().text == Late.timedOut) }
            let overloaded =
                "PLUGIN_OVERLOADED: plugin late: 2 calls of plugin late have not returned; it is called again when one "
                + "does"
            #expect(try await runtime.invoke().error?.description == overloaded)
            #expect(control[.entered] == 2)
            control.openGate()
            try await eventually { runtime.plugins[0].counters.lostThreads == 0 }
            #expect(try await runtime.invoke().text == #"{"metadata":{"late":true}}"#)
        }
    }

    @Test("but promised never to block cannot be abandoned, and is counted")
    func overruns() async throws {
        let control = try SharedControl()
        let site = try Site()
        try await site.run(Late.configuration("overruns_inline", control)) { runtime in
            async let release: Void = Blocking.run {
                control.waitBriefly(80)
                control.openGate()
            }
            #expect(try await runtime.invoke().text == "{}")
            try await release
            let counters = runtime.plugins[0].counters
            #expect([counters.calls, counters.timeouts, counters.overruns] == [1, 0, 1])
        }
        let line = try #require(site.log.complaints.first)
        #expect(line.hasPrefix("warning inline hook took longer than its timeout hook=tool_pre_invoke plugin=late"))
    }
}
