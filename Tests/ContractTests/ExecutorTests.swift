import GatewayTesting
import IsolationTesting
import PluginPayloads
import TestSupport
import Testing

@Suite("Contract 9.1: Executor, order, modes", .inBothIsolations)
struct ExecutorTests {
    private static let deny = "config: {deny: NO}"
    private static let fail = "config: {fail: boom}"

    static let rows = [
        Row(
            1,
            "no plugin for the hook",
            [],
            [Line.tool(), #"{"hook": "my_own_hook", "payload": {}}"#],
            [
                Answer.unchanged, Answer.unchanged,
            ]
        ),
        Row(
            3,
            "two plugins of the same priority run in the configuration's order",
            ["name: Z, priority: 5, config: {append: z}", "name: A, priority: 5, config: {append: a}"],
            [Line.tool(x: "x")],
            [Answer.changed(x: "xza")]
        ),
        Row(
            5,
            "P1 (priority 1) appends a, P2 (priority 2) appends b: the final argument is xab",
            ["name: P2, priority: 2, config: {append: b}", "name: P1, priority: 1, config: {append: a}"],
            [Line.tool(x: "x")],
            [Answer.changed(x: "xab")]
        ),
        Row(
            7,
            "a permissive plugin's violation does not keep the second one from running",
            ["name: P1, mode: permissive, \(deny)", "name: P2, config: {append: b}"],
            [Line.tool(x: "x")],
            [Answer.changed(x: "xb")]
        ),
        Row(
            9,
            "enforce_ignore_error blocks on a violation",
            ["name: P1, mode: enforce_ignore_error, \(deny)", "name: P2, config: {append: b}"],
            [Line.tool()],
            [Answer.blocked(by: "P1")],
            status: 10
        ),
        Row(
            11,
            "an enforce plugin's error is an error that names the plugin",
            ["name: P1, \(fail)", "name: P2, config: {append: b}"],
            settings: "fail_on_plugin_error: false",
            [Line.tool()],
            [Answer.failed(by: "P1")],
            status: 11
        ),
        Row(
            13,
            "a permissive plugin's error is one with fail_on_plugin_error",
            ["name: P1, mode: permissive, \(fail)"],
            settings: "fail_on_plugin_error: true",
            [Line.tool()],
            [Answer.failed(by: "P1")],
            status: 11
        ),
        Row(
            15,
            "without it the request goes on",
            ["name: P1, mode: permissive, \(fail)", "name: P2, config: {append: b}"],
            settings: "fail_on_plugin_error: false",
            [Line.tool(x: "x")],
            [Answer.changed(x: "xb")]
        ),
        Row(
            15,
            "and after a timeout, too",
            ["name: P1, mode: permissive, timeout: 0.05, config: {sleep: 5000}", "name: P2, config: {append: b}"],
            [Line.tool(x: "x")],
            [Answer.changed(x: "xb")]
        ),
        Row(
            19,
            "what an audit plugin changes and blocks is discarded",
            ["name: P1, mode: audit, config: {append: a, deny: NO}", "name: P2, config: {append: b}"],
            [Line.tool(x: "x")],
            [Answer.changed(x: "xb")]
        ),
        Row(
            25,
            "a field outside the write policy stays, and an allowed one is taken",
            ["name: P1, config: {reply: {prompt_id: other, args: {x: new}}}"],
            [Line.prompt("p")],
            [Answer.passed(#"{"prompt_id":"p","args":{"x":"new"}}"#)]
        ),
        Row(
            25,
            "if nothing else was changed, nothing was",
            ["name: P1, config: {reply: {prompt_id: other}}"],
            [Line.prompt("p")],
            [Answer.unchanged]
        ),
        Row(
            27,
            "the last plugin's metadata wins",
            [
                "name: A, config: {metadata: {shared: value1, a: 1}}",
                "name: B, config: {metadata: {shared: value2, b: 2}}",
            ],
            [Line.tool()],
            [Answer.passed(metadata: #"{"shared":"value2","a":1,"b":2}"#)]
        ),
        Row(
            29,
            "a plugin's state flows from the pre to the post hook, and to no other plugin or request",
            ["name: A, config: {counter: true}"],
            [Line.tool(), Line.toolPost(), Line.toolPost(Line.context(#""request_id": "other""#))],
            [
                Answer.unchanged, Answer.passed(metadata: #"{"text":"Counter: 1"}"#),
                Answer.passed(metadata: #"{"text":"Counter: 0"}"#),
            ]
        ),
        Row(
            31,
            "global state is seen by the second plugin and the post hooks of the request, and by no other request",
            [
                "name: A, hooks: [tool_pre_invoke], conditions: [{tools: [t]}], config: {global: {k: v}}",
                "name: B, config: {read: k}",
            ],
            [
                Line.tool(), Line.toolPost(), Line.tool("u", Line.context(#""request_id": "other""#)),
                Line.toolPost(Line.context(#""request_id": "other""#)),
            ],
            [
                Answer.passed(metadata: #"{"k":"v"}"#), Answer.passed(metadata: #"{"k":"v"}"#),
                Answer.passed(metadata: #"{"k":null}"#), Answer.passed(metadata: #"{"k":null}"#),
            ]
        ),
    ]

    @Test("Row", arguments: rows)
    func row(row: Row) async throws {
        let output = row.answers.map { $0 + "\n" }.joined()
        let result = try await row.answer(on: GatewaySite())
        #expect(result == ChildProcess.Result(status: row.status, output: output))
    }

    @Test("Row 17: on_error: disable lets the first call go on, and the plugin does not run in the second one")
    func disable() async throws {
        let site = try GatewaySite()
        let row = Row(
            17,
            "",
            [
                "name: P1, on_error: disable, sandbox: \(TestedIsolation.openSandbox), config: {note: \(site.directory("notes")), fail: boom}"
            ],
            [Line.tool(x: "1"), Line.tool(x: "2", Line.context(#""request_id": "other""#))],
            []
        )
        let output = Answer.unchanged + "\n" + Answer.unchanged + "\n"
        #expect(try await row.answer(on: site) == ChildProcess.Result(status: 0, output: output))
        #expect(try Files.readText(site.directory("notes")) == "1\n")
    }

    @Test("Row 21: of two concurrent plugins the one that blocks answers at once, and the other one is cancelled")
    func concurrent() async throws {
        let site = try GatewaySite()
        try site.configure(
            try Row.configuration([
                "name: Sleeper, hooks: [tool_pre_invoke], mode: concurrent, "
                    + "sandbox: \(TestedIsolation.openSandbox), config: {note: $SITE/notes, sleep: 60000}",
                "name: Blocker, hooks: [tool_pre_invoke], mode: concurrent, "
                    + "sandbox: \(TestedIsolation.openSandbox), config: {await: $SITE/notes, deny: NO}",
            ])
        )
        try await LiveGateway.run(site) { gateway in
            _ = try await gateway.client("POST /tools", ["name": "t", "url": "http://upstream"])
            let clock = ContinuousClock()
            let start = clock.now
            let response = try await gateway.client("POST /tools/invoke", ["name": "t", "arguments": ["x": "1"]])
            #expect(start.duration(to: clock.now) < .seconds(5))
            #expect(response.status == 422)
            let text = "tool_pre_invoke blocked by plugin Blocker: NO - no (never)"
            #expect(response.text.contains(text), "\(response.line)")
            try await eventually("the sleeper is cancelled", within: .seconds(10)) {
                try Files.readText(site.directory("notes")) == "1\ncancelled\n"
            }
        }
    }

    @Test(
        "Row 23: fire_and_forget sees the payload as it was before others changed or blocked it",
        arguments: [
            ("config: {append: b}", Answer.changed(x: "xb"), 0), ("config: {deny: NO}", Answer.blocked(by: "P1"), 10),
        ]
    )
    func fireAndForget(first: String, answer: String, status: Int32) async throws {
        let site = try GatewaySite()
        let row = Row(
            23,
            "",
            [
                "name: P1, priority: 1, \(first)",
                "name: Later, priority: 2, mode: fire_and_forget, sandbox: \(TestedIsolation.openSandbox), "
                    + "config: {note: \(site.directory("notes"))}",
            ],
            [Line.tool(x: "x")],
            []
        )
        #expect(try await row.answer(on: site) == ChildProcess.Result(status: status, output: answer + "\n"))
        #expect(try Files.readText(site.directory("notes")) == "x\n")
    }
}
