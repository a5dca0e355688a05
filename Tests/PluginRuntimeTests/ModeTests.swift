import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A mode that is set at run time", .inBothIsolations)
struct ModeTests {
    private static func configuration(_ more: String = "") throws -> String {
        "plugins: [{name: guard, path: \"\(try FixturePlugin.path("denies"))\"\(more)}]"
    }

    private static func isBlocked(_ runtime: PluginRuntime) async throws -> Bool {
        try await runtime.invoke().continueProcessing == false
    }

    private static func refusal(of mode: String, _ plugin: String, _ runtime: PluginRuntime) async -> [String] {
        do throws(RuntimeError) {
            try await runtime.setMode(mode, of: plugin)
            return []
        } catch {
            return error.problems.map(\.message)
        }
    }

    @Test("holds over the configuration, also after a reload, until it is taken back")
    func override() async throws {
        let site = try Site()
        try await site.run(try Self.configuration()) { runtime in
            #expect(try await Self.isBlocked(runtime))
            for word in ["permissive", "disabled", "audit", "transform"] {
                try await runtime.setMode(word, of: "guard")
                #expect(try await !Self.isBlocked(runtime), "\(word)")
                #expect(runtime.plugins.map(\.isModeOverridden) == [true])
            }
            #expect(runtime.modes == ["guard": "permissive"])
            try await runtime.reload()
            #expect(try await !Self.isBlocked(runtime))
            try await runtime.setMode(nil, of: "guard")
            #expect(try await Self.isBlocked(runtime))
            #expect(runtime.plugins.map(\.isModeOverridden) == [false])
            #expect(runtime.modes == [:])
        }
    }

    @Test("keeps the instance with what was counted")
    func instance() async throws {
        try await Site().run(try Self.configuration()) { runtime in
            _ = try await Self.isBlocked(runtime)
            try await runtime.setMode("permissive", of: "guard")
            _ = try await Self.isBlocked(runtime)
            #expect(runtime.plugins.map(\.counters.calls) == [2])
            #expect(runtime.plugins.map(\.counters.blocks) == [1])
            let hook = try #require(runtime.plugins.first?.hookCounters.first)
            #expect(hook.hook == "tool_pre_invoke")
            #expect(hook.calls == 2)
            #expect(hook.blocks == 1)
            #expect(hook.latencyNanoseconds.count == 3)
        }
    }

    @Test("switches on what the configuration has switched off")
    func enabled() async throws {
        try await Site().run(try Self.configuration(", mode: disabled")) { runtime in
            #expect(runtime.states == ["guard: disabled"])
            try await runtime.setMode("enforce", of: "guard")
            #expect(runtime.states == ["guard: active"])
            #expect(try await Self.isBlocked(runtime))
        }
    }

    @Test("is that of the start, if the program that embeds the runtime has kept it")
    func start() async throws {
        var site = try Site()
        site.options.modes = ["guard": "permissive", "gone": "disabled", "other": "no such mode"]
        try await site.run(try Self.configuration()) { runtime in
            let isBlocked = try await Self.isBlocked(runtime)
            #expect(!isBlocked)
            #expect(runtime.modes == ["guard": "permissive", "gone": "disabled"])
        }
    }

    @Test("concerns dropped files that no entry names, too")
    func dropped() async throws {
        let site = try Site()
        try site.directory.makeDirectory("drop")
        try site.directory.write(try FixturePlugin.bytes("denies"), to: "drop/denies.so")
        let configuration =
            "{plugin_settings: {load_unlisted: true, unlisted_isolation: $ISOLATION}, drop_dirs: [drop], plugins: []}"
        try await site.run(configuration) { runtime in
            #expect(try await Self.isBlocked(runtime))
            try await runtime.setMode("disabled", of: "denies")
            #expect(runtime.states == ["denies: disabled"])
            #expect(try await !Self.isBlocked(runtime))
            try await runtime.setMode(nil, of: "denies")
            #expect(try await Self.isBlocked(runtime))
        }
    }

    @Test(
        "is refused, and nothing changes",
        arguments: [
            (
                "enforse", "guard",
                "there is no mode \"enforse\"; there are enforce, enforce_ignore_error, permissive, audit, "
                    + "concurrent, fire_and_forget, disabled, sequential, transform"
            ),
            ("audit", "gard", "there is no plugin \"gard\"; there are guard"),
        ]
    )
    func refused(mode: String, plugin: String, message: String) async throws {
        try await Site().run(try Self.configuration()) { runtime in
            #expect(await Self.refusal(of: mode, plugin, runtime) == [message])
            let isBlocked = try await Self.isBlocked(runtime)
            #expect(isBlocked)
        }
    }

    @Test("is refused if the plugin cannot be loaded with it")
    func broken() async throws {
        try await Site().run("plugins: [{name: gone, path: gone.so, mode: disabled}]") { runtime in
            #expect(await Self.refusal(of: "enforce", "gone", runtime).count == 1)
            #expect(runtime.modes == [:])
            #expect(runtime.generationNumber == 1)
        }
    }
}
