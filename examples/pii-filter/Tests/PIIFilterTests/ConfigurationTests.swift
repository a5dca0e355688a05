import PIIFilter
import PluginPayloads
import PluginTestKit
import Testing

@Suite("The configuration of the PII filter")
struct ConfigurationTests {
    @Test("the configurations of other gateways are taken as they are")
    func compatible() throws {
        let harness = try PluginHarness(
            PIIFilter.self,
            configuration: [
                "detect_ssn": true, "detect_credit_card": true, "detect_email": true, "detect_phone": true,
                "detect_ip_address": false, "detect_aws_keys": true, "detect_api_keys": true,
                "default_mask_strategy": "partial", "redaction_text": "[PII_REDACTED]", "block_on_detection": false,
                "log_detections": true, "include_detection_details": true,
                "whitelist_patterns": ["test@example.com", "555-555-5555"],
                "custom_patterns": [
                    [
                        "type": "custom", "pattern": #"\bEMP\d{6}\b"#, "description": "Employee",
                        "mask_strategy": "redact", "enabled": true,
                    ]
                ],
                "max_text_bytes": 104_857_600, "max_nested_depth": 1000, "max_collection_items": 1_000_000,
            ]
        )
        #expect(harness.problems == [])
        #expect(harness.name == "pii_filter")
        #expect(
            harness.hooks.map(\.name)
                == ["prompt_pre_fetch", "prompt_post_fetch", "tool_pre_invoke", "tool_post_invoke"]
        )
    }

    @Test("an unknown key is a warning")
    func unknownKey() throws {
        let harness = try PluginHarness(PIIFilter.self, configuration: ["detect_emails": true])
        #expect(harness.problems.map(\.severity) == [.warning])
        #expect(harness.problems.map(\.pointer) == ["/detect_emails"])
    }

    private static func custom(_ entry: JSONValue) -> JSONObject {
        ["custom_patterns": [["pattern": "ok"], entry]]
    }

    @Test(
        "a mistake is refused at its place",
        arguments: [
            (["detect_ssn": "yes"], "/detect_ssn", ""),
            (["default_mask_strategy": "blur"], "/default_mask_strategy", "redact, partial, hash, tokenize, remove"),
            (["redaction_text": 1], "/redaction_text", ""),
            (["hash_salt": ""], "/hash_salt", "the salt is empty"),
            (["max_text_bytes": 0], "/max_text_bytes", "0 is not between 1 and 104857600"),
            (["max_text_bytes": 104_857_601], "/max_text_bytes", ""),
            (["max_nested_depth": 1001], "/max_nested_depth", "1001 is not between 1 and 1000"),
            (["max_collection_items": -1], "/max_collection_items", "-1 is not between 1 and 1000000"),
            (["whitelist_patterns": ["ok", "("]], "/whitelist_patterns/1", "invalid pattern \"(\""),
            (["custom_patterns": ["EMP"]], "/custom_patterns/0", ""),
            (custom(["description": "no pattern"]), "/custom_patterns/1", "pattern"),
            (custom(["pattern": "  "]), "/custom_patterns/1/pattern", "the pattern is empty"),
            (custom(["pattern": "["]), "/custom_patterns/1/pattern", "invalid pattern \"[\""),
            (custom(["pattern": "[", "enabled": false]), "/custom_patterns/1/pattern", ""),
            (
                custom(["pattern": "a", "mask_strategy": "x"]), "/custom_patterns/1/mask_strategy",
                "unknown strategy \"x\""
            ),
            (custom(["pattern": "a", "type": ""]), "/custom_patterns/1/type", "the type is empty"),
            (
                custom(["pattern": .string(String(repeating: "é", count: 257))]), "/custom_patterns/1/pattern",
                "257 characters, more than 256"
            ),
            (
                custom(["pattern": .string(String(repeating: "a|", count: 17))]), "/custom_patterns/1/pattern",
                "17 alternations, more than 16"
            ),
            (
                custom(["pattern": .string(String(repeating: "a+", count: 24) + "b{2}")]), "/custom_patterns/1/pattern",
                "25 quantifiers, more than 24"
            ),
        ] as [(JSONObject, String, String)]
    )
    func mistakes(_ configuration: JSONObject, _ pointer: String, _ message: String) {
        let error = #expect(throws: HarnessError.self) {
            _ = try PluginHarness(PIIFilter.self, configuration: configuration)
        }
        #expect(error?.problems.map(\.pointer) == [pointer])
        #expect(error?.problems.allSatisfy { $0.message.contains(message) } == true)
    }

    @Test(
        "patterns as large as allowed are taken",
        arguments: [
            String(repeating: "é", count: 256), String(repeating: "a|", count: 16) + "b",
            String(repeating: "a+", count: 24),
        ]
    )
    func largestPatterns(_ pattern: String) throws {
        _ = try PluginHarness(PIIFilter.self, configuration: Self.custom(["pattern": .string(pattern)]))
    }
}
