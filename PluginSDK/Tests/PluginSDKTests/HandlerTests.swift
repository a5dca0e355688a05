import PluginSDK
import PluginTestKit
import Testing

@Suite("Handlers")
struct HandlerTests {
    struct Broken: Error, CustomStringConvertible {
        var description: String { "the filter is broken" }
    }

    private static let violation = PluginViolation(
        reason: "too large",
        description: "The text is too large.",
        code: "CONTENT_TOO_LARGE",
        details: ["size": 12],
        mcpErrorCode: -32000,
        httpStatusCode: 413,
        httpHeaders: ["Retry-After": "1"]
    )

    /// What a handler answers, and what has to arrive.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: @Sendable (ToolPreInvokePayload) throws -> ToolPreInvokeResult
        let expected: HarnessResult

        init(
            _ description: String,
            _ answer: @escaping @Sendable (ToolPreInvokePayload) throws -> ToolPreInvokeResult,
            _ expected: HarnessResult
        ) {
            self.testDescription = description
            self.answer = answer
            self.expected = expected
        }
    }

    static let cases: [Case] = [
        Case("proceed", { _ in .proceed }, HarnessResult()),
        Case(
            "modified",
            { payload in
                var payload = payload
                payload.args?["n"] = 2
                return .modified(payload, metadata: ["changed": true, "by": "test"])
            },
            HarnessResult(modified: ["args": ["n": 2]], metadata: ["changed": true, "by": "test"])
        ),
        Case(
            "null is a value",
            { payload in
                var payload = payload
                payload.args = nil
                return .modified(payload)
            },
            HarnessResult(modified: ["args": nil])
        ),
        Case("deny", { _ in .deny(violation) }, HarnessResult(continueProcessing: false, violation: violation)),
        Case(
            "throw a violation",
            { _ in throw violation },
            HarnessResult(continueProcessing: false, violation: violation)
        ),
        Case(
            "deny without a violation",
            { _ in ToolPreInvokeResult(continueProcessing: false) },
            HarnessResult(
                continueProcessing: false,
                violation: PluginViolation(
                    reason: "Blocked",
                    description: "The plugin gave no reason.",
                    code: "BLOCKED"
                )
            )
        ),
        Case("report", { _ in ToolPreInvokeResult(violation: violation) }, HarnessResult(violation: violation)),
        Case(
            "a payload with a denial is dropped",
            { ToolPreInvokeResult(continueProcessing: false, modifiedPayload: $0, violation: violation) },
            HarnessResult(continueProcessing: false, violation: violation)
        ),
        Case(
            "retry and headers",
            { _ in ToolPreInvokeResult(retryDelayMilliseconds: 250, httpHeaders: ["x-a": "1", "x-b": "2"]) },
            HarnessResult(retryDelayMilliseconds: 250, httpHeaders: ["x-a": "1", "x-b": "2"])
        ),
        Case("throw", { _ in throw Broken() }, .failed("the filter is broken")),
        Case(
            "metadata that no block can hold",
            { _ in ToolPreInvokeResult(metadata: ["rate": .double(.infinity)]) },
            .failed("the value holds an infinite number, or none where one is needed")
        ),
    ]

    /// Answers as the case says that the arguments name.
    struct Answering: HandlerPlugin {
        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke) { payload, _ in try Self.answer(payload) }
            hooks.on(HookPoint<ToolPreInvokePayload>(HookName("later"))) { payload, _ in
                await Task.yield()
                return try Self.answer(payload)
            }
            hooks.on(HookPoint<ToolPreInvokePayload>(HookName("at_once"))) { payload, _ async throws in
                try Self.answer(payload)
            }
        }

        private static func answer(_ payload: ToolPreInvokePayload) throws -> ToolPreInvokeResult {
            let number = payload.args?["case"]?.int ?? 0
            return try cases[number].answer(payload)
        }
    }

    @Test(
        "what a handler answers arrives",
        arguments: ["tool_pre_invoke", "later", "at_once"],
        cases.indices
    )
    func answers(hook: String, number: Int) async throws {
        let harness = try PluginHarness(Answering.self)
        var expected = Self.cases[number].expected
        if let args = expected.modified?["args"]?.object {
            expected.modified = ["args": .object(JSONObject([("case", .int(Int64(number)))] + args.map { ($0, $1) }))]
        }
        let result = try await harness.invoke(hook, payload: .toolCall(["case": .int(Int64(number))]))
        #expect(result == expected)
        #expect(harness.complaints == [])
    }

    struct Promising: HandlerPlugin {
        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke, options: .neverDenies) { _, _ in throw violation }
            hooks.on(.promptPreFetch, options: .neverModifies) { payload, _ in .modified(payload) }
        }
    }

    @Test(
        "a handler that breaks its promise fails",
        arguments: [("tool_pre_invoke", "deny"), ("prompt_pre_fetch", "reply")]
    )
    func brokenPromise(hook: String, function: String) async throws {
        let harness = try PluginHarness(Promising.self)
        let result = try await harness.invoke(hook, payload: ["name": "echo", "prompt_id": "greeting"])
        #expect(
            result
                == .failed(
                    "the runtime refused \"\(function)\": the hook's options promise not to do it, "
                        + "or the operator does not allow it"
                )
        )
    }

    @Test("a custom payload that does not fit fails the call and names the field")
    func wrongPayload() async throws {
        let harness = try PluginHarness(EmailGuard.self, configuration: ["domain": "example.com"])
        let missing = try await harness.invoke("email_pre_send", payload: ["recipient": "ada", "subject": ""])
        #expect(missing == .failed("payload: body: missing"))
        let wrong = try await harness.invoke(
            "email_pre_send",
            payload: ["recipient": 7, "subject": "", "body": ""]
        )
        #expect(wrong == .failed("payload: recipient: expected a string, found a number"))
    }

    @Test("the README's plugin completes a recipient")
    func emailGuard() async throws {
        let harness = try PluginHarness(EmailGuard.self, configuration: ["domain": "example.com"])
        #expect([harness.name, harness.version] == ["email_guard", "1.0.0"])
        let fixed = try await harness.invoke(
            "email_pre_send",
            payload: ["recipient": "ada", "subject": "Hi", "body": "Hello"]
        )
        #expect(
            fixed
                == HarnessResult(
                    modified: ["recipient": "ada@example.com"],
                    metadata: ["fixed_email": true]
                )
        )
        let complete = try await harness.invoke(
            "email_pre_send",
            payload: ["recipient": "ada@example.org", "subject": "Hi", "body": "Hello"]
        )
        #expect(complete == HarnessResult())
    }
}
