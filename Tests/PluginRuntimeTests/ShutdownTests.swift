import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A runtime that is shut down")
struct ShutdownTests {
    @Test("answers late requests at once, and lets none of them pass a plugin", arguments: ["replies", "does_nothing"])
    func answersLateRequests(fixture: String) async throws {
        let site = try Site()
        try site.configure("plugins: [{name: p, path: '\(try FixturePlugin.path(fixture))'}]")
        let runtime = try await PluginRuntime(configuration: site.file, options: site.options)
        let request = try runtime.request(RequestIdentity(requestID: "1"))
        await runtime.shutdown()
        let outcome = await request.invoke(.toolPreInvoke, try PayloadBlock(Sample.call))
        #expect(
            outcome.text == #"{"continue_processing":false,"error":"PLUGIN_UNAVAILABLE: the runtime is shut down"}"#
        )
        let unguarded = await request.invoke(.toolPostInvoke, try PayloadBlock(Sample.call))
        #expect(unguarded.text == "{}")
    }

    @Test("may be shut down again")
    func again() async throws {
        let site = try Site()
        try site.configure("plugins: []")
        let runtime = try await PluginRuntime(configuration: site.file, options: site.options)
        await runtime.shutdown()
        await runtime.shutdown()
        #expect(runtime.plugins == [])
    }
}

@Suite("The health of a plugin")
struct HealthTests {
    @Test("is asked for from time to time, and shown")
    func isShown() async throws {
        let configuration = """
            plugin_settings: {plugin_health_check_interval: 0.01}
            plugins:
              - {name: well, path: "\(try FixturePlugin.path("health"))"}
              - {name: sick, path: "\(try FixturePlugin.path("health"))", config: {sick: no connection}}
              - {name: silent, path: "\(try FixturePlugin.path("does_nothing"))"}
            """
        let site = try Site()
        try await site.run(configuration) { runtime in
            try await eventually { runtime.plugins[1].healthProblem != nil }
            let problems = runtime.plugins.map(\.healthProblem)
            #expect(problems == [nil, "`health` failed: no connection", nil])
        }
        #expect(
            site.log.complaints
                == ["warning plugin says that it cannot work plugin=sick reason=`health` failed: no connection"]
        )
    }
}
