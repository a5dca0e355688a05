import PluginPayloads
import PluginSDK
import PluginTestKit
import SchemaGuard
import Testing

@Suite("The schema guard")
struct SchemaGuardTests {
    static let schema: JSONValue = [
        "type": "object", "properties": ["q": ["type": "string"], "limit": ["type": "integer", "minimum": 1]],
        "required": ["q"], "additionalProperties": false,
    ]

    static func violation(
        _ errors: [(String, String)],
        _ reason: String = "The arguments do not fit the schema"
    ) -> PluginViolation {
        PluginViolation(
            reason: reason,
            description: errors.first.map { $0.0.isEmpty ? $0.1 : "\($0.0): \($0.1)" } ?? "",
            code: "SCHEMA_VIOLATION",
            details: ["errors": .array(errors.map { ["path": .string($0.0), "message": .string($0.1)] })],
            httpStatusCode: 422
        )
    }

    @Test(
        "arguments that do not fit are blocked, each error with its place",
        arguments: [
            (["name": "search", "args": ["q": "swift", "limit": 2.0]], []),
            (["name": "other", "args": ["limit": 0]], []),
            (["name": "search", "args": [:]], [("", "property \"q\" is missing")]),
            (["name": "search", "args": nil], [("", "property \"q\" is missing")]),
            (["name": "search"], [("", "property \"q\" is missing")]),
            (
                ["name": "search", "args": ["q": 1, "limit": 0, "lmit": 1]],
                [
                    ("/q", "expected a string, found a number"), ("/limit", "must be at least 1"),
                    ("/lmit", "unknown property \"lmit\"; did you mean \"limit\"?"),
                ]
            ),
        ] as [(JSONObject, [(String, String)])]
    )
    func arguments(_ payload: JSONObject, _ errors: [(String, String)]) async throws {
        let harness = try PluginHarness(SchemaGuard.self, configuration: ["tools": ["search": Self.schema]])
        let result = try await harness.invoke("tool_pre_invoke", payload: payload)
        let expected =
            errors.isEmpty
            ? HarnessResult() : HarnessResult(continueProcessing: false, violation: Self.violation(errors))
        #expect(result == expected)
    }

    @Test("results have schemas of their own")
    func results() async throws {
        let harness = try PluginHarness(
            SchemaGuard.self,
            configuration: ["results": ["search": ["properties": ["hits": ["type": "array"]]]]]
        )
        let good = try await harness.invoke("tool_post_invoke", payload: ["name": "search", "result": ["hits": []]])
        #expect(good == HarnessResult())
        let bad = try await harness.invoke("tool_post_invoke", payload: ["name": "search", "result": ["hits": 1]])
        let violation = Self.violation(
            [("/hits", "expected an array, found a number")],
            "The result does not fit the schema"
        )
        #expect(bad == HarnessResult(continueProcessing: false, violation: violation))
    }

    @Test("a violation names no more errors than it may")
    func maxErrors() async throws {
        let harness = try PluginHarness(
            SchemaGuard.self,
            configuration: ["tools": ["t": ["additionalProperties": false]], "max_errors": 2]
        )
        let result = try await harness.invoke(
            "tool_pre_invoke",
            payload: ["name": "t", "args": ["a": 1, "b": 2, "c": 3]]
        )
        #expect(result.violation?.details["errors"]?.array?.compactMap { $0["path"] } == ["/a", "/b"])
    }

    @Test("without block, the violation is reported and the call goes on")
    func reports() async throws {
        let harness = try PluginHarness(
            SchemaGuard.self,
            configuration: ["tools": ["t": ["required": ["a"]]], "block": false]
        )
        let result = try await harness.invoke("tool_pre_invoke", payload: ["name": "t", "args": [:]])
        #expect(result == HarnessResult(violation: Self.violation([("", "property \"a\" is missing")])))
        #expect(harness.log == [RecordedLine(level: 2, "the arguments of \"t\": property \"a\" is missing")])
        #expect(harness.counters == ["reported": 1])
    }
}

// MARK: - Schemas of tools

/// Stands for the gateway, which tells the hooks about the tool.
private struct ToolRecord: ToolPreInvokeHook {
    struct Configuration: Decodable, Sendable { var schema: JSONValue }

    static let name = "tool_record"
    static let version = "1.0.0"
    let schema: JSONValue

    init(configuration: Configuration, host: PluginHost) { schema = configuration.schema }

    func toolPreInvoke(_ payload: ToolPreInvokePayload, _ context: HookContext) -> ToolPreInvokeResult {
        context.globalContext.metadata["tool"] = ["name": .string(payload.name), "input_schema": schema]
        return .proceed
    }
}

extension SchemaGuardTests {
    private static func result(
        _ configuration: JSONObject,
        toolSchema: JSONValue,
        args: JSONValue
    ) async throws -> HarnessResult {
        let request = HarnessRequest()
        let payload: JSONObject = ["name": "t", "args": args]
        let gateway = try PluginHarness(ToolRecord.self, configuration: ["schema": toolSchema])
        _ = try await gateway.invoke("tool_pre_invoke", payload: payload, request: request)
        let harness = try PluginHarness(SchemaGuard.self, configuration: configuration)
        return try await harness.invoke("tool_pre_invoke", payload: payload, request: request)
    }

    @Test("the tool's own schema counts when it is told to, beside the configured one")
    func toolSchema() async throws {
        let own: JSONValue = ["required": ["a", "b"]]
        #expect(try await Self.result([:], toolSchema: own, args: [:]) == HarnessResult())
        let both = try await Self.result(
            ["use_tool_schema": true, "tools": ["t": ["required": ["c", "a"]]]],
            toolSchema: own,
            args: [:]
        )
        #expect(
            both.violation
                == Self.violation(["c", "a", "b"].map { ("", "property \"\($0)\" is missing") })
        )
        let configuration: JSONObject = ["use_tool_schema": true]
        #expect(try await Self.result(configuration, toolSchema: own, args: ["a": 1, "b": 2]) == HarnessResult())
        #expect(try await Self.result(configuration, toolSchema: nil, args: [:]) == HarnessResult())
    }

    @Test("a tool's schema that cannot be used fails the call, and does not let it pass")
    func unusableToolSchema() async throws {
        let result = try await Self.result(["use_tool_schema": true], toolSchema: ["type": "objct"], args: [:])
        #expect(
            result
                == .failed(
                    "the input_schema of the tool \"t\" cannot be used: /type: no type is called \"objct\"; "
                        + "did you mean \"object\"?; mend it there, or set use_tool_schema: false"
                )
        )
    }

    @Test("more schemas than are kept are still compared")
    func manySchemas() async throws {
        let request = HarnessRequest()
        let harness = try PluginHarness(SchemaGuard.self, configuration: ["use_tool_schema": true])
        for index in 0..<600 {
            let payload: JSONObject = ["name": "t", "args": ["n": .int(Int64(index))]]
            let gateway = try PluginHarness(
                ToolRecord.self,
                configuration: ["schema": ["properties": ["n": ["const": .int(Int64(index % 300))]]]]
            )
            _ = try await gateway.invoke("tool_pre_invoke", payload: payload, request: request)
            let result = try await harness.invoke("tool_pre_invoke", payload: payload, request: request)
            #expect(result.continueProcessing == (index < 300))
        }
    }
}

@Suite("The configuration of the schema guard")
struct ConfigurationTests {
    @Test(
        "what cannot be meant is refused, and pointed at",
        arguments: [
            (["tools": ["a/b": ["type": "strin"]]], "/tools/a~1b/type"),
            (["results": ["t": 1]], "/results/t"),
            (["results": ["t": ["items": ["$ref": "#/nowhere"]]]], "/results/t/items/$ref"),
            (["max_errors": 0], "/max_errors"),
            (["tools": []], "/tools"),
        ] as [(JSONObject, String)]
    )
    func refused(_ configuration: JSONObject, _ pointer: String) {
        let error = #expect(throws: HarnessError.self) {
            _ = try PluginHarness(SchemaGuard.self, configuration: configuration)
        }
        #expect(error?.problems.map(\.pointer) == [pointer])
    }

    @Test("nothing within a schema is an unknown key of the configuration")
    func keysOfSchemas() throws {
        let harness = try PluginHarness(
            SchemaGuard.self,
            configuration: ["tools": ["t": SchemaGuardTests.schema], "blok": true]
        )
        #expect(harness.problems.map(\.pointer) == ["/blok"])
    }

    @Test("the plugin keeps the duties of every plugin")
    func conforms() async {
        let suite = ConformanceSuite(
            SchemaGuard.self,
            configuration: ["tools": ["t": SchemaGuardTests.schema], "results": ["t": false], "use_tool_schema": true],
            samples: [
                "tool_pre_invoke": ["name": "t", "args": ["q": 1]], "tool_post_invoke": ["name": "t", "result": "x"],
            ]
        )
        #expect(await suite.run() == [])
    }
}
