import PluginPayloads
import Testing

@Suite("Shapes of payloads")
struct PayloadShapeTests {
    private func problem(_ hook: HookName, _ json: JSONValue, isReply: Bool = false) throws -> String? {
        try #require(hook.payloadShape).problem(in: PayloadBlock(json).root, isReply: isReply)
    }

    @Test(
        "a complete payload has the shape of its hook, and the shape names no other field",
        arguments: PayloadCase.all
    )
    func completePayloadFits(_ test: PayloadCase) throws {
        #expect(try problem(test.hook, .object(test.json)) == nil)
        #expect(test.hook.payloadShape?.fields.map(\.name).sorted() == test.json.map(\.key).sorted())
    }

    @Test("a missing required field is named; in a reply it may be missing", arguments: PayloadCase.all)
    func missingFieldsAreNamed(_ test: PayloadCase) throws {
        let shape = try #require(test.hook.payloadShape)
        for field in shape.fields {
            var json = test.json
            json[field.name] = nil
            #expect(try problem(test.hook, .object(json)) == (field.isRequired ? "\(field.name): missing" : nil))
            #expect(try problem(test.hook, .object(json), isReply: true) == nil)
        }
    }

    @Test("null fits what may be null or anything, and nothing else", arguments: PayloadCase.all)
    func nullFitsOptionalFields(_ test: PayloadCase) throws {
        let shape = try #require(test.hook.payloadShape)
        for field in shape.fields {
            var json = test.json
            json[field.name] = .null
            let fits = try problem(test.hook, .object(json)) == nil
            #expect(fits == (field.isNullable || field.type == .any))
        }
        #expect(try problem(.toolPreInvoke, ["name": nil]) == "name: expected a string, found null")
    }

    @Test(
        "a wrong type is said with its place",
        arguments: [
            (HookName.toolPreInvoke, "x", "expected an object, found a string"),
            (.toolPreInvoke, ["name": 1], "name: expected a string, found a number"),
            (.toolPreInvoke, ["name": "t", "args": []], "args: expected an object or null, found an array"),
            (.toolPreInvoke, ["name": "t", "headers": ["a": 1]], "headers.a: expected a string, found a number"),
            (
                .agentPreInvoke, ["agent_id": "a", "messages": [], "tools": ["x", nil]],
                "tools[1]: expected a string, found null"
            ),
            (
                .agentPostInvoke, ["agent_id": "a", "messages": [], "tool_calls": [1]],
                "tool_calls[0]: expected an object, found a number"
            ),
            (
                .httpPreRequest, ["path": "/", "method": "GET", "headers": [:], "client_port": 1.5],
                "client_port: expected a whole number or null, found a number"
            ),
            (
                .httpAuthCheckPermission, ["user_email": "a", "permission": "p", "is_admin": nil],
                "is_admin: expected a boolean, found null"
            ),
        ] as [(HookName, JSONValue, String)]
    )
    func wrongTypesAreNamed(_ hook: HookName, _ json: JSONValue, _ expected: String) throws {
        #expect(try problem(hook, json) == expected)
    }

    @Test("a schema lists the fields")
    func schemaListsFields() {
        #expect(
            HookName.toolPreInvoke.payloadSchema == [
                "type": "object",
                "properties": [
                    "name": ["type": "string"], "args": ["type": ["object", "null"]],
                    "headers": ["type": ["object", "null"], "additionalProperties": ["type": "string"]],
                ],
                "required": ["name"],
            ]
        )
        #expect(
            HookName.agentPostInvoke.payloadSchema == [
                "type": "object",
                "properties": [
                    "agent_id": ["type": "string"], "messages": ["type": "array"],
                    "tool_calls": ["type": ["array", "null"], "items": ["type": "object"]],
                ],
                "required": ["agent_id", "messages"],
            ]
        )
        #expect(HookName("email_pre_send").payloadSchema == nil)
    }
}
