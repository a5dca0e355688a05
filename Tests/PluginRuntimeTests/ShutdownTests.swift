import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A runtime that is shut down", .inBothIsolations)
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
