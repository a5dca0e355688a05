import PluginPayloads
import Testing

/// What a payload writes as a reply.
func reply(of payload: some HookReply) throws -> JSONValue {
    var writer = BlockWriter()
    payload.write(to: &writer)
    return try writer.finish().value
}

@Suite("Standard payloads")
struct StandardPayloadTests {
    @Test("every standard hook has a case here")
    func casesAreComplete() {
        #expect(PayloadCase.all.map(\.hook) == HookName.standard)
    }

    @Test("every field comes back as it was written", arguments: PayloadCase.all)
    func fieldsRoundTrip(_ test: PayloadCase) throws {
        let copy = try test.copy(PayloadBlock(test.json))
        #expect(try copy.block.value == .object(test.json))
        #expect(copy.fields.changed == test.json.map(\.key))
        for (name, value) in test.json { #expect(copy.value(of: name)?.value == value) }
    }

    @Test("an empty block reads as the defaults of the contract", arguments: PayloadCase.all)
    func emptyBlockReadsAsDefaults(_ test: PayloadCase) throws {
        let defaults = try #require(PayloadCase.defaults[test.hook])
        #expect(try test.copy(.emptyObject).block.value == .object(defaults))
    }

    @Test("a field of another type reads as nil, or as empty", arguments: PayloadCase.all)
    func wrongTypesReadAsNothing(_ test: PayloadCase) throws {
        // Bytes are of no field's type, but fit a field of any value.
        let wrong = JSONObject(test.json.map { ($0.key, JSONValue.bytes([0])) })
        let anyFields: Set = ["result", "content"]
        let empty: [String: JSONValue] = ["messages": [], "server": [:], "is_admin": false]
        let texts: Set = [
            "prompt_id", "name", "uri", "agent_id", "path", "method", "user_email", "permission", "gateway_id", "url",
        ]
        let requiredHeaders = test.hook.text.hasPrefix("http_")
        var expected = JSONObject()
        for name in test.json.map(\.key) {
            if anyFields.contains(name) {
                expected[name] = .bytes([0])
            } else if texts.contains(name) {
                expected[name] = ""
            } else if name == "headers" && requiredHeaders {
                expected[name] = [:]
            } else {
                expected[name] = empty[name] ?? .null
            }
        }
        #expect(try test.copy(PayloadBlock(wrong)).block.value == .object(expected))
    }

    @Test("the initializers' defaults are those of the contract")
    func initializersHaveDefaults() throws {
        #expect(
            try ToolPreInvokePayload(name: "t").block.value == ["name": "t", "args": [:], "headers": nil]
        )
        #expect(
            try AgentPreInvokePayload(agentID: "a", messages: []).block.value == [
                "agent_id": "a", "messages": [], "tools": nil, "headers": nil, "model": nil, "system_prompt": nil,
                "parameters": [:],
            ]
        )
        #expect(try PromptPreFetchPayload(promptID: "p", args: nil).block.value == ["prompt_id": "p", "args": nil])
        #expect(
            try reply(of: ResourcePostFetchPayload(uri: "u", content: "c")) == ["uri": "u", "content": "c"]
        )
    }

    @Test("what is no object is no payload")
    func rootHasToBeAnObject() throws {
        let block = try PayloadBlock([1, 2] as JSONValue)
        let error = #expect(throws: BlockError.self) { try ToolPreInvokePayload(block: block) }
        #expect(error?.description == "payload: expected an object, found an array")
    }
}
