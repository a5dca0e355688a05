import PluginHooks
import PluginPayloads
import Testing

@Suite("A plugin in mode audit")
struct AuditTests {
    private static func write(_ scope: RequestState.Scope) throws -> StateWrite {
        StateWrite(scope: scope, key: "k", value: try PayloadBlock(JSONValue.int(1)))
    }

    @Test("sees the payload at its place, and what it does about it has no effect")
    func place() throws {
        let observer = RecordingObserver()
        let plan = HookPlan(
            [
                FakePlugin("first").planned(), FakePlugin("auditor").planned(mode: .audit),
                FakePlugin("last").planned(),
            ],
            observer: observer
        )
        let change = try PayloadBlock(json: #"{"name": "z"}"#)
        let trace = try ChainTrace(
            plan,
            PayloadBlock(json: #"{"name": "x"}"#),
            answers: [
                "first": .reply(#"{"name": "y"}"#),
                "auditor": .effects {
                    $0.reply = change
                    $0.report = .denied("SEEN", by: "")
                    $0.httpHeaders = ["x-auditor": "1"]
                    $0.retryDelayMilliseconds = 500
                    $0.metadata = ["audited": true]
                },
            ]
        )
        #expect(trace.plugins == ["first", "auditor", "last"])
        #expect(trace.payloads == [["name": "x"], ["name": "y"], ["name": "y"]])
        let modified = try PayloadBlock(json: #"{"name": "y"}"#)
        #expect(trace.outcome == HookOutcome(modifiedPayload: modified, metadata: ["audited": true]))
        #expect(observer.events == [])
    }

    @Test("denies without effect, which the observer and the record are told")
    func denial() throws {
        let observer = RecordingObserver()
        let plugin = FakePlugin("auditor")
        let plan = HookPlan([plugin.planned(mode: .audit), FakePlugin("last").planned()], observer: observer)
        let change = try PayloadBlock(json: #"{"name": "z"}"#)
        let trace = try ChainTrace(
            plan,
            PayloadBlock(json: #"{"name": "x"}"#),
            request: .recording(),
            answers: [
                "auditor": .effects {
                    $0.reply = change
                    $0.denial = .denied("STOP", by: "")
                    $0.metadata = ["audited": true, "_decision_plugin": "auditor"]
                }
            ]
        )
        #expect(trace.payloads == [["name": "x"], ["name": "x"]])
        var outcome = trace.outcome
        #expect(
            outcome.executions.map(\.summary) == [
                "auditor audit completed: STOP because, denies", "last enforce completed",
            ]
        )
        outcome.executions = []
        #expect(outcome == HookOutcome(metadata: ["audited": true]))
        #expect(observer.events == ["auditor tool_pre_invoke: violation STOP of auditor ignored"])
        #expect(plugin.account.counts == "calls 1")
    }

    @Test("keeps its own state for later hooks, and writes none that others see")
    func state() throws {
        let request = RequestState()
        let plan = HookPlan([FakePlugin("auditor").planned(stateKey: 1, mode: .audit)])
        let scopes: [RequestState.Scope] = [.pluginState, .pluginMetadata, .globalState, .globalMetadata]
        let writes = try scopes.map(Self.write)
        _ = try ChainTrace(plan, request: request, answers: ["auditor": .effects { $0.stateWrites = writes }])
        #expect(scopes.map { request.value(of: "k", scope: $0, plugin: 1)?.value } == [1, 1, nil, nil])
    }
}
