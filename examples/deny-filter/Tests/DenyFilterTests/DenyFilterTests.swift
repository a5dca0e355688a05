import DenyFilter
import PluginPayloads
import PluginTestKit
import Testing

@Suite("The deny filter")
struct DenyFilterTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let configuration: JSONObject
        let args: JSONValue
        let found: [JSONValue]?
    }

    static let cases = [
        Case(
            testDescription: "a clean prompt",
            configuration: ["words": ["badword"]],
            args: ["a": "clean"],
            found: nil
        ),
        Case(testDescription: "no arguments", configuration: ["words": ["badword"]], args: nil, found: nil),
        Case(
            testDescription: "inside a longer word",
            configuration: ["words": ["badword"]],
            args: ["a": "embadwordded"],
            found: ["a contains 'badword'"]
        ),
        Case(
            testDescription: "case does not count",
            configuration: ["words": ["badword"]],
            args: ["a": "BADWORD"],
            found: ["a contains 'badword'"]
        ),
        Case(
            testDescription: "unless it is told to",
            configuration: ["words": ["badword"], "case_sensitive": true],
            args: ["a": "BADWORD"],
            found: nil
        ),
        Case(
            testDescription: "whole words alone",
            configuration: ["words": ["bad"], "whole_words": true],
            args: ["a": "badly bad", "b": "badly"],
            found: ["a contains 'bad'"]
        ),
        Case(
            testDescription: "nested values, with their paths",
            configuration: ["words": ["badword"]],
            args: [
                "level1": ["level2": "badword"], "items": ["ok", "badword"],
                "users": ["ok", ["profile": ["bio": "a badword"]]],
            ],
            found: [
                "level1.level2 contains 'badword'", "items[1] contains 'badword'",
                "users[1].profile.bio contains 'badword'",
            ]
        ),
        Case(
            testDescription: "an entry for each word and place",
            configuration: ["words": ["a.b", "b"]],
            args: ["x": "a.b", "y": "aXb"],
            found: ["x contains 'a.b'", "x contains 'b'", "y contains 'b'"]
        ),
    ]

    @Test("finds denied words", arguments: cases)
    func findsDeniedWords(_ example: Case) async throws {
        let harness = try PluginHarness(DenyFilter.self, configuration: example.configuration)
        let result = try await harness.invoke("prompt_pre_fetch", payload: ["prompt_id": "p", "args": example.args])
        let expected = example.found.map { found in
            PluginViolation(
                reason: "Prompt not allowed",
                description: "Denied words found in prompt",
                code: "deny",
                details: ["violations": .array(found)]
            )
        }
        #expect(result.violation == expected)
        #expect(result.continueProcessing == (expected == nil))
        #expect(result.modified == nil)
    }

    @Test(
        "words are required, and none is empty",
        arguments: [
            (JSONObject(), ""), (["words": ["a", ""]], "/words/1"), (["words": "a"], "/words"),
        ] as [(JSONObject, String)]
    )
    func configurationIsChecked(_ configuration: JSONObject, _ pointer: String) {
        let error = #expect(throws: HarnessError.self) {
            _ = try PluginHarness(DenyFilter.self, configuration: configuration)
        }
        #expect(error?.problems.map(\.pointer) == [pointer])
    }
}
