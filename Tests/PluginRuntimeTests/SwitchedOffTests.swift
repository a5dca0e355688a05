import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A runtime whose plugins are switched off", .inBothIsolations)
struct SwitchedOffTests {
    @Test("opens no plugin, and shows all as disabled")
    func opensNothing() async throws {
        var site = try Site()
        site.options.isEnabled = false
        try site.directory.makeDirectory("drop")
        try site.directory.write(FixturePlugin.bytes("constructor_aborts"), to: "drop/x.so")
        let configuration = """
            plugin_settings: {load_unlisted: true, fail_on_plugin_error: true}
            drop_dirs: [drop]
            plugins: [{name: p, path: missing.so, required: true}, {name: q, path: missing.so, mode: disabled}]
            """
        try await site.run(configuration) { runtime in
            #expect(runtime.states == ["p: disabled: plugins are switched off", "q: disabled"])
            let outcome = try await runtime.invoke()
            #expect(outcome == HookOutcome())
            #expect(try await runtime.reload() == [])
            #expect(runtime.generationNumber == 2)
            #expect(site.log.lines == [])
        }
    }

    @Test("shows the one as disabled that its own error has switched off, and why")
    func switchedOffByError() async throws {
        let path = try FixturePlugin.path("fails")
        let configuration = "plugins: [{name: p, path: \"\(path)\", on_error: disable}]"
        try await Site().run(configuration) { runtime in
            #expect(runtime.states == ["p: active"])
            _ = try await runtime.invoke()
            #expect(
                runtime.states == [
                    "p: disabled: an error has switched it off (on_error: disable); it runs again after a restart"
                ]
            )
        }
    }

    @Test("still refuses a configuration that is wrong")
    func refusesConfiguration() async throws {
        var site = try Site()
        site.options.isEnabled = false
        #expect(
            try await site.refusal(of: "plugins: 5") == [
                "$SITE/config.yaml:1:10: error: plugins: expected a list of plugins, found 5"
            ]
        )
    }

    @Test("needs no configuration")
    func needsNoConfiguration() async throws {
        let site = try Site()
        let runtime = try await PluginRuntime(configuration: nil, options: site.options)
        #expect(runtime.plugins == [])
        #expect(try await runtime.invoke() == HookOutcome())
        #expect(try await runtime.reload() == [])
        await runtime.shutdown()
    }
}
