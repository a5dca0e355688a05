import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

/// Decision 11: what becomes of the hooks of a plugin that must not be missing.
@Suite("A required plugin", .inBothIsolations)
struct RequiredTests {
    private static func failure(_ plugin: String) -> String {
        #"{"continue_processing":false,"error":"PLUGIN_UNAVAILABLE: plugin \#(plugin): "#
            + #"required plugin \#(plugin) is not loaded"}"#
    }

    /// The outcomes of some hooks.
    private static func outcomes(_ entry: String, _ hooks: [HookName], user: String = "ada") async throws -> [String] {
        try await Site().run("plugins: [{name: p, \(entry)}]") { runtime in
            let request = try runtime.request(RequestIdentity(requestID: "1", user: .string(user)))
            var texts: [String] = []
            for hook in hooks { texts.append(await request.invoke(hook, try PayloadBlock(Sample.call)).text) }
            return texts
        }
    }

    @Test("does its work when it is there")
    func isThere() async throws {
        let entry = "path: '\(try FixturePlugin.path("does_nothing"))', required: true"
        #expect(try await Self.outcomes(entry, [.toolPreInvoke, .toolPostInvoke]) == ["{}", "{}"])
    }

    @Test("fails all standard hooks when nobody knows which it has, in any mode", arguments: ["enforce", "permissive"])
    func failsAll(mode: String) async throws {
        let outcomes = try await Self.outcomes("kind: unheard_of, required: true, mode: \(mode)", HookName.standard)
        #expect(outcomes == Array(repeating: Self.failure("p"), count: HookName.standard.count))
    }

    @Test("fails the hooks that its entry lists")
    func failsListed() async throws {
        let custom = HookName("email_pre_send")
        #expect(
            try await Self.outcomes(
                "kind: unheard_of, required: true, hooks: [email_pre_send]",
                [custom, .toolPreInvoke]
            ) == [Self.failure("p"), "{}"]
        )
    }

    @Test("fails the hooks of its manifest, if that can be read")
    func failsManifest() async throws {
        let path = try FixturePlugin.path("start_fails")
        #expect(
            try await Self.outcomes("path: '\(path)', required: true", [.toolPreInvoke, .toolPostInvoke])
                == [Self.failure("p"), "{}"]
        )
    }

    @Test("fails the requests that it would see, and no others", arguments: [("ada", true), ("bob", false)])
    func failsOnConditions(user: String, fails: Bool) async throws {
        let entry = "kind: unheard_of, required: true, conditions: [{user_patterns: [ada]}]"
        #expect(
            try await Self.outcomes(entry, [.toolPreInvoke], user: user) == [fails ? Self.failure("p") : "{}"]
        )
    }

    @Test("is one of others, which go on in their places")
    func isOneOfOthers() async throws {
        let site = try Site()
        try site.directory.write(NamedPlugin.bytes(kind: "first", mark: "first"), to: "first.so")
        let configuration = """
            plugins:
              - {name: missing, kind: unheard_of, required: true, priority: 20, hooks: [tool_pre_invoke]}
              - {name: first, path: first.so, priority: 10}
            """
        try await site.run(configuration) { runtime in
            let outcome = try await runtime.invoke()
            #expect(
                outcome.text
                    == Self.failure("missing").dropLast() + #","metadata":{"seen_by":"first"}}"#
            )
            #expect(runtime.plugins.map(\.name) == ["first", "missing"])
            #expect(runtime.plugins.map(\.isRequired) == [false, true])
            #expect(runtime.plugins.map(\.state) == [.active, .failed])
        }
    }

    @Test("that is disabled is not missed")
    func isDisabled() async throws {
        #expect(
            try await Self.outcomes("kind: unheard_of, required: true, mode: disabled", [.toolPreInvoke]) == ["{}"]
        )
    }
}
