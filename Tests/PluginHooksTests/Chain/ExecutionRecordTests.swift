import PluginHooks
import PluginPayloads
import Synchronization
import Testing

@Suite("The records of a request's executions")
struct ExecutionRecordTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var mode = PluginMode.enforce
        var onError: ErrorPolicy?
        let answer: HookResponse
        let record: String

        init(
            _ description: String,
            _ mode: PluginMode,
            onError: ErrorPolicy? = nil,
            _ answer: HookResponse,
            _ record: String
        ) {
            testDescription = description
            self.mode = mode
            self.onError = onError
            self.answer = answer
            self.record = record
        }
    }

    private static let change = HookResponse.effects { $0.reply = try? PayloadBlock(json: #"{"name": "y"}"#) }
    private static let same = HookResponse.effects { $0.reply = try? PayloadBlock(json: #"{"name": "x"}"#) }
    private static let error = HookResponse.failed(.failed, message: "it broke")
    private static let timeout = HookResponse.failed(.timeout, message: "too slow")

    static let table = [
        Row("nothing", .enforce, .nothing, "a enforce completed"),
        Row("a change", .enforce, change, "a enforce completed, applied, modified"),
        Row("a change that is none", .enforce, same, "a enforce completed"),
        Row("a change in audit", .audit, change, "a audit completed"),
        Row("a change of a concurrent plugin", .concurrent, change, "a concurrent completed"),
        Row("a denial", .enforce, .denial("STOP"), "a enforce completed: STOP because, denies, stops, applied"),
        Row(
            "a denial, errors ignored",
            .enforceIgnoreError,
            .denial(),
            "a enforce_ignore_error completed: NO because, denies, stops, applied"
        ),
        Row("a denial of a permissive plugin", .permissive, .denial(), "a permissive completed: NO because, denies"),
        Row("a denial in audit", .audit, .denial(), "a audit completed: NO because, denies"),
        Row(
            "a denial of a concurrent plugin",
            .concurrent,
            .denial(),
            "a concurrent completed: NO because, denies, stops, applied"
        ),
        Row("an error", .enforce, error, "a enforce error: PLUGIN_ERROR it broke, stops, applied"),
        Row("an error that is ignored", .permissive, error, "a permissive error: PLUGIN_ERROR it broke"),
        Row("an error that disables", .enforce, onError: .disable, error, "a enforce error: PLUGIN_ERROR it broke"),
        Row("a timeout", .enforce, timeout, "a enforce timeout: PLUGIN_TIMEOUT too slow, stops, applied"),
        Row("a timeout that is ignored", .audit, timeout, "a audit timeout: PLUGIN_TIMEOUT too slow"),
    ]

    @Test("say how each plugin answered, and what came of it", arguments: table)
    func answers(_ row: Row) throws {
        let plan = HookPlan([FakePlugin("a").planned(mode: row.mode, onError: row.onError)])
        let payload = try PayloadBlock(json: #"{"name": "x"}"#)
        let trace = try ChainTrace(plan, payload, request: .recording(), answers: ["a": row.answer])
        #expect(trace.outcome.executions.map(\.summary) == [row.record])
    }

    @Test("name the plugins that were not called, and why")
    func notCalled() throws {
        var others = HookConditions.Alternative()
        others.tools = ["other"]
        let off = FakePlugin("off")
        off.account.isSwitchedOff.store(true, ordering: .relaxed)
        let plan = HookPlan([
            FakePlugin("a").planned(conditions: [others]), off.planned(), off.planned(conditions: [others]),
            FakePlugin("b").planned(), FakePlugin("c").planned(),
        ])
        let payload = try PayloadBlock(json: #"{"name": "x"}"#)
        let trace = try ChainTrace(plan, payload, request: .recording(), answers: ["b": .denial()])
        #expect(
            trace.outcome.executions.map(\.summary) == [
                "a enforce skipped, no match", "off enforce disabled", "off enforce disabled, no match",
                "b enforce completed: NO because, denies, stops, applied",
            ]
        )
    }

    @Test("name the members of a group that another one has cancelled, before the one that decided")
    func cancelled() throws {
        let plan = HookPlan(["a", "b", "c"].map { FakePlugin($0).planned(mode: .concurrent) })
        let request = RequestState.recording()
        var chain = ChainState(plan, payload: anyPayload)
        guard case .callTogether(let places, .firstInTime) = chain.next(of: plan, for: request) else {
            Issue.record("these are a group")
            return
        }
        #expect(places == [0, 1, 2])
        let answers: [(Int, HookResponse?)] = [(0, nil), (2, .nothing), (1, .denial())]
        chain.receive(
            answers.map { ChainState.Answer(place: $0, response: $1, nanoseconds: 5) },
            of: plan,
            for: request
        )
        guard case .finish(let outcome) = chain.next(of: plan, for: request) else {
            Issue.record("the group has decided")
            return
        }
        #expect(
            outcome.executions.map(\.summary) == [
                "a concurrent cancelled", "c concurrent completed",
                "b concurrent completed: NO because, denies, stops, applied",
            ]
        )
        #expect(outcome.executions.map(\.durationNanoseconds) == [0, 5, 5])
    }

    @Test("are not made when nobody asks for them")
    func notAskedFor() throws {
        let trace = try ChainTrace(HookPlan([FakePlugin("a").planned()]), answers: ["a": .denial()])
        #expect(trace.outcome == .blocked(by: "a"))
    }

    @Test("are bounded, and hold keys of the configuration, but no values")
    func bounds() throws {
        let long = String(repeating: "é", count: 300)
        let keys = (0..<100).map { "key\($0)" }
        let account = PluginAccount(name: long, isSerial: false, kind: long, configurationKeys: [long] + keys)
        let plugin = FakePlugin(sharing: account) { _ in .finished(.nothing) }
        let plan = HookPlan([plugin.planned(stateKey: 7, mode: .permissive)])
        let denial = HookResponse.effects {
            $0.denial = PluginViolation(reason: long, description: "the secret", code: long)
        }
        let trace = try ChainTrace(plan, request: .recording(), answers: [long: denial])
        var record = try #require(trace.outcome.executions.first)
        record.durationNanoseconds = 9
        let short = JSONValue.string(String(repeating: "é", count: 128))
        #expect(trace.outcome.executions.count == 1)
        #expect(
            record.object == [
                "plugin_id": 7, "plugin_name": short, "plugin_kind": short, "hook_name": "tool_pre_invoke",
                "mode": "permissive", "status": "completed", "requested_allow": false, "effective_allow": true,
                "matched": true, "applied": false, "payload_modified": false, "duration_ns": 9, "reason": short,
                "error_code": short, "config_keys": .array([short] + keys.prefix(63).map(JSONValue.string)),
            ]
        )
    }

    @Test("cut a text at a character", arguments: [(256, 256), (257, 256), (300, 256)])
    func bounded(_ length: Int, _ expected: Int) {
        #expect(ExecutionRecord.bounded(String(repeating: "a", count: length)).utf8.count == expected)
        // The last character that would begin within the bound, and end behind it, is left out.
        let flag = String(repeating: "a", count: length - 2) + "🇸🇪"
        #expect(ExecutionRecord.bounded(flag) == String(repeating: "a", count: min(256, length - 2)))
    }
}
