import PluginPayloads
import PluginTestKit
import SecretsDetector
import Testing

@Suite("The secrets detector")
struct SecretsDetectorTests {
    private static let token = DetectionTests.github
    private static let aws = DetectionTests.aws

    @Test(
        "redacts the texts of every hook, however deep, and nothing else",
        arguments: [
            ("prompt_pre_fetch", "args"), ("prompt_post_fetch", "result"), ("tool_pre_invoke", "args"),
            ("tool_post_invoke", "result"), ("resource_post_fetch", "content"),
        ]
    )
    func redactsNestedTexts(_ hook: String, _ field: String) async throws {
        let harness = try PluginHarness(SecretsDetector.self)
        let value: JSONValue = [
            "a": [1, .number("1.10"), ["deep": .string("x \(Self.token)")]], "b": .string(Self.aws), "c": nil,
        ]
        let payload: JSONObject = ["name": .string(Self.token), "prompt_id": "p", "uri": "file:///a", field: value]
        let result = try await harness.invoke(hook, payload: payload)
        let changed: JSONValue = ["a": [1, .number("1.10"), ["deep": "x [REDACTED]"]], "b": "[REDACTED]", "c": nil]
        let metadata: JSONValue = [
            "findings": 2, "kinds": ["aws_access_key_id": 1, "github_token": 1], "redacted": true,
        ]
        #expect(result == HarnessResult(modified: [field: changed], metadata: ["secrets_detector": metadata]))
        #expect(harness.counters == ["secrets_found": 2])
    }

    @Test(
        "blocks from the least number of findings on, and tells counts and kinds alone",
        arguments: [
            ("prompt_pre_fetch", "args", "prompt arguments"), ("prompt_post_fetch", "result", "prompt result"),
            ("tool_pre_invoke", "args", "tool arguments"), ("tool_post_invoke", "result", "tool result"),
            ("resource_post_fetch", "content", "resource"),
        ]
    )
    func blocks(_ hook: String, _ field: String, _ place: String) async throws {
        let harness = try PluginHarness(
            SecretsDetector.self,
            configuration: ["block_on_detection": true, "min_findings_to_block": 2]
        )
        let one: JSONValue = [Self.token: .string(Self.token)]
        let two: JSONValue = [Self.token: .string("\(Self.token) \(Self.token)")]
        let below = try await harness.invoke(hook, payload: ["name": "t", field: one])
        #expect(below.continueProcessing)
        #expect(below.modified == [field: [Self.token: "[REDACTED]"]])
        let result = try await harness.invoke(hook, payload: ["name": "t", field: two])
        let violation = PluginViolation(
            reason: "Secrets detected in \(place)",
            description: "Credentials were found: github_token",
            code: "SECRETS_DETECTED",
            details: ["count": 2, "kinds": ["github_token": 2]],
            httpStatusCode: 422
        )
        let metadata: JSONValue = ["findings": 2, "kinds": ["github_token": 2], "redacted": false]
        let expected = HarnessResult(
            continueProcessing: false,
            violation: violation,
            metadata: ["secrets_detector": metadata]
        )
        #expect(result == expected)
    }

    struct Option: CustomTestStringConvertible, Sendable {
        let configuration: JSONObject
        let text: String
        let changed: JSONValue?
        let kinds: JSONValue?

        init(_ configuration: JSONObject, _ text: String, _ changed: JSONValue?, _ kinds: JSONValue?) {
            self.configuration = configuration
            self.text = text
            self.changed = changed
            self.kinds = kinds
        }

        var testDescription: String { "\(JSONValue.object(configuration))" }
    }

    static let options = [
        Option(
            ["detectors": ["github_token": false]],
            "\(token) \(aws)",
            "\(token) [REDACTED]",
            ["aws_access_key_id": 1]
        ),
        Option(["detectors": ["labelled_secret": false]], "password: Tr0ub4dor&3", nil, nil),
        Option(["min_entropy": 4.5], "password: Tr0ub4dor&3", nil, nil),
        Option(["min_entropy": 0], "password: 11111111", "password: [REDACTED]", ["labelled_secret": 1]),
        Option(["redact": false], aws, nil, ["aws_access_key_id": 1]),
        Option(["redaction_text": "***"], "a \(aws)", "a ***", ["aws_access_key_id": 1]),
        Option(["redaction_text": "<s3cret:gone!>"], "token=<s3cret:gone!>", nil, nil),
        Option(["allow_list": ["^\(aws)$"]], "\(aws) \(token)", "\(aws) [REDACTED]", ["github_token": 1]),
        Option(
            ["custom_patterns": [["name": "badge", "pattern": "badge ([0-9]{4})"]]],
            "badge 1234, badge",
            "badge [REDACTED], badge",
            ["badge": 1]
        ),
        Option(["custom_patterns": [["name": "word", "pattern": "[A-Z]{4,}"]]], "[REDACTED]", nil, nil),
        Option(["custom_patterns": [["name": "word", "pattern": "[A-Z]{4,}"]]], "ABCD", "[REDACTED]", ["word": 1]),
    ]

    @Test("does what the configuration says", arguments: options)
    func configured(_ option: Option) async throws {
        let harness = try PluginHarness(SecretsDetector.self, configuration: option.configuration)
        let payload: JSONObject = ["name": "t", "result": .string(option.text)]
        let result = try await harness.invoke("tool_post_invoke", payload: payload)
        #expect(result.continueProcessing)
        #expect(result.modified == option.changed.map { ["result": $0] })
        #expect(result.metadata["secrets_detector"]?["kinds"] == option.kinds)
        #expect(harness.problems == [])
    }

    @Test(
        "a wrong configuration is refused, and says where",
        arguments: [
            (["min_entropy": 9], "/min_entropy"), (["min_findings_to_block": 0], "/min_findings_to_block"),
            (["redaction_text": " "], "/redaction_text"), (["allow_list": ["("]], "/allow_list/0"),
            (["allow_list": ["x*"]], "/allow_list/0"), (["detectors": ["jwt": 1]], "/detectors/jwt"),
            (["custom_patterns": [["name": "", "pattern": "x"]]], "/custom_patterns/0/name"),
            (["custom_patterns": [["name": "a", "pattern": "["]]], "/custom_patterns/0/pattern"),
            (["custom_patterns": [["name": "a"]]], "/custom_patterns/0"),
        ] as [(JSONObject, String)]
    )
    func refuses(_ configuration: JSONObject, _ pointer: String) {
        let error = #expect(throws: HarnessError.self) {
            _ = try PluginHarness(SecretsDetector.self, configuration: configuration)
        }
        #expect(error?.problems.map(\.pointer) == [pointer])
    }

    @Test("a detector that is none is reported")
    func unknownDetector() throws {
        let harness = try PluginHarness(SecretsDetector.self, configuration: ["detectors": ["gitub_token": false]])
        #expect(harness.problems.map(\.pointer) == ["/detectors/gitub_token"])
    }

    @Test("the duties of every plugin")
    func conforms() async {
        let value: JSONValue = ["text": .string("\(Self.token) password: Tr0ub4dor&3")]
        let suite = ConformanceSuite(
            SecretsDetector.self,
            samples: [
                "prompt_pre_fetch": ["prompt_id": "p", "args": value],
                "prompt_post_fetch": ["prompt_id": "p", "result": value],
                "tool_pre_invoke": ["name": "t", "args": value],
                "tool_post_invoke": ["name": "t", "result": value],
                "resource_post_fetch": ["uri": "file:///a", "content": value],
            ]
        )
        #expect(await suite.run() == [])
    }
}
