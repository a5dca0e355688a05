import PluginPayloads
import Testing

@Suite("Violations and results")
struct PluginViolationTests {
    private static let full = PluginViolation(
        reason: "Too many",
        description: "Five calls a minute are allowed",
        code: "RATE_LIMIT",
        details: ["limit": 5],
        mcpErrorCode: -32000,
        httpStatusCode: 429,
        httpHeaders: ["Retry-After": "60", "X-Limit": "5"]
    )

    private func written(_ violation: PluginViolation) throws -> PayloadBlock {
        var writer = BlockWriter()
        violation.write(to: &writer)
        return try writer.finish()
    }

    @Test("a violation is written without what is nil, and without the plugin's name")
    func violationsAreWritten() throws {
        var short = PluginViolation(reason: "r", description: "d", code: "c")
        short.pluginName = "p"
        #expect(try written(short).value == ["reason": "r", "description": "d", "code": "c", "details": [:]])
        #expect(
            try written(Self.full).value == [
                "reason": "Too many", "description": "Five calls a minute are allowed", "code": "RATE_LIMIT",
                "details": ["limit": 5], "mcp_error_code": -32000, "http_status_code": 429,
                "http_headers": ["Retry-After": "60", "X-Limit": "5"],
            ]
        )
    }

    @Test("a violation comes back as it was written")
    func violationsRoundTrip() throws {
        #expect(try PluginViolation(block: written(Self.full).root) == Self.full)
        let short = PluginViolation(reason: "r", description: "d", code: "c")
        #expect(try PluginViolation(block: written(short).root) == short)
    }

    @Test("printing shows every field in order")
    func objectHasEveryField() {
        var short = PluginViolation(reason: "r", description: "d", code: "c")
        short.pluginName = "p"
        #expect(
            short.object == [
                "reason": "r", "description": "d", "code": "c", "details": [:], "mcp_error_code": nil,
                "http_status_code": nil, "http_headers": nil, "plugin_name": "p",
            ]
        )
    }

    @Test("null is absent, unknown keys and the plugin's name are ignored")
    func readingIgnores() throws {
        let json: JSONObject = [
            "code": "c", "reason": "r", "description": "d", "details": nil, "mcp_error_code": nil,
            "http_status_code": nil, "http_headers": nil, "plugin_name": "me", "more": 1,
        ]
        let violation = try PluginViolation(block: PayloadBlock(json).root)
        #expect(violation == PluginViolation(reason: "r", description: "d", code: "c"))
    }

    @Test(
        "an error names the field",
        arguments: [
            ("text", "violation: expected an object, found a string"),
            (["reason": "r", "description": "d"], "violation.code: missing"),
            (["reason": nil, "description": "d", "code": "c"], "violation.reason: missing"),
            (
                ["reason": "r", "description": 1, "code": "c"],
                "violation.description: expected a string, found a number"
            ),
            (
                ["reason": "r", "description": "d", "code": "c", "details": []],
                "violation.details: expected an object, found an array"
            ),
            (
                ["reason": "r", "description": "d", "code": "c", "mcp_error_code": "x"],
                "violation.mcp_error_code: expected a whole number, found a string"
            ),
            (
                ["reason": "r", "description": "d", "code": "c", "http_status_code": 429.5],
                "violation.http_status_code: expected a whole number, found a number"
            ),
            (
                ["reason": "r", "description": "d", "code": "c", "http_headers": "Retry-After: 5"],
                "violation.http_headers: expected an object, found a string"
            ),
            (
                ["reason": "r", "description": "d", "code": "c", "http_headers": ["Retry-After": 5]],
                "violation.http_headers.Retry-After: expected a string, found a number"
            ),
        ] as [(JSONValue, String)]
    )
    func errorsNameTheField(_ json: JSONValue, _ problem: String) throws {
        let root = try PayloadBlock(json).root
        let error = #expect(throws: BlockError.self) { try PluginViolation(block: root) }
        #expect(error?.description == problem)
    }

    @Test("results have defaults and short forms")
    func resultForms() {
        let proceed = ToolPreInvokeResult.proceed
        #expect(proceed.continueProcessing)
        #expect(proceed.modifiedPayload == nil && proceed.violation == nil)
        #expect(proceed.metadata == [:] && proceed.retryDelayMilliseconds == 0 && proceed.httpHeaders == [:])

        let modified = HTTPPreRequestResult.modified(["a": "b"], metadata: ["fixed": true])
        #expect(modified.continueProcessing)
        #expect(modified.modifiedPayload == ["a": "b"])
        #expect(modified.metadata == ["fixed": true])

        let denied = PromptPreFetchResult.deny(code: "c", reason: "r", description: "d", details: ["x": 1])
        #expect(!denied.continueProcessing)
        #expect(denied.violation == PluginViolation(reason: "r", description: "d", code: "c", details: ["x": 1]))
        #expect(PromptPreFetchResult.deny(Self.full).violation == Self.full)
    }
}

@Suite("Hook points")
struct HookPointTests {
    private func name<Payload>(_ point: HookPoint<Payload>, _ payload: Payload.Type) -> HookName { point.name }

    @Test("a point's name and payload type are inferred from each other")
    func pointsInferTypes() {
        let names = [
            name(.promptPreFetch, PromptPreFetchPayload.self), name(.promptPostFetch, PromptPostFetchPayload.self),
            name(.toolPreInvoke, ToolPreInvokePayload.self), name(.toolPostInvoke, ToolPostInvokePayload.self),
            name(.resourcePreFetch, ResourcePreFetchPayload.self),
            name(.resourcePostFetch, ResourcePostFetchPayload.self),
            name(.agentPreInvoke, AgentPreInvokePayload.self), name(.agentPostInvoke, AgentPostInvokePayload.self),
            name(.httpPreRequest, HTTPPreRequestPayload.self), name(.httpPostRequest, HTTPPostRequestPayload.self),
            name(.httpAuthResolveUser, HTTPAuthResolveUserPayload.self),
            name(.httpAuthCheckPermission, HTTPAuthCheckPermissionPayload.self),
            name(.serverPreRegister, ServerPreRegisterPayload.self),
            name(.serverPostRegister, ServerPostRegisterPayload.self),
            name(.federationPreSync, FederationPreSyncPayload.self),
            name(.federationPostSync, FederationPostSyncPayload.self),
        ]
        #expect(names == HookName.standard)
    }
}

@Suite("Request identity")
struct RequestIdentityTests {
    private func read(_ json: JSONValue) throws -> RequestIdentity {
        try RequestIdentity(block: PayloadBlock(json))
    }

    @Test("an identity comes back as it was written, and nil becomes null")
    func identityRoundTrips() throws {
        let short = RequestIdentity(requestID: "1")
        let full = RequestIdentity(
            requestID: "1",
            user: ["email": "a@b"],
            tenantID: "t",
            serverID: "s",
            contentType: "application/json"
        )
        for identity in [short, full] {
            var writer = BlockWriter()
            identity.write(to: &writer)
            let block = try writer.finish()
            #expect(try RequestIdentity(block: block) == identity)
            #expect(
                block.root.object?.map(\.key) == ["request_id", "user", "tenant_id", "server_id", "content_type"]
            )
        }
        var writer = BlockWriter()
        short.write(to: &writer)
        #expect(
            try writer.finish().value == [
                "request_id": "1", "user": nil, "tenant_id": nil, "server_id": nil, "content_type": nil,
            ]
        )
    }

    @Test("absent fields are nil, and a user may be a text")
    func absentFieldsAreNil() throws {
        #expect(try read(["request_id": "1", "user": "ada"]) == RequestIdentity(requestID: "1", user: "ada"))
    }

    @Test(
        "an error names the field",
        arguments: [
            ([:], "context.request_id: missing"),
            (["request_id": 7], "context.request_id: expected a string, found a number"),
            (["request_id": "1", "user": 7], "context.user: expected a string or an object, found a number"),
            (["request_id": "1", "tenant_id": []], "context.tenant_id: expected a string, found an array"),
            ([], "context: expected an object, found an array"),
        ] as [(JSONValue, String)]
    )
    func errorsNameTheField(_ json: JSONValue, _ problem: String) {
        let error = #expect(throws: BlockError.self) { try read(json) }
        #expect(error?.description == problem)
    }
}
