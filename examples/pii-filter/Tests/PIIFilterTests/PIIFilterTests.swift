import PIIFilter
import PluginPayloads
import PluginTestKit
import PluginText
import Testing

@Suite("The PII filter")
struct PIIFilterTests {
    private static let text = "My SSN is 123-45-6789 and email is john@example.com"
    private static let partial: JSONObject = ["default_mask_strategy": "partial"]

    private static func metadata(_ stage: String, _ types: [JSONValue], total: Int64, masked: Int64) -> JSONObject {
        [
            "pii_filter": [
                "total_detections": .int(total), "total_masked": .int(masked), "detection_types": .array(types),
                "stage": .string(stage),
            ]
        ]
    }

    /// What the filter makes of a text in a tool's result; `nil` for a text that it leaves alone.
    private static func masked(_ text: String, _ configuration: JSONObject) async throws -> String? {
        let harness = try PluginHarness(PIIFilter.self, configuration: configuration)
        let result = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": .string(text)])
        #expect(result.error == nil)
        return result.modified?["result"]?.string
    }

    // MARK: - Payloads

    @Test(
        "masks the arguments of tools and prompts, however deep, and nothing else",
        arguments: [
            ("tool_pre_invoke", "args"), ("prompt_pre_fetch", "args"), ("tool_post_invoke", "result"),
        ]
    )
    func masksNestedTexts(_ hook: String, _ field: String) async throws {
        let harness = try PluginHarness(PIIFilter.self, configuration: Self.partial)
        let value: JSONValue = [
            "john@example.com": ["bob@x.com", 1, .number("123456789.10"), nil, true],
            "deep": [["text": .string(Self.text)]], "number": 4_111_111_111_111_111,
        ]
        let result = try await harness.invoke(
            hook,
            payload: ["name": "john@example.com", "prompt_id": "p", field: value]
        )
        let expected: JSONValue = [
            "john@example.com": ["b***b@x.com", 1, .number("123456789.10"), nil, true],
            "deep": [["text": "My SSN is ***-**-6789 and email is j***n@example.com"]],
            "number": 4_111_111_111_111_111,
        ]
        let metadata = Self.metadata(hook, ["email", "ssn"], total: 3, masked: 3)
        #expect(result == HarnessResult(modified: [field: expected], metadata: metadata))
    }

    @Test("masks the texts of messages alone, and those are the same after both prompt hooks")
    func masksMessages() async throws {
        let harness = try PluginHarness(PIIFilter.self, configuration: Self.partial)
        let before = try await harness.invoke(
            "prompt_pre_fetch",
            payload: ["prompt_id": "p", "args": ["user": .string(Self.text)]]
        )
        let masked = try #require(before.modified?["args"]?["user"]?.string)
        func result(_ texts: [String]) -> JSONValue {
            [
                "messages": [
                    ["role": "jo@x.com", "content": ["type": "jo@x.com", "text": .string(texts[0])]],
                    ["role": "user", "content": .string(texts[1])],
                    ["role": "user", "content": [["type": "text", "text": .string(texts[2])]]],
                ],
                "description": "jo@x.com",
            ]
        }
        let again = try await harness.invoke(
            "prompt_post_fetch",
            payload: ["prompt_id": "p", "result": result([masked, "no", "User said: \(masked)"])]
        )
        #expect(again == HarnessResult())
        let other = try await harness.invoke(
            "prompt_post_fetch",
            payload: ["prompt_id": "p", "result": result([masked, "bob@x.com", "123-45-6789"])]
        )
        #expect(
            other
                == HarnessResult(
                    modified: ["result": result([masked, "b***b@x.com", "***-**-6789"])],
                    metadata: Self.metadata("prompt_post_fetch", ["email", "ssn"], total: 2, masked: 2)
                )
        )
    }

    @Test("leaves what has no texts alone", arguments: [nil, [:], [], 5, "", true] as [JSONValue])
    func nothingToMask(_ value: JSONValue) async throws {
        let harness = try PluginHarness(PIIFilter.self)
        #expect(
            try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": value]) == HarnessResult()
        )
        #expect(try await harness.invoke("tool_post_invoke", payload: ["name": "t"]) == HarnessResult())
    }

    @Test("finds all in a long text")
    func longText() async throws {
        let harness = try PluginHarness(PIIFilter.self, configuration: Self.partial)
        let text = String(repeating: Self.text + "\n", count: 1000)
        let result = try await harness.invoke("tool_pre_invoke", payload: ["name": "t", "args": ["a": .string(text)]])
        let masked = String(repeating: "My SSN is ***-**-6789 and email is j***n@example.com\n", count: 1000)
        let metadata = Self.metadata("tool_pre_invoke", ["email", "ssn"], total: 2000, masked: 2000)
        #expect(result == HarnessResult(modified: ["args": ["a": .string(masked)]], metadata: metadata))

        let detector = try Detector(PayloadBlock(Self.partial).decode(PIIFilterConfiguration.self))
        let start = ContinuousClock.now
        #expect(try detector.findings(in: text.utf8Span, using: MatchScratch()).resolved.count == 2000)
        #expect(ContinuousClock.now - start < .seconds(1))
    }

    @Test(
        "texts made to be slow are not",
        arguments: [
            String(repeating: "1", count: 500_000), String(repeating: "1 ", count: 250_000),
            String(repeating: "a", count: 500_000) + "@", String(repeating: "a@", count: 250_000),
            String(repeating: "a.", count: 250_000) + "@" + String(repeating: "a.", count: 250_000),
            String(repeating: "a1", count: 250_000), String(repeating: "1.", count: 250_000),
            String(repeating: "1-", count: 250_000), String(repeating: "1:", count: 250_000),
            String(repeating: "account ", count: 60_000), String(repeating: "***", count: 170_000),
            String(repeating: "dl: ", count: 120_000) + "1", String(repeating: "4111 ", count: 100_000),
        ]
    )
    func slowTexts(_ text: String) async throws {
        let start = ContinuousClock.now
        _ = try await Self.masked(text, ["detect_aws_keys": true, "detect_api_keys": true])
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    // MARK: - Strategies

    @Test(
        "each strategy has its mask, for built-in and for custom kinds",
        arguments: [
            ("redact", "a [REDACTED] b [REDACTED]"), ("partial", "a E*******6 b b***b@x.com"), ("remove", "a  b "),
            ("hash", "a [HASH:d8bc7727bbbf4d55] b [HASH:014cd983127a6768]"),
        ]
    )
    func strategies(_ strategy: JSONValue, _ expected: String) async throws {
        let configuration: JSONObject = [
            "default_mask_strategy": strategy, "hash_salt": "salt", "custom_patterns": [["pattern": #"\bEMP\d{6}\b"#]],
        ]
        #expect(try await Self.masked("a EMP123456 b bob@x.com", configuration) == expected)
    }

    @Test("tokens and digests without a salt are new for each text and each instance")
    func random() async throws {
        var masks: Set<String> = []
        for strategy in ["tokenize", "hash"] as [JSONValue] {
            for _ in 0..<2 {
                let text = try #require(try await Self.masked("bob@x.com", ["default_mask_strategy": strategy]))
                let form = strategy == "hash" ? #/\[HASH:[0-9a-f]{16}\]/# : #/\[TOKEN:[0-9a-f]{8}\]/#
                #expect(text.wholeMatch(of: form) != nil)
                masks.insert(text)
            }
        }
        #expect(masks.count == 4)
    }

    @Test(
        "a custom pattern keeps its own strategy and kind",
        arguments: [
            (["pattern": "José", "mask_strategy": "partial"], "Hi José!", "Hi J**é!", "custom"),
            (["pattern": "ab", "mask_strategy": "partial", "type": "code"], "x AB x", "x A* x", "code"),
            (["pattern": "x", "mask_strategy": "partial"], "axb", "a*b", "custom"),
            (
                ["pattern": "emp", "mask_strategy": nil, "description": "d", "enabled": true], "EMP", "[REDACTED]",
                "custom"
            ),
            (["pattern": #"\d{3}-\d{3}"#, "mask_strategy": "partial", "type": "ssn"], "123-456", "***-**-3456", "ssn"),
        ] as [(JSONValue, String, String, String)]
    )
    func customPatterns(_ pattern: JSONValue, _ text: String, _ expected: String, _ type: String) async throws {
        let harness = try PluginHarness(PIIFilter.self, configuration: ["custom_patterns": [pattern]])
        let result = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": .string(text)])
        #expect(result.modified == ["result": .string(expected)])
        #expect(result.metadata["pii_filter"]?["detection_types"] == [.string(type)])
    }

    @Test("a custom pattern that is not enabled finds nothing")
    func disabledPattern() async throws {
        let pattern: JSONValue = ["pattern": "a", "enabled": false]
        #expect(try await Self.masked("a", ["custom_patterns": [pattern]]) == nil)
    }

    @Test(
        "what the filter has put in a text is not masked again, whatever finds it",
        arguments: [
            ("redact", "<john@example.com>"), ("redact", "REDACTED"), ("hash", #"[A-Z]+:[0-9a-f]+"#),
            ("partial", #"\S+@\S+"#),
            ("tokenize", "[0-9a-f]{8}"), ("partial", #"example\.com"#), ("partial", #"\d{4}"#),
        ]
    )
    func customMasks(_ strategy: JSONValue, _ pattern: JSONValue) async throws {
        let configuration: JSONObject = [
            "default_mask_strategy": strategy, "redaction_text": "<john@example.com> REDACTED",
            "custom_patterns": [["pattern": pattern]],
        ]
        let text = "mail jane@example.com or SSN 123-45-6789"
        let masked = try #require(try await Self.masked(text, configuration))
        #expect(masked != text)
        #expect(try await Self.masked(masked, configuration) == nil)
    }

    @Test(
        "kinds that overlap: the earliest wins, then the longest, and a label over none",
        arguments: [
            ("Account: 5551234567", "bank_account"), ("4111111111111111", "credit_card"),
            ("MRN 123456789", "medical_record"),
            ("Account: 4111111111111111", "bank_account"), ("x555-123-4567@y.com", "email"),
        ]
    )
    func overlaps(_ text: String, _ type: String) async throws {
        let harness = try PluginHarness(PIIFilter.self)
        let result = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": .string(text)])
        #expect(result.metadata == Self.metadata("tool_post_invoke", [.string(type)], total: 1, masked: 1))
    }

    // MARK: - Switches

    @Test(
        "each kind has a switch",
        arguments: [
            ("detect_ssn", "123-45-6789"), ("detect_bsn", "BSN 180774955"), ("detect_credit_card", "4111111111111111"),
            ("detect_email", "bob@x.com"), ("detect_phone", "555-123-4567"), ("detect_ip_address", "192.168.1.1"),
            ("detect_date_of_birth", "01/15/1990"), ("detect_passport", "passport AB123456"),
            ("detect_driver_license", "DL D1234567"), ("detect_bank_account", "account 12345678"),
            ("detect_medical_record", "MRN ABC12345"),
        ]
    )
    func switches(_ key: String, _ text: String) async throws {
        #expect(try await Self.masked(text, [:]) != nil)
        #expect(try await Self.masked(text, JSONObject([(key, .bool(false))])) == nil)
        #expect(try await Self.masked(text, JSONObject([(key, .null)])) != nil)
    }

    @Test(
        "keys are found where that is switched on",
        arguments: [
            ("detect_aws_keys", "AKIAIOSFODNN7EXAMPLE", "[REDACTED]"),
            ("detect_aws_keys", "is wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY.", "is [REDACTED]."),
            ("detect_api_keys", "api_key: 'abcdefghij_klmnopqrst'", "api_key: '[REDACTED]'"),
            ("detect_api_keys", "Access-Token = abcdefghijklmnopqrst", "Access-Token = [REDACTED]"),
        ]
    )
    func keys(_ key: String, _ text: String, _ expected: String) async throws {
        #expect(try await Self.masked(text, [:]) == nil)
        #expect(try await Self.masked(text, JSONObject([(key, .bool(true))])) == expected)
    }

    @Test("a digest is no key")
    func digests() async throws {
        let text = "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709"
        #expect(try await Self.masked(text, ["detect_aws_keys": true, "detect_api_keys": true]) == nil)
    }

    @Test(
        "what a pattern of the whitelist is found in passes",
        arguments: [
            ("test@example.com", "TEST@example.com or jo@x.com", "TEST@example.com or [REDACTED]"),
            ("555-555-5555", "555-555-5555, 555-123-4567", "555-555-5555, [REDACTED]"),
            (#"@example\.com$"#, "bob@example.com bob@example.com.org", "bob@example.com [REDACTED]"),
            ("^123456789$", "SSN: 123456789, BSN 180774955", "SSN: 123456789, BSN [REDACTED]"),
            ("^SSN: ", "SSN: 123456789, BSN 180774955", "SSN: 123456789, BSN [REDACTED]"),
        ]
    )
    func whitelist(_ pattern: JSONValue, _ text: String, _ expected: String) async throws {
        #expect(try await Self.masked(text, ["whitelist_patterns": [pattern]]) == expected)
    }

    // MARK: - Blocking, limits, log

    @Test(
        "blocks instead of masking, and tells neither values nor keys that are some",
        arguments: [
            ("prompt_pre_fetch", "args", "PII_DETECTED", "PII detected in prompt", "list[1].*"),
            ("tool_pre_invoke", "args", "PII_DETECTED_IN_TOOL_ARGS", "PII detected in tool arguments", "list[1].*"),
            ("tool_post_invoke", "result", "PII_DETECTED_IN_TOOL_RESULT", "PII detected in tool result", "list[1].*"),
        ]
    )
    func blocks(_ hook: String, _ field: String, _ code: String, _ reason: String, _ path: JSONValue) async throws {
        let harness = try PluginHarness(
            PIIFilter.self,
            configuration: ["block_on_detection": true, "log_detections": true]
        )
        let value: JSONValue = ["list": ["ok", ["john@example.com": .string(Self.text)]], "b": "bob@x.com"]
        let result = try await harness.invoke(hook, payload: ["name": "t", "prompt_id": "p", field: value])
        let violation = PluginViolation(
            reason: reason,
            description: "Sensitive data was found: email, ssn",
            code: code,
            details: ["field": path, "types": ["email", "ssn"], "count": 3]
        )
        let metadata = Self.metadata(hook, ["email", "ssn"], total: 3, masked: 0)
        #expect(result == HarnessResult(continueProcessing: false, violation: violation, metadata: metadata))
        #expect(harness.log == [RecordedLine(level: 2, "\(hook): blocked 3 (email, ssn)")])
    }

    @Test("blocks the messages of a prompt, and a result that is a text")
    func blocksTexts() async throws {
        let harness = try PluginHarness(PIIFilter.self, configuration: ["block_on_detection": true])
        let prompt = try await harness.invoke(
            "prompt_post_fetch",
            payload: ["prompt_id": "p", "result": ["messages": [["role": "user", "content": ["text": "jo@x.com"]]]]]
        )
        #expect(prompt.violation?.code == "PII_DETECTED_IN_PROMPT_RESULT")
        #expect(prompt.violation?.details == ["field": "messages[0].content.text", "types": ["email"], "count": 1])
        let tool = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": "jo@x.com"])
        #expect(tool.violation?.details == ["field": "result", "types": ["email"], "count": 1])
        let clean = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": "fine"])
        #expect(clean == HarnessResult())
    }

    @Test("logs how many of which kind, if told to", arguments: [true, false])
    func logs(_ isOn: Bool) async throws {
        let harness = try PluginHarness(PIIFilter.self, configuration: ["log_detections": .bool(isOn)])
        for text in [Self.text, "nothing"] as [String] {
            _ = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": .string(text)])
        }
        #expect(harness.log == (isOn ? [RecordedLine(level: 1, "tool_post_invoke: masked 2 (email, ssn)")] : []))
    }

    @Test(
        "what is too large is an error",
        arguments: [
            (["max_text_bytes": 5], "ééé", "a text has 6 bytes, more than 5"),
            (["max_nested_depth": 2], [[["x"]]], "a value nests deeper than 2 containers"),
            (["max_collection_items": 2], [1, 2, 3], "a container has 3 values, more than 2"),
            (["max_collection_items": 2], ["a": 1, "b": 2, "c": 3], "a container has 3 values, more than 2"),
        ] as [(JSONObject, JSONValue, String)]
    )
    func limits(_ configuration: JSONObject, _ value: JSONValue, _ message: String) async throws {
        let harness = try PluginHarness(PIIFilter.self, configuration: configuration)
        let result = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": value])
        #expect(result == .failed(message))
    }

    @Test("a custom pattern that backtracks without end is an error, soon")
    func backtracking() async throws {
        let configuration: JSONObject = ["custom_patterns": [["pattern": "(a+)+$"]]]
        let harness = try PluginHarness(PIIFilter.self, configuration: configuration)
        let text = String(repeating: "a", count: 5000) + "!"
        let start = ContinuousClock.now
        let result = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": .string(text)])
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(result.continueProcessing == false)
        #expect(result.error?.contains(#"the pattern "(a+)+$" needs more steps than allowed"#) == true)
    }
}
