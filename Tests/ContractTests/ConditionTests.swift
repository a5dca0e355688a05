import GatewayTesting
import IsolationTesting
import TestSupport
import Testing

@Suite("Contract 9.2: Conditions", .inBothIsolations)
struct ConditionTests {
    /// A plugin that appends to the argument `x` where it runs.
    private static func plugin(_ conditions: String) -> [String] {
        ["name: P, conditions: \(conditions), config: {append: '!'}"]
    }

    private static let ran = Answer.changed(x: "x!")

    static let rows = [
        Row(33, "no conditions", ["name: P, config: {append: '!'}"], [Line.tool()], [ran]),
        Row(33, "an empty list of conditions", plugin("[]"), [Line.tool()], [ran]),
        Row(
            35,
            "another prompt",
            plugin("[{prompts: [test_prompt]}]"),
            [Line.prompt("other"), Line.prompt("test_prompt")],
            [Answer.unchanged, Answer.passed(#"{"prompt_id":"test_prompt","args":{"x":"x!"}}"#)]
        ),
        Row(
            37,
            "one of two alternatives",
            plugin("[{server_ids: [s1]}, {tools: [t1]}]"),
            [
                Line.tool("t1", Line.context(#""request_id": "a", "server_id": "s2""#)),
                Line.tool("t2", Line.context(#""request_id": "b", "server_id": "s1""#)),
                Line.tool("t2", Line.context(#""request_id": "c", "server_id": "s2""#)),
            ],
            [Answer.changed(x: "x!", tool: "t1"), Answer.changed(x: "x!", tool: "t2"), Answer.unchanged]
        ),
        Row(
            39,
            "a star is no pattern",
            plugin("[{tools: ['db_*']}]"),
            [Line.tool("db_query"), Line.tool("db_*")],
            [Answer.unchanged, Answer.changed(x: "x!", tool: "db_*")]
        ),
        Row(
            41,
            "a content type in other letters, with parameters",
            plugin("[{content_types: [application/json]}]"),
            [
                Line.tool("t", Line.context(#""request_id": "a", "content_type": "Application/JSON; charset=utf-8""#)),
                Line.tool("t", Line.context(#""request_id": "b", "content_type": "application/json5""#)),
                Line.tool("t", Line.context(#""request_id": "c""#)),
            ],
            [ran, Answer.unchanged, Answer.unchanged]
        ),
        Row(
            43,
            "the tool's name is that of before plugins have changed it",
            [
                "name: P1, config: {reply: {name: t2}}",
                "name: P2, conditions: [{tools: [t2]}], config: {append: '!'}",
            ],
            [Line.tool("t1"), Line.tool("t2")],
            [Answer.changed(x: "x", tool: "t2"), Answer.changed(x: "x!", tool: "t2")]
        ),
    ]

    @Test("Row", arguments: rows)
    func row(row: Row) async throws {
        let output = row.answers.map { $0 + "\n" }.joined()
        #expect(
            try await row.answer(on: GatewaySite())
                == ChildProcess.Result(status: row.status, output: output)
        )
    }
}
