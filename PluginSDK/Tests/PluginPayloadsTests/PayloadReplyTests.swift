import PluginPayloads
import Testing

@Suite("Replies of payloads")
struct PayloadReplyTests {
    private static let original: JSONObject = [
        "name": "search", "args": ["q": "crap", "n": .number("12345678901234567890")], "extra": true,
        "headers": ["A": "1"],
    ]

    private func payload() throws -> ToolPreInvokePayload {
        try ToolPreInvokePayload(block: PayloadBlock(Self.original))
    }

    @Test("reading assigns nothing")
    func readingAssignsNothing() throws {
        let payload = try payload()
        #expect(payload.name == "search")
        #expect(payload.args?["q"] == "crap")
        #expect(payload.headers?["a"] == "1")
        #expect(payload.fields.changed == [])
        #expect(try reply(of: payload) == [:])
        #expect(try payload.block.value == .object(Self.original))
    }

    @Test("a reply holds the assigned fields alone, and the payload all of them in their places")
    func replyHoldsAssignedFields() throws {
        var payload = try payload()
        payload.args?["q"] = "crud"
        #expect(payload.fields.changed == ["args"])
        #expect(try reply(of: payload) == ["args": ["q": "crud", "n": .number("12345678901234567890")]])
        #expect(
            try payload.block.value == [
                "name": "search", "args": ["q": "crud", "n": .number("12345678901234567890")], "extra": true,
                "headers": ["A": "1"],
            ]
        )
    }

    @Test("nil becomes null")
    func nilBecomesNull() throws {
        var payload = try payload()
        payload.args = nil
        payload.headers = nil
        #expect(payload.args == nil)
        #expect(try reply(of: payload) == ["args": nil, "headers": nil])
    }

    @Test("a field that the block lacks comes after the others")
    func newFieldsComeLast() throws {
        var payload = try ToolPostInvokePayload(block: PayloadBlock(["name": "t"] as JSONObject))
        payload.result = [1]
        #expect(try payload.block.value == ["name": "t", "result": [1]])
    }

    @Test("copies do not share assignments")
    func copiesAreIndependent() throws {
        let first = try payload()
        var second = first
        second.name = "other"
        #expect(first.name == "search")
        #expect(second.name == "other")
    }

    @Test("a field is read and replaced without decoding it")
    func fieldsAreReadWithoutDecoding() throws {
        var payload = try payload()
        #expect(payload.value(of: "args")?["q"]?.string == "crap")
        #expect(payload.value(of: "absent") == nil)
        let args = try PayloadBlock(["q": "crud"] as JSONObject)
        payload.setValue(args.root, of: "args")
        #expect(payload.args == ["q": "crud"])
        #expect(try reply(of: payload) == ["args": ["q": "crud"]])
        payload.args = ["q": "again"]
        #expect(payload.value(of: "args")?["q"]?.string == "again")
    }

    @Test("what no block can hold is an error of the payload, and reads as nothing")
    func unwritableValuesAreErrors() throws {
        var payload = try payload()
        payload.args = ["ratio": .double(.infinity)]
        #expect(payload.value(of: "args") == nil)
        #expect(throws: BlockError.self) { try payload.block }
        #expect(throws: BlockError.self) { try reply(of: payload) }
    }

    @Test("an http hook answers headers, a user or a decision")
    func httpHooksAnswerOtherTypes() throws {
        let block = try PayloadBlock(["path": "/", "method": "GET", "headers": ["X-API-Key": "k"]] as JSONObject)
        var headers = try HTTPPreRequestPayload(block: block).headers
        headers["authorization"] = "Bearer \(headers.remove("x-api-key") ?? "")"
        #expect(try reply(of: headers) == ["authorization": "Bearer k"])
        #expect(try reply(of: PermissionDecision(granted: false)) == ["granted": false, "reason": nil])
        #expect(
            try reply(of: PermissionDecision(granted: true, reason: "owner")) == ["granted": true, "reason": "owner"]
        )

        var user = ResolvedUser(email: "ada@example.com", fullName: "Ada")
        user["auth_provider"] = "ldap"
        #expect(
            try reply(of: user) == ["email": "ada@example.com", "full_name": "Ada", "auth_provider": "ldap"]
        )
        user.fullName = nil
        user.email = "a@b"
        #expect(try reply(of: user) == ["email": "a@b", "auth_provider": "ldap"])
    }

    @Test(
        "the answers of http hooks are read strictly",
        arguments: [
            (["granted": true, "reason": nil], "granted true"),
            (["granted": false, "reason": "no"], "granted false no"),
            (["granted": 1], "decision.granted: expected a boolean, found a number"),
            (["reason": "x"], "decision.granted: missing"),
            (["granted": true, "reason": 3], "decision.reason: expected a string, found a number"),
            ([true], "decision: expected an object, found an array"),
        ] as [(JSONValue, String)]
    )
    func decisionsAreReadStrictly(_ json: JSONValue, _ expected: String) throws {
        let root = try PayloadBlock(json).root
        var outcome: String
        do throws(BlockError) {
            let decision = try PermissionDecision(block: root)
            outcome = "granted \(decision.granted)" + (decision.reason.map { " \($0)" } ?? "")
        } catch {
            outcome = error.description
        }
        #expect(outcome == expected)
    }

    @Test(
        "a user needs a text as email",
        arguments: [
            ([:], "user.email: missing"), (["email": 1], "user.email: expected a string, found a number"),
            ("ada", "user: expected an object, found a string"),
        ] as [(JSONValue, String)]
    )
    func usersAreReadStrictly(_ json: JSONValue, _ problem: String) throws {
        let root = try PayloadBlock(json).root
        let error = #expect(throws: BlockError.self) { try ResolvedUser(block: root) }
        #expect(error?.description == problem)
        let user = try ResolvedUser(block: PayloadBlock(["email": "a@b", "is_admin": true] as JSONObject).root)
        #expect(user.object == ["email": "a@b", "is_admin": true])
    }
}
