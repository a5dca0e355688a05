import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A plugin in mode fire_and_forget", .inBothIsolations)
struct BackgroundTests {
    private static let slow = HookName("slow")

    private static func lifecycle(_ control: SharedControl) throws -> String {
        """
        plugins:
          - name: background
            path: "\(try FixturePlugin.path("lifecycle"))"
            mode: fire_and_forget
            process: {standby: 0}
            sandbox: \(TestedIsolation.openSandbox)
            config: {control: \(control.path), label: background}
        """
    }

    private static let end = [
        "background start", "background slow hook returns", "background stop", "background destroy",
    ]

    @Test("keeps no request waiting, and is stopped by a reload when its calls have ended")
    func reload() async throws {
        let control = try SharedControl()
        let site = try Site()
        try await site.run(try Self.lifecycle(control)) { runtime in
            #expect(try await runtime.invoke(Self.slow).text == "{}")
            try await control.wait(for: .entered, atLeast: 1)
            try site.configure("plugins: []")
            try await runtime.reload()
            #expect(runtime.plugins == [])
            #expect(control.log == ["background start"])
            control.openGate()
            try await control.wait(for: .lines, atLeast: 4)
        }
        #expect(control.log == Self.end)
    }

    @Test("is waited for by the shutdown")
    func shutdown() async throws {
        let control = try SharedControl()
        let site = try Site()
        try site.configure(try Self.lifecycle(control))
        let runtime = try await PluginRuntime(configuration: site.file, options: site.options)
        #expect(try await runtime.invoke(Self.slow).text == "{}")
        try await control.wait(for: .entered, atLeast: 1)
        let isShutDown = Task { await runtime.shutdown() }
        try await eventually { try await runtime.invoke().error?.code == .unavailable }
        #expect(control.log == ["background start"])
        control.openGate()
        await isShutDown.value
        // The thread of the call may be the last one that lets go of the plugin.
        try await control.wait(for: .lines, atLeast: 4)
        #expect(control.log == Self.end)
    }

    @Test("changes and blocks nothing; its errors are for the log and the counters alone")
    func results() async throws {
        let path = try FixturePlugin.path("acts")
        let site = try Site()
        let configuration = """
            plugins:
              - {name: replies, path: "\(path)", mode: fire_and_forget, config: {append: a, metadata: {a: 1}}}
              - {name: denies, path: "\(path)", mode: fire_and_forget, config: {deny: NO}}
              - {name: fails, path: "\(path)", mode: fire_and_forget, config: {fail: boom}}
              - {name: last, path: "\(path)", config: {append: z}}
            """
        try await site.run(configuration) { runtime in
            let outcome = try await runtime.invoke(.toolPreInvoke, ["name": "search", "args": ["x": "x"]])
            #expect(outcome.text == #"{"modified_payload":{"name":"search","args":{"x":"xz"}}}"#)
            try await eventually { runtime.plugins.map(\.counters.calls) == [1, 1, 1, 1] }
            try await eventually { runtime.plugins[2].counters.errors == 1 }
            #expect(runtime.plugins.map(\.counters.errors) == [0, 0, 1, 0])
        }
        #expect(
            site.log.complaints == [
                "warning plugin error ignored code=PLUGIN_ERROR hook=tool_pre_invoke plugin=fails reason=boom"
            ]
        )
    }
}
