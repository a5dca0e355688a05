import PluginPayloads
import PluginTestKit
import RegexFilter
import Testing

@Suite("The regex filter")
struct RegexFilterTests {
    private static let chained: JSONObject = [
        "words": [["search": "crap", "replace": "crud"], ["search": "crud", "replace": "yikes"]]
    ]

    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let words: JSONValue
        let args: JSONValue
        let expected: JSONValue?

        var testDescription: String { name }

        init(_ name: String, _ words: [(String, String)], _ args: JSONValue, _ expected: JSONValue?) {
            self.name = name
            self.words = .array(words.map { ["search": .string($0.0), "replace": .string($0.1)] })
            self.args = args
            self.expected = expected
        }
    }

    static let cases = [
        Case(
            "rules apply one after another",
            [("crap", "crud"), ("crud", "yikes")],
            ["text": "What a crapshow!"],
            ["text": "What a yikesshow!"]
        ),
        Case(
            "nested lists and maps are searched",
            [("bad", "good")],
            ["users": [["profile": ["bio": "bad bio"]], "bad"]],
            ["users": [["profile": ["bio": "good bio"]], "good"]]
        ),
        Case(
            "numbers keep their text",
            [("bad", "good")],
            ["a": "bad", "big": .number("12345678901234567890"), "price": .number("1.10")],
            ["a": "good", "big": .number("12345678901234567890"), "price": .number("1.10")]
        ),
        Case("case counts", [("bad", "good")], ["t": "bad BAD Bad"], ["t": "good BAD Bad"]),
        Case("unless the rule says otherwise", [("(?i)bad", "good")], ["t": "bad BAD Bad"], ["t": "good good good"]),
        Case(
            "groups in the replacement",
            [(#"(\d{3})-(\d{3})-(\d{4})"#, #"XXX-XXX-\3"#)],
            ["t": "Call 123-456-7890"],
            ["t": "Call XXX-XXX-7890"]
        ),
        Case("named groups in the replacement", [(#"(?P<word>\w+)!"#, #"\g<word>?"#)], ["t": "hey!"], ["t": "hey?"]),
        Case("nothing found", [("bad", "good")], ["t": "fine"], nil),
        Case("no rules", [], ["t": "fine"], nil),
    ]

    @Test("replaces in tool arguments", arguments: cases)
    func replacesInToolArguments(_ example: Case) async throws {
        let harness = try PluginHarness(RegexFilter.self, configuration: ["words": example.words])
        let result = try await harness.invoke("tool_pre_invoke", payload: ["name": "tool", "args": example.args])
        #expect(result.modified == example.expected.map { ["args": $0] })
        #expect(result.error == nil)
    }

    @Test("replaces in the texts of messages, and nowhere else in a prompt")
    func replacesInMessages() async throws {
        let harness = try PluginHarness(
            RegexFilter.self,
            configuration: ["words": [["search": "text", "replace": "x"]]]
        )
        let result = try await harness.invoke(
            "prompt_post_fetch",
            payload: [
                "prompt_id": "p",
                "result": [
                    "messages": [
                        ["role": "text", "content": ["type": "text", "text": "a text"]],
                        ["role": "user", "content": "another text"],
                    ],
                    "description": "text",
                ],
            ]
        )
        #expect(
            result.modified == [
                "result": [
                    "messages": [
                        ["role": "text", "content": ["type": "text", "text": "a x"]],
                        ["role": "user", "content": "another x"],
                    ],
                    "description": "text",
                ]
            ]
        )
    }

    @Test(
        "a tool result may be a text, a map, a list or null",
        arguments: [
            ("crap", "yikes"), (["a": ["crap"]], ["a": ["yikes"]]),
        ] as [(JSONValue, JSONValue)]
    )
    func replacesInResults(_ result: JSONValue, _ expected: JSONValue) async throws {
        let harness = try PluginHarness(RegexFilter.self, configuration: Self.chained)
        let outcome = try await harness.invoke("tool_post_invoke", payload: ["name": "tool", "result": result])
        #expect(outcome.modified == ["result": expected])
        let none = try await harness.invoke("tool_post_invoke", payload: ["name": "tool", "result": nil])
        #expect(none.modified == nil)
    }

    @Test("a rule that is no expression is skipped, and named by its place")
    func invalidRuleIsSkipped() async throws {
        let harness = try PluginHarness(
            RegexFilter.self,
            configuration: [
                "words": [["search": "ok", "replace": "fine"], ["search": "(", "replace": ""]]
            ]
        )
        #expect(harness.problems.map(\.pointer) == ["/words/1"])
        #expect(harness.problems.allSatisfy { $0.message.hasPrefix("rule 2 is skipped: ") })
        let result = try await harness.invoke("tool_pre_invoke", payload: ["name": "t", "args": ["a": "ok"]])
        #expect(result.modified == ["args": ["a": "fine"]])
    }
}
