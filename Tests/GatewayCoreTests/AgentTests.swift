import GatewayCore
import GatewayTesting
import PluginPayloads
import Testing

/// All that a gateway does, with an agent of each version.
private func dispatch(_ upstream: ClosureUpstream) async throws -> GatewayDispatch {
    let dispatch = try await GatewayDispatch(InMemoryStores(), upstream: upstream) { _, _, _ in }
    for agent in [
        #"{"name": "new", "endpoint_url": "http://new", "headers": {"Authorization": "Bearer n", "X-A": "a"}}"#,
        #"{"agent": {"name": "old", "endpoint_url": "http://old", "protocol_version": "0.3.0", "agent_type": "jsonrpc"}}"#,
    ] { _ = try await dispatch.agents.create(form(agent), nobody) }
    return dispatch
}

/// The answer to a request, as JSON.
private func invoke(
    _ dispatch: GatewayDispatch,
    _ name: String,
    _ request: String,
    _ hooks: ClosureHooks = ClosureHooks()
) async throws -> String {
    try await dispatch.invokeAgent(name, AgentRequest(form(request)), hooks.request).result.value.stableMessage
        .description
}

extension JSONValue {
    /// The value with `ID` for identifiers that the gateway has made up.
    fileprivate var stableMessage: JSONValue {
        if let array { return .array(array.map(\.stableMessage)) }
        guard let object else { return self }
        return .object(
            JSONObject(
                object.map { key, value in
                    let isNew = (key == "id" || key == "messageId") && value.string?.utf8.count == 32
                    return (key, isNew ? "ID" : value.stableMessage)
                }
            )
        )
    }
}

private let newMessage = #"{"role":"ROLE_AGENT","messageId":"m","parts":[{"text":"hi"}]}"#
private let oldMessage = #"{"kind":"message","role":"agent","messageId":"m","parts":[{"kind":"text","text":"hi"}]}"#

/// The answer of an agent.
private func answering(_ result: String) -> ClosureUpstream {
    ClosureUpstream(#"{"jsonrpc": "2.0", "id": "x", "result": \#(result)}"#)
}

@Suite("An agent")
struct AgentTests {
    @Test("is made of what a client sends, and never shows the values of its headers")
    func record() async throws {
        let records = try await dispatch(ClosureUpstream()).agents.records
        #expect(
            records.map { JSONValue.object($0.object).stable.description } == [
                #"{"id":"ID","name":"new","description":null,"endpoint_url":"http://new","agent_type":"generic","#
                    + #""protocol_version":"1.0","headers":{"Authorization":"********","X-A":"********"},"#
                    + #""created_at":"TIME","updated_at":"TIME"}"#,
                #"{"id":"ID","name":"old","description":null,"endpoint_url":"http://old","agent_type":"jsonrpc","#
                    + #""protocol_version":"0.3","headers":{},"created_at":"TIME","updated_at":"TIME"}"#,
            ]
        )
    }

    @Test(
        "is refused with all that is wrong",
        arguments: [
            ("{}", "missing name and endpoint_url"),
            (
                #"{"name": "a/b", "endpoint_url": "http://h/{x}", "protocol_version": "2"}"#,
                "name: a slash or a control character is not allowed; endpoint_url: an agent's URL has no places; "
                    + "protocol_version: expected 1.0 or 0.3, found \"2\""
            ),
        ]
    )
    func refused(json: String, problems: String) async throws {
        let agents = try await dispatch(ClosureUpstream()).agents
        let text = try await refusal { _ = try await agents.create(form(json), nobody) }
        #expect(text == "422 the agent is not valid: \(problems)")
    }

    @Test(
        "gets a message in its version, and the client its answer in that of the question",
        arguments: [
            (
                "new", #"{"message": {"role": "ROLE_USER", "messageId": "q", "parts": [{"text": "hello"}]}}"#,
                #"{"message":\#(newMessage)}"#
            ),
            (
                "new",
                #"{"message": {"kind": "message", "role": "user", "messageId": "q", "parts": [{"kind": "text", "text": "hello"}]}}"#,
                oldMessage
            ),
            (
                "old",
                #"{"jsonrpc": "2.0", "id": 7, "method": "SendMessage", "params": {"message": {"role": "ROLE_USER", "messageId": "q", "parts": [{"text": "hello"}]}}}"#,
                #"{"jsonrpc":"2.0","id":7,"result":{"message":\#(newMessage)}}"#
            ),
            (
                "old",
                #"{"jsonrpc": "2.0", "id": "s", "method": "message/send", "params": {"message": {"role": "user", "messageId": "q", "parts": [{"kind": "text", "text": "hello"}]}}}"#,
                #"{"jsonrpc":"2.0","id":"s","result":\#(oldMessage)}"#
            ),
            (
                "old", #"{"messages": [{"role": "user", "content": "hello", "messageId": "q"}]}"#,
                #"{"messages":[{"role":"agent","content":{"type":"text","text":"hi"},"messageId":"m"}],"tool_calls":null}"#
            ),
        ]
    )
    func versions(agent: String, request: String, answer: String) async throws {
        let upstream = answering(agent == "new" ? #"{"message": \#(newMessage)}"# : oldMessage)
        #expect(try await invoke(dispatch(upstream), agent, request) == answer)
        let sent = try #require(upstream.requests.first)
        let body = try JSONValue(json: String(decoding: sent.body ?? [], as: UTF8.self)).stableMessage.description
        if agent == "new" {
            #expect(
                body == #"{"jsonrpc":"2.0","id":"ID","method":"SendMessage","params":{"message":"#
                    + #"{"role":"ROLE_USER","messageId":"q","parts":[{"text":"hello"}]}}}"#
            )
            #expect(sent.headers["A2A-Version"] == "1.0")
            #expect(sent.headers["Authorization"] == "Bearer n")
        } else {
            #expect(
                body == #"{"jsonrpc":"2.0","id":"ID","method":"message/send","params":{"message":"#
                    + #"{"kind":"message","role":"user","messageId":"q","parts":[{"kind":"text","text":"hello"}]}}}"#
            )
            #expect(sent.headers == ["Content-Type": "application/json"])
        }
    }

    @Test("gets parameters as a message, and all that A2A has no place for as metadata")
    func parameters() async throws {
        let upstream = answering(oldMessage)
        _ = try await invoke(
            dispatch(upstream),
            "old",
            #"{"parameters": {"query": "why", "n": 1}, "interaction_type": "query"}"#
        )
        _ = try await invoke(
            dispatch(upstream),
            "old",
            #"{"messages": [{"role": "user", "content": "a"}, {"role": "user", "content": "b"}], "model": "m", "#
                + #""system_prompt": "s", "tools": ["t"]}"#
        )
        _ = try await invoke(dispatch(upstream), "old", #"{"message": "hello", "parameters": {"query": "why"}}"#)
        let bodies = try upstream.requests.map { request in
            try JSONValue(json: String(decoding: request.body ?? [], as: UTF8.self)).stableMessage["params"]?
                .description
        }
        #expect(
            bodies == [
                #"{"message":{"kind":"message","role":"user","messageId":"ID","parts":[{"kind":"text","text":"why"}]},"#
                    + #""metadata":{"query":"why","n":1}}"#,
                #"{"message":{"kind":"message","role":"user","messageId":"ID","parts":[{"kind":"text","text":"b"}]},"#
                    + #""metadata":{"history":[{"role":"user","content":"a"}],"model":"m","system_prompt":"s","tools":["t"]}}"#,
                #"{"message":{"kind":"message","role":"user","messageId":"ID","parts":[{"kind":"text","text":"hello"}]},"#
                    + #""metadata":{"query":"why"}}"#,
            ]
        )
    }

    @Test("has files and data translated")
    func parts() async throws {
        let upstream = answering(
            #"{"kind": "message", "role": "agent", "messageId": "m", "parts": [{"kind": "file", "file": {"uri": "http://f", "#
                + #""mimeType": "a/b", "name": "n"}}, {"kind": "data", "data": {"x": 1}}]}"#
        )
        let request =
            #"{"message": {"role": "ROLE_USER", "messageId": "q", "parts": [{"raw": "YQ==", "mediaType": "c/d"}, {"data": [1]}, {"text": "t"}]}}"#
        #expect(
            try await invoke(dispatch(upstream), "old", request)
                == #"{"message":{"role":"ROLE_AGENT","messageId":"m","parts":[{"url":"http://f","mediaType":"a/b","#
                + #""filename":"n"},{"data":{"x":1}}]}}"#
        )
        let body = try JSONValue(json: String(decoding: upstream.requests[0].body ?? [], as: UTF8.self))
        #expect(
            body["params"]?["message"]?["parts"]?.description
                == #"[{"kind":"file","file":{"bytes":"YQ==","mimeType":"c/d"}},{"kind":"data","data":[1]},{"kind":"text","text":"t"}]"#
        )
    }

    @Test("answers with a task, of which each text can be changed")
    func tasks() async throws {
        let task =
            #"{"kind": "task", "id": "t", "contextId": "c", "status": {"state": "input-required", "message": "#
            + #"{"kind": "message", "role": "agent", "messageId": "m", "parts": [{"kind": "text", "text": "bad 1"}]}}, "#
            + #""artifacts": [{"artifactId": "a", "name": "n", "parts": [{"kind": "text", "text": "bad 2"}]}], "#
            + #""history": [{"kind": "message", "role": "user", "messageId": "h", "parts": [{"kind": "text", "text": "bad 3"}]}]}"#
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.agentPostInvoke: { try .modified(JSONValue(json: $0.description.replacing("bad", with: "good"))) }]
        )
        let request = #"{"message": {"role": "ROLE_USER", "parts": [{"text": "q"}]}}"#
        #expect(
            try await invoke(dispatch(answering(task)), "old", request, hooks)
                == #"{"task":{"id":"t","contextId":"c","status":{"state":"TASK_STATE_INPUT_REQUIRED","message":"#
                + #"{"role":"ROLE_AGENT","messageId":"m","parts":[{"text":"good 1"}]}},"#
                + #""history":[{"role":"ROLE_USER","messageId":"h","parts":[{"text":"good 3"}]}],"#
                + #""artifacts":[{"artifactId":"a","name":"n","parts":[{"text":"good 2"}]}]}}"#
        )
    }

    @Test(
        "that does not answer is an error, in the form of the question, and without its words",
        arguments: [
            (
                #"{"error": {"code": -32000, "message": "secret"}}"#, 200,
                "502 agent \"old\": it answered with the error -32000"
            ),
            ("<html>", 200, "502 agent \"old\": its answer is no message and no task of A2A"),
            (#"{"result": {}}"#, 200, "502 agent \"old\": its answer is no message and no task of A2A"),
            ("secret", 500, "502 agent \"old\": it answered with status 500"),
        ]
    )
    func failures(answer: String, status: Int, text: String) async throws {
        let dispatch = try await dispatch(ClosureUpstream(answer, status: status))
        #expect(try await refusal { _ = try await invoke(dispatch, "old", #"{"parameters": {}}"#) } == text)
        let hooks = ClosureHooks(PromptPolicy(), [.agentPostInvoke: { _ in HookOutcome() }])
        let message = #"{"message": {"role": "user", "parts": [{"text": "q"}]}}"#
        let thrown = await #expect(throws: GatewayError.self) {
            _ = try await invoke(
                dispatch,
                "old",
                #"{"jsonrpc": "2.0", "id": 3, "method": "message/send", "params": \#(message)}"#,
                hooks
            )
        }
        let error = try #require(thrown)
        let words = text.dropFirst(4).replacing("\"", with: "\\\"")
        #expect(error.status == 200)
        #expect(
            JSONValue.object(error.body).description
                == "{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":-32603,\"message\":\"\(words)\"}}"
        )
        #expect(hooks.calls.count == 1)
    }

    @Test(
        "is asked nothing that makes no sense",
        arguments: [
            (#"{"message": {"role": "user", "parts": []}}"#, "422 message.parts: expected a list that is not empty"),
            (#"{"messages": []}"#, "422 messages: expected a list of objects with role and content"),
            (#"{"messages": [{"role": "user"}]}"#, "422 messages: expected a list of objects with role and content"),
            (#"{"parameters": 1}"#, "422 parameters: expected an object, found a number"),
            (#"{"tools": [1]}"#, "422 tools: expected a list of strings"),
            (#"{"model": 1}"#, "422 model: expected a string, found a number"),
            (
                #"{"jsonrpc": "2.0", "id": 1, "method": "tasks/get"}"#,
                "200 unknown method \"tasks/get\"; known are SendMessage and message/send"
            ),
            (#"{"jsonrpc": "2.0", "id": 1, "method": "SendMessage"}"#, "200 params.message: expected an object"),
        ]
    )
    func malformed(request: String, text: String) async throws {
        let upstream = answering(oldMessage)
        #expect(try await refusal { _ = try await invoke(dispatch(upstream), "old", request) } == text)
        #expect(upstream.requests == [])
    }
}

@Suite("The hooks of an agent")
struct AgentHookTests {
    private static let question = #"{"parameters": {"query": "why"}}"#

    @Test("see the call with its outgoing headers, and then what the agent says")
    func payloads() async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.agentPreInvoke: { _ in HookOutcome() }, .agentPostInvoke: { _ in HookOutcome() }]
        )
        let reply =
            #"{"message": {"role": "ROLE_AGENT", "messageId": "m", "metadata": {"tool_calls": [{"name": "x"}]}, "parts": [{"text": "a"}, {"data": 1}]}}"#
        _ = try await invoke(dispatch(answering(reply)), "new", Self.question, hooks)
        #expect(
            hooks.calls == [
                ClosureHooks.Call(
                    .agentPreInvoke,
                    #"{"agent_id":"new","messages":[{"role":"user","content":{"type":"text","text":"why"}}],"tools":null,"#
                        + #""headers":{"Authorization":"Bearer n","X-A":"a"},"model":null,"system_prompt":null,"#
                        + #""parameters":{"query":"why"}}"#
                ),
                ClosureHooks.Call(
                    .agentPostInvoke,
                    #"{"agent_id":"new","messages":[{"role":"agent","content":[{"type":"text","text":"a"},{"data":1}],"#
                        + #""messageId":"m","metadata":{"tool_calls":[{"name":"x"}]}}],"tool_calls":[{"name":"x"}]}"#
                ),
            ]
        )
    }

    @Test("change everything that is sent, but add no credentials")
    func changes() async throws {
        let upstream = answering(oldMessage)
        let hooks = ClosureHooks(
            PromptPolicy(),
            [
                .agentPreInvoke: { _ in
                    try .modified([
                        "agent_id": "old", "messages": [["role": "user", "content": "changed", "messageId": "q"]],
                        "tools": ["t"], "model": "m", "system_prompt": "s", "parameters": ["p": 1],
                        "headers": [
                            "X-New": "1", "Authorization": "evil", "cookie": "c", "X-API-Key": "k", "X-A": "a",
                        ],
                    ])
                }
            ]
        )
        _ = try await invoke(dispatch(upstream), "new", Self.question, hooks)
        let sent = try #require(upstream.requests.first)
        #expect(sent.url == "http://old")
        #expect(sent.headers == ["X-New": "1", "Content-Type": "application/json"])
        let body = try JSONValue(json: String(decoding: sent.body ?? [], as: UTF8.self))
        #expect(
            body["params"]?.description
                == #"{"message":{"kind":"message","role":"user","messageId":"q","parts":[{"kind":"text","text":"changed"}]},"#
                + #""metadata":{"p":1,"model":"m","system_prompt":"s","tools":["t"]}}"#
        )
    }

    @Test("remove and replace headers that the agent has")
    func headers() async throws {
        let upstream = answering(#"{"message": \#(newMessage)}"#)
        let hooks = ClosureHooks(
            PromptPolicy(),
            [
                .agentPreInvoke: { payload in
                    var changed = payload
                    changed["headers"] = ["Authorization": "Bearer other"]
                    return try .modified(changed)
                }
            ]
        )
        _ = try await invoke(dispatch(upstream), "new", Self.question, hooks)
        #expect(
            upstream.requests.first?.headers == [
                "Authorization": "Bearer other", "Content-Type": "application/json", "A2A-Version": "1.0",
            ]
        )
    }

    @Test("make the answer")
    func answers() async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [
                .agentPostInvoke: { _ in
                    try .modified([
                        "messages": [["role": "agent", "content": "one"], ["role": "agent", "content": ["two"]]],
                        "tool_calls": [["name": "t"]],
                    ])
                }
            ]
        )
        let dispatch = try await dispatch(answering(oldMessage))
        #expect(
            try await invoke(dispatch, "old", Self.question, hooks)
                == #"{"messages":[{"role":"agent","content":"one"},{"role":"agent","content":["two"]}],"#
                + #""tool_calls":[{"name":"t"}]}"#
        )
        #expect(
            try await invoke(dispatch, "old", #"{"message": {"role": "ROLE_USER", "parts": [{"text": "q"}]}}"#, hooks)
                == #"{"message":{"role":"ROLE_AGENT","messageId":"ID","parts":[{"text":"one"},{"text":"two"}],"#
                + #""metadata":{"tool_calls":[{"name":"t"}]}}}"#
        )
    }

    @Test("stop a call where they block", arguments: [HookName.agentPreInvoke, .agentPostInvoke])
    func blocks(hook: HookName) async throws {
        let upstream = answering(oldMessage)
        let violation = PluginViolation(reason: "r", description: "d", code: "deny")
        let hooks = ClosureHooks(PromptPolicy(), [hook: { _ in .blocked(violation) }])
        let text = try await refusal { _ = try await invoke(dispatch(upstream), "old", Self.question, hooks) }
        #expect(text == "422 \(hook) blocked by plugin Guard: deny - r (d)")
        #expect(upstream.requests.count == (hook == .agentPreInvoke ? 0 : 1))
    }
}
