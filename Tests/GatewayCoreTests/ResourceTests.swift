import GatewayCore
import GatewayTesting
import PluginPayloads
import Testing

/// All that a gateway does, with resources.
private func dispatch(
    _ resources: [String],
    _ upstream: ClosureUpstream = ClosureUpstream()
) async throws -> GatewayDispatch {
    let dispatch = try await GatewayDispatch(InMemoryStores(), upstream: upstream) { _, _, _ in }
    for resource in resources { _ = try await dispatch.resources.create(form(resource), nobody) }
    return dispatch
}

/// The content of a resource as JSON, without its identifier.
private func read(
    _ dispatch: GatewayDispatch,
    _ uri: String,
    _ hooks: ClosureHooks = ClosureHooks()
) async throws -> String {
    var content = try await dispatch.readResource(uri, hooks.request).result.value
    content["id"] = nil
    return content.description
}

private let note = #"{"uri": "test://note", "name": "note", "mime_type": "text/plain", "text": "a note"}"#

@Suite("A resource")
struct ResourceTests {
    @Test(
        "is a text, bytes, a template or another server's",
        arguments: [
            (note, "test://note", #"{"type":"resource","uri":"test://note","mime_type":"text/plain","text":"a note"}"#),
            (
                #"{"resource": {"uri": "x", "name": "n", "content": "c"}}"#, "x",
                #"{"type":"resource","uri":"x","mime_type":null,"text":"c"}"#
            ),
            (
                #"{"uri": "test://b", "name": "n", "blob": "/wD+"}"#, "test://b",
                #"{"type":"resource","uri":"test://b","mime_type":null,"blob":"/wD+"}"#
            ),
            (
                #"{"uri": "user://{id}/{+rest}", "name": "n", "template": "{{ id }}:{{ rest }}:{{ none }}"}"#,
                "user://a%20b/c/d", #"{"type":"resource","uri":"user://a%20b/c/d","mime_type":null,"text":"a b:c/d:"}"#
            ),
            (
                #"{"uri": "web://{page}.html", "name": "n", "url": "http://h/p/{page}?x=1"}"#, "web://a%2Fb.html",
                #"{"type":"resource","uri":"web://a%2Fb.html","mime_type":"text/css","text":"GET http://h/p/a%2Fb?x=1"}"#
            ),
        ]
    )
    func sources(resource: String, uri: String, content: String) async throws {
        let upstream = ClosureUpstream { request throws(UpstreamError) in
            UpstreamResponse(status: 200, headers: ["Content-Type": "text/css; x"], body: Array(request.text.utf8))
        }
        #expect(try await read(dispatch([resource], upstream), uri) == content)
    }

    @Test("of another server may be bytes")
    func binary() async throws {
        let upstream = ClosureUpstream { _ throws(UpstreamError) in UpstreamResponse(status: 200, body: [0xFF]) }
        let dispatch = try await dispatch([#"{"uri": "x://y", "name": "n", "url": "http://h"}"#], upstream)
        #expect(
            try await read(dispatch, "x://y") == #"{"type":"resource","uri":"x://y","mime_type":null,"blob":"/w=="}"#
        )
    }

    @Test(
        "says that another server failed, and no more",
        arguments: [
            (UpstreamError.timeout(.seconds(3)), "504 resource \"x://y\": no answer within 3s"),
            (.unreachable, "502 resource \"x://y\": it cannot be reached"),
            (.cancelled, "503 the request was cancelled"),
        ]
    )
    func failures(error: UpstreamError, text: String) async throws {
        let upstream = ClosureUpstream { _ throws(UpstreamError) in throw error }
        let dispatch = try await dispatch([#"{"uri": "x://y", "name": "n", "url": "http://h"}"#], upstream)
        #expect(try await refusal { _ = try await read(dispatch, "x://y") } == text)
    }

    @Test("shows no answer of another server that refuses")
    func refusedUpstream() async throws {
        let upstream = ClosureUpstream("secret", status: 500)
        let dispatch = try await dispatch([#"{"uri": "x://y", "name": "n", "url": "http://h"}"#], upstream)
        let text = try await refusal { _ = try await read(dispatch, "x://y") }
        #expect(text == "502 resource \"x://y\": the upstream answered with status 500")
    }

    @Test(
        "is refused with all that is wrong",
        arguments: [
            ("{}", "missing uri and name; content: expected exactly one of text, blob, template and url"),
            (
                #"{"uri": "", "name": 1, "text": "a", "url": "ftp://x"}"#,
                "uri: expected 1 to 2048 bytes; name: expected a string, found a number; "
                    + "content: expected exactly one of text, blob, template and url"
            ),
            (
                #"{"uri": "a\nb", "name": "n", "blob": "a"}"#,
                "uri: a control character is not allowed; blob: expected base64"
            ),
            (#"{"uri": "a{b", "name": "n", "text": ""}"#, "uri: \"{\" is not closed"),
            (#"{"uri": "a{}", "name": "n", "text": ""}"#, "uri: \"{}\" needs a name"),
            (#"{"uri": "{a}{b}", "name": "n", "text": ""}"#, "uri: there has to be a text between two places"),
            (#"{"uri": "{a}/{a}", "name": "n", "text": ""}"#, "uri: {a} stands there twice"),
            (#"{"uri": "x{a}", "name": "n", "url": "http://h/{b}{c}"}"#, "url: {b}, {c} has no place in the uri"),
        ]
    )
    func refused(json: String, problems: String) async throws {
        let text = try await refusal { _ = try await dispatch([json]) }
        #expect(text == "422 the resource is not valid: \(problems)")
    }

    @Test("gets another source instead of the one it had")
    func changesSource() async throws {
        let dispatch = try await dispatch([note])
        _ = try await dispatch.resources.update("test://note", form(#"{"blob": "YQ=="}"#), nobody)
        #expect(
            try await read(dispatch, "test://note")
                == #"{"type":"resource","uri":"test://note","mime_type":"text/plain","blob":"YQ=="}"#
        )
    }

    @Test("has its URI alone")
    func conflicts() async throws {
        let dispatch = try await dispatch([note])
        let text = try await refusal { _ = try await dispatch.resources.create(form(note), nobody) }
        let id = dispatch.resources.records[0].id
        #expect(
            text == "409 a resource with the uri \"test://note\" exists already; change it with PUT /resources/\(id)"
        )
    }

    @Test(
        "is found by its URI alone, and a template by those that fit",
        arguments: ["id", "test:///x", "test://a/b/x", "test://a/y", "test://%FF/x", "other"]
    )
    func notFound(uri: String) async throws {
        let dispatch = try await dispatch([note, #"{"uri": "test://{name}/x", "name": "n", "template": ""}"#])
        let uri = uri == "id" ? dispatch.resources.records[0].id : uri
        let text = try await refusal { _ = try await read(dispatch, uri) }
        #expect(text == "404 resource not found: \(uri); GET /resources lists all")
    }
}

@Suite("The hooks of a resource")
struct ResourceHookTests {
    private static let empty: ClosureHooks.Body = { _ in HookOutcome() }

    @Test("see the URI, and then the content")
    func payloads() async throws {
        let hooks = ClosureHooks(PromptPolicy(), [.resourcePreFetch: Self.empty, .resourcePostFetch: Self.empty])
        let dispatch = try await dispatch([note])
        _ = try await read(dispatch, "test://note", hooks)
        let id = dispatch.resources.records[0].id
        #expect(
            hooks.calls == [
                ClosureHooks.Call(.resourcePreFetch, #"{"uri":"test://note","metadata":{}}"#),
                ClosureHooks.Call(
                    .resourcePostFetch,
                    #"{"uri":"test://note","content":{"type":"resource","id":"\#(id)","uri":"test://note","#
                        + #""mime_type":"text/plain","text":"a note"}}"#
                ),
            ]
        )
    }

    @Test("are asked beforehand only about what has ://")
    func plainNames() async throws {
        let hooks = ClosureHooks(PromptPolicy(), [.resourcePreFetch: Self.empty, .resourcePostFetch: Self.empty])
        _ = try await read(dispatch([#"{"uri": "mailto:x", "name": "n", "text": ""}"#]), "mailto:x", hooks)
        #expect(hooks.calls.map(\.hook) == [.resourcePostFetch])
    }

    @Test("can name another resource; the post hook still sees the URI that was asked for")
    func changedURI() async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [
                .resourcePreFetch: { _ in try .modified(["uri": "test://note", "metadata": ["x": 1]]) },
                .resourcePostFetch: Self.empty,
            ]
        )
        let content = try await read(dispatch([note]), "test://asked", hooks)
        #expect(content == #"{"type":"resource","uri":"test://note","mime_type":"text/plain","text":"a note"}"#)
        #expect(hooks.calls.last?.payload.hasPrefix(#"{"uri":"test://asked","content":{"#) == true)
    }

    @Test(
        "make the content",
        arguments: [
            (#"{"text": "t"}"#, #"{"text":"t","type":"resource","uri":"test://note","mime_type":"text/plain"}"#),
            (
                #"{"uri": "u", "mime_type": null, "blob": "AA=="}"#,
                #"{"uri":"u","mime_type":null,"blob":"AA==","type":"resource"}"#
            ),
            (#""t""#, #"{"type":"resource","uri":"test://note","mime_type":"text/plain","text":"t"}"#),
            ("[1]", #"{"type":"resource","uri":"test://note","mime_type":"text/plain","text":"[1]"}"#),
        ]
    )
    func changedContent(made: String, content: String) async throws {
        let hooks = ClosureHooks(
            PromptPolicy(),
            [.resourcePostFetch: { _ in try .modified(["uri": "other", "content": JSONValue(json: made)]) }]
        )
        #expect(try await read(dispatch([note]), "test://note", hooks) == content)
    }

    @Test("stop a read where they block", arguments: [HookName.resourcePreFetch, .resourcePostFetch])
    func blocks(hook: HookName) async throws {
        let violation = PluginViolation(reason: "r", description: "d", code: "DOMAIN_BLOCKED")
        let hooks = ClosureHooks(PromptPolicy(), [hook: { _ in .blocked(violation) }])
        let text = try await refusal { _ = try await read(dispatch([note]), "test://note", hooks) }
        #expect(text == "403 \(hook) blocked by plugin Guard: DOMAIN_BLOCKED - r (d)")
    }
}
