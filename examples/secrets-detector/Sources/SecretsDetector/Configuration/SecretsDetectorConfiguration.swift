import PluginSDK
import PluginText

/// What is looked for, and what happens to what is found.
public struct SecretsDetectorConfiguration: Decodable, Sendable {
    /// The built-in kinds that are looked for.
    let kinds: Set<SecretKind>
    let customPatterns: [CustomPattern]
    /// A secret in which one of them is found passes.
    let allowList: [Pattern]
    /// Bits for each byte of a value behind a label.
    let minEntropy: Double
    let redacts: Bool
    let redactionText: String
    let blocks: Bool
    /// How many findings of one payload block it.
    let minFindingsToBlock: Int

    private enum CodingKeys: String, CodingKey {
        case detectors
        case customPatterns = "custom_patterns"
        case allowList = "allow_list"
        case minEntropy = "min_entropy"
        case redact
        case redactionText = "redaction_text"
        case blockOnDetection = "block_on_detection"
        case minFindingsToBlock = "min_findings_to_block"
    }

    /// The name of a detector.
    private struct DetectorKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads the configuration; every key may be absent.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        kinds = try Self.kinds(values)
        customPatterns = try (values.decodeIfPresent([CustomPattern.Entry].self, forKey: .customPatterns) ?? [])
            .enumerated().map { try CustomPattern($1, at: "/custom_patterns/\($0)") }
        allowList = try (values.decodeIfPresent([String].self, forKey: .allowList) ?? [])
            .enumerated().map { try Pattern(configured: $1, at: "/allow_list/\($0)") }
        minEntropy = try values.decodeIfPresent(Double.self, forKey: .minEntropy) ?? 3
        redacts = try values.decodeIfPresent(Bool.self, forKey: .redact) ?? true
        redactionText = try values.decodeIfPresent(String.self, forKey: .redactionText) ?? "[REDACTED]"
        blocks = try values.decodeIfPresent(Bool.self, forKey: .blockOnDetection) ?? false
        minFindingsToBlock = try values.decodeIfPresent(Int.self, forKey: .minFindingsToBlock) ?? 1
        try check()
    }

    private static func kinds(_ values: KeyedDecodingContainer<CodingKeys>) throws -> Set<SecretKind> {
        let names = BuiltInRules.forms.map(\.kind)
        guard values.contains(.detectors) else { return Set(names) }
        let switches = try values.nestedContainer(keyedBy: DetectorKey.self, forKey: .detectors)
        return try Set(
            names.filter { try switches.decodeIfPresent(Bool.self, forKey: DetectorKey(stringValue: $0.name)) ?? true }
        )
    }

    private func check() throws(ConfigurationProblem) {
        guard (0...8).contains(minEntropy) else {
            throw ConfigurationProblem(at: "/min_entropy", "\(minEntropy) is not between 0 and 8 bits for each byte")
        }
        guard minFindingsToBlock >= 1 else {
            throw ConfigurationProblem(at: "/min_findings_to_block", "\(minFindingsToBlock) is less than 1")
        }
        // Without a trace of what was there, the next run would take the text behind it for the value of a label.
        guard redactionText.contains(where: { !$0.isWhitespace }) else {
            throw ConfigurationProblem(at: "/redaction_text", "the text is empty; give one that readers recognize")
        }
    }
}
