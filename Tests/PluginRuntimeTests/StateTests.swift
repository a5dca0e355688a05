import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("State", .inBothIsolations)
struct StateTests {
    /// Two plugins with one scope: the first stores the name, and both look for it afterwards, in one request and in
    /// another.
    private static func findings(scope: String) async throws -> [String] {
        let path = try FixturePlugin.path("remembers")
        let configuration = """
            plugins:
              - {name: writer, path: "\(path)", config: {scope: \(scope)}, hooks: [tool_pre_invoke, look]}
              - {name: reader, path: "\(path)", config: {scope: \(scope)}, hooks: [look]}
            """
        return try await Site().run(configuration) { runtime in
            let first = try runtime.request(RequestIdentity(requestID: "1"))
            let second = try runtime.request(RequestIdentity(requestID: "1"))
            _ = await first.invoke(.toolPreInvoke, try PayloadBlock(Sample.call))
            var findings: [String] = []
            for request in [first, second] {
                findings.append(
                    await request.invoke(HookName("look"), try PayloadBlock(["key": "found"] as JSONValue)).text
                )
            }
            return findings
        }
    }

    @Test(
        "of a plugin is its own, from the first to the last hook of a request",
        arguments: ["plugin_state", "plugin_metadata"]
    )
    func isPrivate(scope: String) async throws {
        // The reader runs last, and the last one to write a key wins.
        #expect(
            try await Self.findings(scope: scope) == [
                #"{"metadata":{"found":"HG_E_MISSING"}}"#, #"{"metadata":{"found":"HG_E_MISSING"}}"#,
            ]
        )
        let path = try FixturePlugin.path("remembers")
        let configuration = "plugins: [{name: only, path: '\(path)', config: {scope: \(scope)}}]"
        let own = try await Site().run(configuration) { runtime in
            let request = try runtime.request(RequestIdentity(requestID: "1"))
            _ = await request.invoke(.toolPreInvoke, try PayloadBlock(Sample.call))
            return await request.invoke(HookName("look"), try PayloadBlock(["key": "found"] as JSONValue)).text
        }
        #expect(own == #"{"metadata":{"found":"search"}}"#)
    }

    @Test("that is global belongs to all plugins of one request", arguments: ["global_state", "global_metadata"])
    func isShared(scope: String) async throws {
        #expect(
            try await Self.findings(scope: scope) == [
                #"{"metadata":{"found":"search"}}"#, #"{"metadata":{"found":"HG_E_MISSING"}}"#,
            ]
        )
    }
}
