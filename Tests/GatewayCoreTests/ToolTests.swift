import GatewayCore
import GatewayTesting
import PluginPayloads
import Synchronization
import Testing

/// What a client sends to make a tool.
private let weather = """
    {"name": "weather", "url": "https://api.example/v1/{city}/now?key=1", "request_type": "GET",
     "headers": {"Authorization": "Bearer secret"}}
    """

/// All that a gateway does, with tools.
private func dispatch(
    _ tools: [String],
    _ upstream: ClosureUpstream,
    _ repetition: Repetition = Repetition()
) async throws -> GatewayDispatch {
    let dispatch = try await GatewayDispatch(InMemoryStores(), upstream: upstream, repetition: repetition) { _, _, _ in
    }
    for tool in tools { _ = try await dispatch.tools.create(form(tool), nobody) }
    return dispatch
}

/// The result of a call, as JSON.
private func call(
    _ dispatch: GatewayDispatch,
    _ name: String = "weather",
    _ arguments: String = #"{"city": "Cork"}"#,
    _ hooks: ClosureHooks = ClosureHooks()
) async throws -> String {
    try await dispatch.callTool(name, form(arguments), hooks.request).result.value.description
}

@Suite("A tool")
struct ToolTests {
    @Test("is made of what a client sends, flat or nested, and never shows the values of its headers")
    func record() async throws {
        let nested = """
            {"tool": {"name": "t", "url": "http://h", "method": "post", "display_name": "T", "description": "d",
             "headers": {"X-Key": "k"}, "input_schema": {"type": "object"}, "gateway_id": "g", "integration_type": "REST"}}
            """
        let tools = try await dispatch([nested, weather], ClosureUpstream()).tools
        #expect(
            tools.records.map { JSONValue.object($0.object).stable.description } == [
                #"{"id":"ID","name":"t","display_name":"T","description":"d","integration_type":"REST","url":"http://h","#
                    + #""request_type":"POST","headers":{"X-Key":"********"},"input_schema":{"type":"object"},"#
                    + #""gateway_id":"g","created_at":"TIME","updated_at":"TIME"}"#,
                #"{"id":"ID","name":"weather","display_name":null,"description":null,"integration_type":"REST","#
                    + #""url":"https://api.example/v1/{city}/now?key=1","request_type":"GET","#
                    + #""headers":{"Authorization":"********"},"input_schema":{"type":"object","properties":{}},"#
                    + #""gateway_id":null,"created_at":"TIME","updated_at":"TIME"}"#,
            ]
        )
    }

    @Test("keeps a header that is sent back as it was shown")
    func maskedHeader() async throws {
        let tools = try await dispatch(ClosureUpstream()).tools
        let changed = try await tools.update(
            "weather",
            form(#"{"headers": {"authorization": "********", "X-New": "n"}, "request_type": "DELETE"}"#),
            nobody
        )
        #expect(changed.headers == ["authorization": "Bearer secret", "X-New": "n"])
        #expect(changed.method == .delete)
        #expect(changed.url == "https://api.example/v1/{city}/now?key=1")
    }

    @Test(
        "is refused with all that is wrong",
        arguments: [
            ("{}", "missing name and url"),
            (
                #"{"name": "", "url": "ftp://h", "method": "HEAD", "headers": {"Host": "h", "X": 1, "A B": "c", "C": "a\nb"}, "#
                    + #""input_schema": [], "integration_type": "MCP", "description": 1}"#,
                "name: expected 1 to 255 characters; description: expected a string, found a number; "
                    + "integration_type: expected one of REST, found \"MCP\"; "
                    + "url: expected an absolute URL that begins with http:// or https://; "
                    + "method: expected one of GET, POST, PUT, PATCH, DELETE, found \"HEAD\"; "
                    + "headers.Host: a header that the gateway sets or removes itself; "
                    + "headers.X: expected a string, found a number; headers.A B: not the name of a header; "
                    + "headers.C: not the value of a header; input_schema: expected an object, found an array"
            ),
            (#"{"name": "t", "url": "http://{host}/x"}"#, "url: a place may not stand in the host"),
            (
                #"{"name": "t", "url": "{scheme}://h"}"#,
                "url: expected an absolute URL that begins with http:// or https://"
            ),
            (#"{"name": "t", "url": "http://u:p@h/"}"#, "url: credentials do not belong into a URL; use headers"),
            (#"{"name": "t", "url": "http://h/{a"}"#, "url: \"{\" is not closed"),
            (#"{"name": "t", "url": "http://h/{}"}"#, "url: \"{}\" needs a name"),
            (
                #"{"name": "t", "url": "http://h/a b"}"#,
                "url: a space or a character that is not ASCII has to be percent-encoded"
            ),
        ]
    )
    func refused(json: String, problems: String) async throws {
        let text = try await refusal { _ = try await dispatch([json], ClosureUpstream()) }
        #expect(text == "422 the tool is not valid: \(problems)")
    }

    @Test(
        "puts arguments into the URL, and the others into the query or the body",
        arguments: [
            ("GET", "http://h/{a}/x", #"{"a": "b c/ü?", "n": 1}"#, "GET http://h/b%20c%2F%C3%BC%3F/x?n=1"),
            (
                "GET", "http://h/{a}?q={b}#f", #"{"a": true, "b": 1.50, "c": ["x", 2], "d": {"e": 1}, "f": null}"#,
                "GET http://h/true?q=1.50&c=x&c=2&d=%7B%22e%22%3A1%7D"
            ),
            ("DELETE", "http://h", #"{"a b": "&="}"#, "DELETE http://h?a%20b=%26%3D"),
            ("GET", "http://h", "{}", "GET http://h"),
            (
                "POST", "http://h/{a}", #"{"a": "x", "b": [1.10, null]}"#,
                "POST http://h/x\nContent-Type: application/json\n{\"b\":[1.10,null]}"
            ),
            ("PUT", "http://h", "{}", "PUT http://h\nContent-Type: application/json\n{}"),
            ("PATCH", "http://h", #"{"a": 1}"#, "PATCH http://h\nContent-Type: application/json\n{\"a\":1}"),
        ]
    )
    func requests(method: String, url: String, arguments: String, request: String) async throws {
        let upstream = ClosureUpstream("{}")
        let tool = #"{"name": "t", "url": "\#(url)", "method": "\#(method)"}"#
        _ = try await call(dispatch([tool], upstream), "t", arguments)
        #expect(upstream.requests.map(\.text) == [request.replacing("#f", with: "")])
    }

    @Test(
        "needs the arguments of its URL",
        arguments: ["{}", #"{"city": null}"#, #"{"city": []}"#, #"{"city": ".."}"#, #"{"city": "."}"#]
    )
    func missingArguments(arguments: String) async throws {
        let upstream = ClosureUpstream("{}")
        let text = try await refusal { _ = try await call(dispatch(upstream), "weather", arguments) }
        #expect(text.hasPrefix("422 argument \"city\": "))
        #expect(upstream.requests == [])
    }

    @Test(
        "answers what its server does",
        arguments: [
            (200, "text/plain", "fine", #"{"content":[{"type":"text","text":"fine"}],"isError":false}"#),
            (
                201, "application/json", #" {"a": 1.0}"#,
                #"{"content":[{"type":"text","text":" {\"a\": 1.0}"}],"structuredContent":{"a":1.0},"isError":false}"#
            ),
            (200, "application/json", "[1]", #"{"content":[{"type":"text","text":"[1]"}],"isError":false}"#),
            (200, "application/json", "{broken", #"{"content":[{"type":"text","text":"{broken"}],"isError":false}"#),
            (204, "", "", #"{"content":[],"isError":false}"#),
            (
                404, "text/plain", "no such city",
                #"{"content":[{"type":"text","text":"Tool invocation failed: the upstream answered with status 404"},"#
                    + #"{"type":"text","text":"no such city"}],"isError":true}"#
            ),
            (
                500, "text/plain", "Traceback: password",
                #"{"content":[{"type":"text","text":"Tool invocation failed: the upstream answered with status 500"}],"#
                    + #""isError":true}"#
            ),
        ]
    )
    func results(status: Int, type: String, body: String, result: String) async throws {
        #expect(try await call(dispatch(ClosureUpstream(body, type: type, status: status))) == result)
    }

    @Test(
        "answers bytes in base64",
        arguments: [
            ("image/png; x=y", #"{"type":"image","data":"/wD+","mimeType":"image/png"}"#),
            ("audio/wav", #"{"type":"audio","data":"/wD+","mimeType":"audio/wav"}"#),
            (
                "application/zip",
                #"{"type":"resource","resource":{"uri":"data:application/zip","mimeType":"application/zip","blob":"/wD+"}}"#
            ),
        ]
    )
    func binary(type: String, part: String) async throws {
        let upstream = ClosureUpstream { _ throws(UpstreamError) in
            UpstreamResponse(status: 200, headers: ["content-type": type], body: [0xFF, 0x00, 0xFE])
        }
        #expect(try await call(dispatch(upstream)) == "{\"content\":[\(part)],\"isError\":false}")
    }
}

@Suite("The hooks of a tool")
struct ToolHookTests {
    private static func hooks(
        before: @escaping ClosureHooks.Body = { _ in HookOutcome() },
        after: @escaping ClosureHooks.Body = { _ in HookOutcome() }
    ) -> ClosureHooks {
        ClosureHooks(PromptPolicy(), [.toolPreInvoke: before, .toolPostInvoke: after])
    }

    @Test("see the call with its outgoing headers, its record as metadata, and the result")
    func payloads() async throws {
        let hooks = Self.hooks()
        let dispatch = try await dispatch(ClosureUpstream("ok"))
        _ = try await call(dispatch, dispatch.tools.records[0].id, #"{"city": "Cork"}"#, hooks)
        #expect(
            hooks.calls == [
                ClosureHooks.Call(
                    .toolPreInvoke,
                    #"{"name":"weather","args":{"city":"Cork"},"headers":{"Authorization":"Bearer secret"}}"#
                ),
                ClosureHooks.Call(
                    .toolPostInvoke,
                    #"{"name":"weather","result":{"content":[{"type":"text","text":"ok"}],"isError":false}}"#
                ),
            ]
        )
        #expect(hooks.metadata["tool"] == .object(dispatch.tools.records[0].object))
        #expect(hooks.metadata["gateway"] == nil)
        #expect(hooks.identities == [])
    }

    @Test("take the tool's gateway for the server, and keep all else of the request")
    func gateway() async throws {
        let hooks = Self.hooks()
        let tool = #"{"name": "t", "url": "http://h", "gateway_id": "g7"}"#
        _ = try await call(dispatch([tool], ClosureUpstream("ok")), "t", "{}", hooks)
        #expect(hooks.identities == [RequestIdentity(requestID: "1", serverID: "g7")])
        #expect(hooks.metadata["gateway"] == ["id": "g7"])
    }

    @Test("change the arguments and replace the headers, but for those that never leave the gateway")
    func changes() async throws {
        let upstream = ClosureUpstream("ok")
        let hooks = Self.hooks(before: { _ in
            try .modified([
                "name": "weather", "args": ["city": "Rome"],
                "headers": ["X-New": "1", "X-Vault-Tokens": "v", "Host": "evil", "Connection": "x", "Bad Name": "y"],
            ])
        })
        _ = try await call(dispatch(upstream), "weather", #"{"city": "Cork"}"#, hooks)
        #expect(upstream.requests.map(\.text) == ["GET https://api.example/v1/Rome/now?key=1\nX-New: 1"])
    }

    @Test("can send the call to another tool, which does not get the credentials of the first")
    func renames() async throws {
        let upstream = ClosureUpstream("ok")
        let other = #"{"name": "other", "url": "http://o/{city}", "headers": {"X-Own": "o"}}"#
        let dispatch = try await dispatch([weather, other], upstream)
        let hooks = Self.hooks(before: { payload in
            var changed = payload
            changed["name"] = "other"
            changed["headers"]?["X-Added"] = "a"
            return try .modified(changed)
        })
        _ = try await call(dispatch, "weather", #"{"city": "Cork"}"#, hooks)
        #expect(upstream.requests.map(\.text) == ["GET http://o/Cork\nX-Own: o\nX-Added: a"])
        #expect(hooks.calls.last?.payload.hasPrefix(#"{"name":"other","#) == true)
        let lost = Self.hooks(before: { _ in try .modified(["name": "none", "args": [:], "headers": [:]]) })
        let text = try await refusal { _ = try await call(dispatch, "weather", "{}", lost) }
        #expect(text == "404 tool not found: none; GET /tools lists all")
    }

    @Test(
        "make the result",
        arguments: [
            (#"{"content": [], "other": 1}"#, #"{"content":[],"other":1}"#),
            (#"{"content": "x"}"#, #"{"content":[{"type":"text","text":"{\"content\":\"x\"}"}],"isError":false}"#),
            (#"{"answer": "x"}"#, #"{"content":[{"type":"text","text":"{\"answer\":\"x\"}"}],"isError":false}"#),
            (#""plain""#, #"{"content":[{"type":"text","text":"\"plain\""}],"isError":false}"#),
            ("null", #"{"content":[{"type":"text","text":"null"}],"isError":false}"#),
        ]
    )
    func results(made: String, result: String) async throws {
        let hooks = Self.hooks(after: { _ in try .modified(["name": "weather", "result": JSONValue(json: made)]) })
        #expect(try await call(dispatch(ClosureUpstream("ok")), "weather", #"{"city": "x"}"#, hooks) == result)
    }

    @Test(
        "see a failure as a result, and cannot block it",
        arguments: [
            (UpstreamError.unreachable, "Tool invocation failed: it cannot be reached"),
            (.redirected, "Tool invocation failed: it redirects to another server, or in circles"),
            (
                .tooLarge(10),
                "Tool invocation failed: the answer is larger than 10 bytes (upstreams.max_response_bytes)"
            ),
            (.timeout(.seconds(30)), "Tool invocation timed out after 30s"),
            (.timeout(.milliseconds(500)), "Tool invocation timed out after 0.5s"),
        ]
    )
    func failures(error: UpstreamError, text: String) async throws {
        let result = #"{"content":[{"type":"text","text":"\#(text)"}],"isError":true}"#
        let hooks = Self.hooks(after: { _ in
            .blocked(PluginViolation(reason: "r", description: "d", code: "c"))
        })
        let dispatch = try await dispatch(ClosureUpstream { _ throws(UpstreamError) in throw error })
        #expect(try await call(dispatch) == result)
        #expect(try await call(dispatch, "weather", #"{"city": "x"}"#, hooks) == result)
        #expect(hooks.calls.last == ClosureHooks.Call(.toolPostInvoke, "{\"name\":\"weather\",\"result\":\(result)}"))
        let changing = Self.hooks(after: { _ in try .modified(["result": ["content": []]]) })
        #expect(try await call(dispatch, "weather", #"{"city": "x"}"#, changing) == #"{"content":[]}"#)
    }

    @Test("stop a call where they block", arguments: [HookName.toolPreInvoke, .toolPostInvoke])
    func blocks(hook: HookName) async throws {
        let upstream = ClosureUpstream("ok")
        let violation = PluginViolation(reason: "r", description: "d", code: "BLOCKED")
        let hooks = ClosureHooks(PromptPolicy(), [hook: { _ in .blocked(violation) }])
        let text = try await refusal { _ = try await call(dispatch(upstream), "weather", #"{"city": "x"}"#, hooks) }
        #expect(text == "403 \(hook) blocked by plugin Guard: BLOCKED - r (d)")
        #expect(upstream.requests.count == (hook == .toolPreInvoke ? 0 : 1))
    }

    @Test("add headers to the response; the later ones win")
    func headers() async throws {
        let hooks = Self.hooks(
            before: { _ in HookOutcome(httpHeaders: ["X-A": "1", "X-B": "1"]) },
            after: { _ in HookOutcome(httpHeaders: ["x-b": "2", "Content-Length": "0"]) }
        )
        let answer = try await dispatch(ClosureUpstream("ok"))
            .callTool("weather", form(#"{"city": "x"}"#), hooks.request)
        #expect(answer.headers == ["X-A": "1", "X-B": "2"])
    }

    @Test(
        "have a call repeated after the longest delay that they name, as a whole and not for ever",
        arguments: [(0, 0, [Int]()), (0, 7, [7, 7]), (9, 7, [9, 9]), (90_000, 0, [60_000, 60_000])]
    )
    func repeats(before: Int, after: Int, delays: [Int]) async throws {
        let waited = Mutex<[Duration]>([])
        let upstream = ClosureUpstream("ok")
        let hooks = Self.hooks(
            before: { _ in HookOutcome(retryDelayMilliseconds: before) },
            after: { _ in HookOutcome(retryDelayMilliseconds: after) }
        )
        let repetition = Repetition(maxAttempts: 3) { delay in waited.withLock { $0.append(delay) } }
        _ = try await call(dispatch(upstream, repetition), "weather", #"{"city": "x"}"#, hooks)
        #expect(waited.withLock { $0 } == delays.map { .milliseconds($0) })
        #expect(upstream.requests.count == delays.count + 1)
        #expect(hooks.calls.count == 2 * (delays.count + 1))
    }

    @Test("end when the request does")
    func cancelled() async throws {
        let hooks = Self.hooks(after: { _ in HookOutcome(retryDelayMilliseconds: 1) })
        let repetition = Repetition { _ in throw CancellationError() }
        let text = try await refusal {
            _ = try await call(dispatch(ClosureUpstream("ok"), repetition), "weather", #"{"city": "x"}"#, hooks)
        }
        #expect(text == "503 the request was cancelled")
    }
}

/// All that a gateway does, with one tool.
private func dispatch(
    _ upstream: ClosureUpstream,
    _ repetition: Repetition = Repetition()
) async throws -> GatewayDispatch {
    try await dispatch([weather], upstream, repetition)
}
