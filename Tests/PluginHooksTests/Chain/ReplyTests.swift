import PluginHooks
import PluginPayloads
import Testing

@Suite("A plugin's reply")
struct ReplyTests {
    struct Example: Sendable {
        let hook: HookName
        let payload: String
        let reply: String
        /// The outcome's payload; `nil` if the reply changes nothing.
        let modified: String?
        /// What the next plugin sees.
        let next: String
        var dropped: [String] = []
    }

    static let everyField: [(HookName, writable: [String], fixed: [String])] = [
        (.toolPreInvoke, ["name", "args", "headers"], ["other"]),
        (.toolPostInvoke, ["result"], ["name", "other"]),
        (.promptPreFetch, ["args"], ["prompt_id", "other"]),
        (.promptPostFetch, ["result"], ["prompt_id", "other"]),
        (.resourcePreFetch, ["uri", "metadata"], ["other"]),
        (.resourcePostFetch, ["content"], ["uri", "other"]),
        (
            .agentPreInvoke, ["agent_id", "messages", "tools", "model", "system_prompt", "parameters", "headers"],
            ["other"]
        ),
        (.agentPostInvoke, ["messages", "tool_calls"], ["agent_id", "other"]),
        (.serverPreRegister, ["server", "other"], []),
        (.federationPostSync, ["gateway_id", "other"], []),
        (HookName("email_pre_send"), ["recipient", "other"], []),
    ]

    @Test("replaces the fields that the hook lets plugins write, and no other", arguments: everyField)
    func policy(_ hook: HookName, writable: [String], fixed: [String]) throws {
        let observer = RecordingObserver()
        let fields = writable + fixed
        let payload = try PayloadBlock(JSONObject(fields.map { ($0, .string("old")) }))
        let reply = try PayloadBlock(JSONObject(fields.map { ($0, .string("new")) }))
        let plan = HookPlan([FakePlugin("a").planned(on: hook)], on: hook, observer: observer)
        let trace = try ChainTrace(plan, payload, answers: ["a": .effects { $0.reply = reply }])

        let merged = JSONObject(fields.map { ($0, .string(writable.contains($0) ? "new" : "old")) })
        #expect(trace.outcome == HookOutcome(modifiedPayload: try PayloadBlock(merged)))
        #expect(observer.events == (fixed.isEmpty ? [] : ["a \(hook): \(fixed.joined(separator: ", ")) dropped"]))
    }

    static let examples = [
        Example(
            hook: .toolPreInvoke,
            payload: #"{"name": "x", "args": {"q": 1.10}, "headers": null}"#,
            reply: #"{"args": {"q": 1.100}}"#,
            modified: #"{"name": "x", "args": {"q": 1.100}, "headers": null}"#,
            next: #"{"name": "x", "args": {"q": 1.100}, "headers": null}"#
        ),
        Example(
            hook: .toolPreInvoke,
            payload: #"{"name": "x"}"#,
            reply: #"{"headers": {"a": "b"}, "args": {}}"#,
            modified: #"{"name": "x", "headers": {"a": "b"}, "args": {}}"#,
            next: #"{"name": "x", "headers": {"a": "b"}, "args": {}}"#
        ),
        Example(
            hook: .toolPreInvoke,
            payload: #"{"name": "x", "args": {}}"#,
            reply: #"{}"#,
            modified: nil,
            next: #"{"name": "x", "args": {}}"#
        ),
        Example(
            hook: .toolPreInvoke,
            payload: #"{"name": "x", "args": {"a": [1, "b"]}}"#,
            reply: #"{"args": {"a": [1, "b"]}, "name": "x"}"#,
            modified: nil,
            next: #"{"name": "x", "args": {"a": [1, "b"]}}"#
        ),
        // A plugin that sends back what it got has changed nothing, also where it may not.
        Example(
            hook: .toolPostInvoke,
            payload: #"{"name": "x", "result": 1}"#,
            reply: #"{"name": "x", "result": 2}"#,
            modified: #"{"name": "x", "result": 2}"#,
            next: #"{"name": "x", "result": 2}"#
        ),
        Example(
            hook: .toolPostInvoke,
            payload: #"{"name": "x", "result": 1}"#,
            reply: #"{"name": "y", "extra": 2}"#,
            modified: nil,
            next: #"{"name": "x", "result": 1}"#,
            dropped: ["name", "extra"]
        ),
        Example(
            hook: .httpPreRequest,
            payload: #"{"path": "/", "headers": {"a": "1"}}"#,
            reply: #"{"a": "2", "b": "3"}"#,
            modified: #"{"a": "2", "b": "3"}"#,
            next: #"{"path": "/", "headers": {"a": "2", "b": "3"}}"#
        ),
        Example(
            hook: .httpPreRequest,
            payload: #"{"path": "/", "headers": {"a": "1"}}"#,
            reply: #"{"a": "1"}"#,
            modified: nil,
            next: #"{"path": "/", "headers": {"a": "1"}}"#
        ),
        Example(
            hook: .httpPostRequest,
            payload: #"{"path": "/", "headers": {"a": "1"}, "response_headers": null}"#,
            reply: #"{"b": "3"}"#,
            modified: #"{"b": "3"}"#,
            next: #"{"path": "/", "headers": {"a": "1"}, "response_headers": {"b": "3"}}"#
        ),
        Example(
            hook: .httpAuthResolveUser,
            payload: #"{"credentials": {"scheme": "Bearer"}}"#,
            reply: #"{"email": "ada@example.com"}"#,
            modified: #"{"email": "ada@example.com"}"#,
            next: #"{"credentials": {"scheme": "Bearer"}}"#
        ),
        Example(
            hook: .httpAuthCheckPermission,
            payload: #"{"user_email": "ada@example.com", "permission": "tools.read"}"#,
            reply: #"{"granted": false, "reason": "no"}"#,
            modified: #"{"granted": false, "reason": "no"}"#,
            next: #"{"user_email": "ada@example.com", "permission": "tools.read"}"#
        ),
        // Two keys that look alike are two keys: one scalar, and "e" with an accent.
        Example(
            hook: HookName("custom"),
            payload: #"{"\u00e9": 1, "e\u0301": 2}"#,
            reply: #"{"e\u0301": 3}"#,
            modified: #"{"\u00e9": 1, "e\u0301": 3}"#,
            next: #"{"\u00e9": 1, "e\u0301": 3}"#
        ),
        Example(
            hook: HookName("custom"),
            payload: #"{"\u00e9": 1}"#,
            reply: #"{"e\u0301": 3, "a": 4}"#,
            modified: #"{"\u00e9": 1, "e\u0301": 3, "a": 4}"#,
            next: #"{"\u00e9": 1, "e\u0301": 3, "a": 4}"#
        ),
    ]

    @Test("is merged into the payload as the hook says", arguments: examples)
    func merge(_ example: Example) throws {
        let observer = RecordingObserver()
        let account = FakePlugin("a")
        let plan = HookPlan(
            [account.planned(on: example.hook), FakePlugin("b").planned(on: example.hook)],
            on: example.hook,
            observer: observer
        )
        let payload = try PayloadBlock(json: example.payload)
        let trace = try ChainTrace(plan, payload, answers: ["a": .reply(example.reply)])
        let modified = try example.modified.map { try PayloadBlock(json: $0) }
        #expect(trace.outcome == HookOutcome(modifiedPayload: modified))
        #expect(trace.payloads == [payload.value, try PayloadBlock(json: example.next).value])
        let fields = example.dropped.joined(separator: ", ")
        #expect(observer.events == (fields.isEmpty ? [] : ["a \(example.hook): \(fields) dropped"]))
        #expect(account.account.counts == (example.modified == nil ? "calls 1" : "calls 1, modifications 1"))
    }

    static let misfits: [(HookName, reply: String)] = [
        (.toolPreInvoke, #"["name"]"#),
        (.toolPreInvoke, #""name""#),
        (.toolPreInvoke, "null"),
        (.httpPreRequest, #"[]"#),
        (.httpPreRequest, #"{"a": 1}"#),
        (.httpPostRequest, #"{"a": null}"#),
        (.httpPostRequest, "null"),
        (.httpAuthResolveUser, #""ada""#),
        (.httpAuthCheckPermission, "true"),
        (HookName("custom"), "[]"),
    ]

    @Test("of another shape than the hook's is an error of the plugin", arguments: misfits)
    func misfit(_ hook: HookName, reply: String) throws {
        let plan = HookPlan([FakePlugin("a").planned(on: hook)], on: hook)
        let trace = try ChainTrace(plan, PayloadBlock(json: #"{"name": "x"}"#), answers: ["a": .reply(reply)])
        #expect(trace.outcome.error?.code == .badReply)
        #expect(trace.outcome.error?.pluginName == "a")
        #expect(trace.outcome.modifiedPayload == nil)
    }

    @Test("to a second header hook meets the headers of the first")
    func headerChain() throws {
        let plan = HookPlan(["a", "b"].map { FakePlugin($0).planned(on: .httpPreRequest) }, on: .httpPreRequest)
        let trace = try ChainTrace(
            plan,
            PayloadBlock(json: #"{"path": "/", "method": "GET", "headers": {"a": "1"}}"#),
            answers: ["a": .reply(#"{"a": "2"}"#), "b": .reply(#"{"a": "2", "b": "3"}"#)]
        )
        #expect(trace.payloads[1] == ["path": "/", "method": "GET", "headers": ["a": "2"]])
        #expect(trace.outcome == HookOutcome(modifiedPayload: try PayloadBlock(json: #"{"a": "2", "b": "3"}"#)))
    }

    @Test(
        "to a header hook changes the headers that it names, whatever their case, and keeps the others",
        arguments: [HookName.httpPreRequest, .httpPostRequest]
    )
    func partialHeaders(hook: HookName) throws {
        let plan = HookPlan(["a", "b", "c"].map { FakePlugin($0).planned(on: hook) }, on: hook)
        let field = hook == .httpPreRequest ? "headers" : "response_headers"
        let trace = try ChainTrace(
            plan,
            PayloadBlock(json: #"{"path": "/", "\#(field)": {"host": "h", "x": "1"}}"#),
            answers: ["a": .reply(#"{"X": "2", "y": "3"}"#), "b": .reply(#"{"Z": "4"}"#)]
        )
        #expect(trace.payloads[1] == .object(["path": "/", field: ["host": "h", "x": "2", "y": "3"]]))
        #expect(trace.payloads[2] == .object(["path": "/", field: ["host": "h", "x": "2", "y": "3", "Z": "4"]]))
        let modified = try PayloadBlock(json: #"{"X": "2", "y": "3", "Z": "4"}"#)
        #expect(trace.outcome == HookOutcome(modifiedPayload: modified))
    }

    @Test(
        "that refuses a permission stands, whatever other plugins decide",
        arguments: [[true, false], [false, true]]
    )
    func valueChain(granted: [Bool]) throws {
        let plan = HookPlan(
            ["a", "b"].map { FakePlugin($0).planned(on: .httpAuthCheckPermission) },
            on: .httpAuthCheckPermission
        )
        let trace = try ChainTrace(
            plan,
            PayloadBlock(json: #"{"permission": "x"}"#),
            answers: [
                "a": .reply(#"{"granted": \#(granted[0])}"#), "b": .reply(#"{"granted": \#(granted[1])}"#),
            ]
        )
        #expect(trace.payloads == [["permission": "x"], ["permission": "x"]])
        #expect(trace.outcome == HookOutcome(modifiedPayload: try PayloadBlock(json: #"{"granted": false}"#)))
    }

    @Test("that names a user replaces an earlier plugin's")
    func users() throws {
        let hook = HookName.httpAuthResolveUser
        let plan = HookPlan(["a", "b"].map { FakePlugin($0).planned(on: hook) }, on: hook)
        let trace = try ChainTrace(
            plan,
            PayloadBlock(json: #"{"headers": {}}"#),
            answers: ["a": .reply(#"{"email": "a@x"}"#), "b": .reply(#"{"email": "b@x"}"#)]
        )
        #expect(trace.outcome == HookOutcome(modifiedPayload: try PayloadBlock(json: #"{"email": "b@x"}"#)))
    }

    @Test("of very many fields is merged in good time")
    func manyFields() throws {
        let fields = 20_000
        let payload = try PayloadBlock(JSONObject((0..<fields).map { ("f\($0)", .int(0)) }))
        let reply = try PayloadBlock(JSONObject((0..<fields).reversed().map { ("f\($0)", .int(1)) }))
        let hook = HookName("custom")
        let plan = HookPlan([FakePlugin("a").planned(on: hook)], on: hook)
        let trace = try ChainTrace(plan, payload, answers: ["a": .effects { $0.reply = reply }])
        let expected = try PayloadBlock(JSONObject((0..<fields).map { ("f\($0)", .int(1)) }))
        #expect(trace.outcome == HookOutcome(modifiedPayload: expected))
    }
}
