import OutputLengthGuard
import PluginPayloads
import PluginTestKit
import Testing

@Suite("The output length guard")
struct OutputLengthGuardTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let value: JSONValue
        let changed: JSONValue?
        let lengths: (original: Int64, new: Int64)

        init(_ description: String, _ value: JSONValue, _ changed: JSONValue?, _ original: Int64 = 0, _ new: Int64 = 0)
        {
            testDescription = description
            self.value = value
            self.changed = changed
            lengths = (original, new)
        }
    }

    static let cases = [
        Case("a text", "abcdefgh", "abcd…", 8, 5),
        Case("a text that just fits", "abcde", nil),
        Case("a text of many bytes that fits", "漢字仮名。", nil),
        Case("a list of texts", ["abcdef", "abc", 7], ["abcd…", "abc", 7], 9, 8),
        Case(
            "the result of a tool",
            [
                "content": [["type": "text", "text": "abcdef"], ["type": "image", "data": "abcdefgh"]],
                "isError": false,
            ],
            [
                "content": [["type": "text", "text": "abcd…"], ["type": "image", "data": "abcdefgh"]], "isError": false,
            ],
            6,
            5
        ),
        Case(
            "a resource in the result of a tool",
            ["content": [["type": "resource", "resource": ["uri": "file:///abc", "text": "abcdef"]]]],
            ["content": [["type": "resource", "resource": ["uri": "file:///abc", "text": "abcd…"]]]],
            6,
            5
        ),
        Case(
            "the messages of a prompt",
            [
                "messages": [
                    ["role": "assistant", "content": ["type": "text", "text": "abcdef"]], ["content": "abcdefg"],
                ]
            ],
            [
                "messages": [
                    ["role": "assistant", "content": ["type": "text", "text": "abcd…"]], ["content": "abcd…"],
                ]
            ],
            13,
            10
        ),
        Case(
            "the contents of a resource",
            ["contents": [["uri": "file:///abc", "mimeType": "text/plain", "text": "abcdef"], ["blob": "abcdefgh"]]],
            ["contents": [["uri": "file:///abc", "mimeType": "text/plain", "text": "abcd…"], ["blob": "abcdefgh"]]],
            6,
            5
        ),
        Case("data", ["status": "abcdefgh", "structuredContent": ["text": "abcdefgh"]], nil),
        Case("numbers and nothing", [nil, 1_234_567, .number("1234567.10"), true], nil),
    ]

    @Test("cuts the texts that are too long, and nothing else", arguments: cases)
    func truncates(_ example: Case) async throws {
        let harness = try PluginHarness(OutputLengthGuard.self, configuration: ["max_chars": 5])
        for (hook, field) in Self.hooks {
            let payload: JSONObject = ["name": "long name", "prompt_id": "p", "uri": "file:///a", field: example.value]
            let result = try await harness.invoke(hook, payload: payload)
            let expected = example.changed.map { changed in
                HarnessResult(
                    modified: [field: changed],
                    metadata: Self.metadata(true, false, example.lengths.original, example.lengths.new)
                )
            }
            #expect(result == expected ?? HarnessResult())
        }
    }

    private static let tooLong = PluginViolation(
        reason: "Output too long",
        description: "A text has 8 characters, more than 5",
        code: "OUTPUT_TOO_LONG",
        details: ["length": 8, "max_chars": 5],
        httpStatusCode: 422
    )

    private static let tooShort = PluginViolation(
        reason: "Output too short",
        description: "A text has 1 characters, less than 2",
        code: "OUTPUT_TOO_SHORT",
        details: ["length": 1, "min_chars": 2],
        httpStatusCode: 422
    )

    static let blockCases: [(JSONValue, PluginViolation?)] = [
        (["abc", "abcdefgh", "a"], tooLong), (["content": [["type": "text", "text": "é"]]], tooShort),
        (["content": []], nil), ("abc", nil), (["abcde", "ab"], nil),
    ]

    @Test("blocks what is outside the limits, if told to", arguments: blockCases)
    func blocks(_ value: JSONValue, _ violation: PluginViolation?) async throws {
        let configuration: JSONObject = ["min_chars": 2, "max_chars": 5, "strategy": "block"]
        let harness = try PluginHarness(OutputLengthGuard.self, configuration: configuration)
        for (hook, field) in Self.hooks {
            let result = try await harness.invoke(hook, payload: ["name": "t", field: value])
            #expect(result == HarnessResult(continueProcessing: violation == nil, violation: violation))
        }
    }

    @Test("a text that is too short cannot be mended, and is only reported")
    func shortTexts() async throws {
        let harness = try PluginHarness(OutputLengthGuard.self, configuration: ["min_chars": 3])
        let result = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": ["ab", "abc"]])
        #expect(result == HarnessResult(metadata: Self.metadata(false, true, 5, 5)))
    }

    @Test(
        "cuts at 15000 by default, and never without a limit",
        arguments: [([:], true), (["max_chars": nil], false)] as [(JSONObject, Bool)]
    )
    func defaultLimit(_ configuration: JSONObject, _ isCut: Bool) async throws {
        let harness = try PluginHarness(OutputLengthGuard.self, configuration: configuration)
        let text = String(repeating: "a", count: 15_001)
        let result = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": .string(text)])
        #expect(result.modified == (isCut ? ["result": .string(text.prefix(14_999) + "…")] : nil))
    }

    @Test("a payload without the field is left alone")
    func noField() async throws {
        let harness = try PluginHarness(OutputLengthGuard.self, configuration: ["min_chars": 1])
        #expect(try await harness.invoke("tool_post_invoke", payload: ["name": "t"]) == HarnessResult())
    }

    @Test(
        "a wrong configuration is refused, and says where",
        arguments: [
            (["min_chars": -1], "/min_chars"), (["max_chars": 0], "/max_chars"),
            (["min_chars": 9, "max_chars": 8], "/max_chars"), (["strategy": "cut"], "/strategy"),
            (["max_chars": 2, "ellipsis": "..."], "/ellipsis"), (["max_chars": "9"], "/max_chars"),
        ] as [(JSONObject, String)]
    )
    func refuses(_ configuration: JSONObject, _ pointer: String) {
        let error = #expect(throws: HarnessError.self) {
            _ = try PluginHarness(OutputLengthGuard.self, configuration: configuration)
        }
        #expect(error?.problems.map(\.pointer) == [pointer])
    }

    @Test("the duties of every plugin")
    func conforms() async {
        let suite = ConformanceSuite(
            OutputLengthGuard.self,
            configuration: ["max_chars": 5],
            samples: [
                "tool_post_invoke": ["name": "t", "result": "abcdef"],
                "prompt_post_fetch": ["prompt_id": "p", "result": ["messages": [["content": ["text": "abcdef"]]]]],
                "resource_post_fetch": ["uri": "file:///a", "content": ["text": "abc"]],
            ]
        )
        #expect(await suite.run() == [])
    }

    private static let hooks = [
        ("tool_post_invoke", "result"), ("prompt_post_fetch", "result"), ("resource_post_fetch", "content"),
    ]

    private static func metadata(_ truncated: Bool, _ tooShort: Bool, _ original: Int64, _ new: Int64) -> JSONObject {
        [
            "output_length_guard": [
                "truncated": .bool(truncated), "too_short": .bool(tooShort), "original_length": .int(original),
                "new_length": .int(new),
            ]
        ]
    }
}
