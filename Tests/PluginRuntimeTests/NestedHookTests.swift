import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A hook that a plugin invokes", .inBothIsolations)
struct NestedHookTests {
    private static let ask = HookName("ask")

    /// What becomes of `ask` on a payload, with the plugin that invokes others, and more plugins.
    private static func outcome(
        _ payload: JSONValue,
        _ entry: String = "",
        others: String = ""
    ) async throws -> JSONValue {
        let configuration = """
            plugins:
              - {name: asker, path: "\(try FixturePlugin.path("invokes"))"\(entry)}
            \(others)
            """
        return try await Site().run(configuration) { runtime in
            try JSONValue(json: try await runtime.invoke(ask, payload).text)
        }
    }

    @Test("changes nothing if no plugin has it")
    func missing() async throws {
        let outcome = try await Self.outcome(["hook": "nobody_has_it", "payload": ["a": 1]])
        #expect(
            outcome == [
                "metadata": [
                    "outcome": [
                        "continue_processing": true, "modified_payload": nil, "violation": nil, "error": nil,
                        "metadata": [:],
                    ]
                ]
            ]
        )
    }

    @Test("may be blocked, which is the invoking plugin's to judge")
    func blocked() async throws {
        let others = "  - {name: guard, path: \"\(try FixturePlugin.path("denies"))\"}"
        let outcome = try await Self.outcome(
            ["hook": "tool_pre_invoke", "payload": ["name": "search"]],
            others: others
        )
        let nested = outcome["metadata"]?["outcome"]
        #expect(outcome["continue_processing"] == nil)
        #expect(nested?["continue_processing"] == false)
        #expect(nested?["violation"]?["code"] == "RATE_LIMIT")
        #expect(nested?["violation"]?["plugin_name"] == "guard")
        #expect(nested?["metadata"] == ["_decision_plugin": "guard"])
    }

    @Test("may fail, which is the invoking plugin's to judge")
    func failed() async throws {
        let others = "  - {name: broken, path: \"\(try FixturePlugin.path("fails"))\"}"
        let outcome = try await Self.outcome(
            ["hook": "tool_pre_invoke", "payload": ["name": "search"]],
            others: others
        )
        #expect(
            outcome["metadata"]?["outcome"]?["error"]
                == ["code": "PLUGIN_ERROR", "message": "the disk is full", "plugin_name": "broken"]
        )
    }

    @Test("shares the state of its request")
    func state() async throws {
        let path = try FixturePlugin.path("remembers")
        let others =
            "  - {name: memory, path: \"\(path)\", config: {scope: plugin_state}, hooks: [tool_pre_invoke, look]}"
        let asker = try FixturePlugin.path("invokes")
        let found = try await Site().run("plugins:\n  - {name: asker, path: \"\(asker)\"}\n\(others)") { runtime in
            let request = try runtime.request(RequestIdentity(requestID: "1"))
            _ = await request.invoke(.toolPreInvoke, try PayloadBlock(Sample.call))
            let payload: JSONValue = ["hook": "look", "payload": ["key": "found"]]
            return await request.invoke(Self.ask, try PayloadBlock(payload)).metadata["outcome"]?["metadata"]
        }
        #expect(found == ["found": "search"])
    }

    @Test("is refused with a payload that is not the hook's")
    func wrongPayload() async throws {
        let outcome = try await Self.outcome(["hook": "tool_pre_invoke", "payload": ["nome": "search"]])
        #expect(outcome == ["metadata": ["refused": "HG_E_TYPE"]])
    }

    @Test("is refused when hooks have invoked one another eight deep")
    func depth() async throws {
        let (depth, last) = Self.levels(try await Self.outcome([:]))
        #expect(depth == 8)
        #expect(last == ["refused": "HG_E_LIMIT"])
    }

    /// How deep hooks have invoked one another, and what the last one says.
    private static func levels(_ outcome: JSONValue) -> (depth: Int, last: JSONValue?) {
        var metadata = outcome["metadata"]
        var depth = 0
        while let nested = metadata?["outcome"] {
            depth += 1
            metadata = nested["metadata"]
        }
        return (depth, metadata)
    }

    /// More calls than a worker has places, and payloads that are larger than the places are.
    @Test(
        "waits for no other, however many there are at once",
        arguments: [(calls: 150, bytes: 10), (calls: 8, bytes: 200_000)]
    )
    func many(calls: Int, bytes: Int) async throws {
        let configuration = "plugins:\n  - {name: asker, path: \"\(try FixturePlugin.path("invokes"))\", timeout: 60}"
        let payload: JSONValue = ["text": .string(String(repeating: "x", count: bytes))]
        try await Site().run(configuration) { runtime in
            let depths = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<calls {
                    group.addTask {
                        Self.levels(try JSONValue(json: try await runtime.invoke(Self.ask, payload).text)).depth
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(depths == Array(repeating: 8, count: calls))
        }
    }

    @Test("fails at once if it needs the plugin that waits for it, and that takes one call at a time")
    func serial() async throws {
        let outcome = try await Self.outcome([:], ", serial: true")
        #expect(
            outcome["metadata"]?["outcome"]?["error"] == [
                "code": "PLUGIN_UNAVAILABLE",
                "message": "plugin asker takes one call at a time, and has invoked this hook from one",
                "plugin_name": "asker",
            ]
        )
    }
}
