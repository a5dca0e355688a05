import PluginSDK
package import PluginText

/// What the filter looks for, and what it does with it.
public struct PIIFilterConfiguration: Decodable, Sendable {
    /// The kinds that are looked for.
    package let types: Set<PIIType>
    package let strategy: MaskStrategy
    package let redactionText: String
    /// Whether a request is blocked instead of masked.
    package let blocks: Bool
    package let logs: Bool
    /// Those that are enabled.
    package let customPatterns: [CustomPattern]
    /// A finding in which one of them is found passes.
    package let whitelist: [Pattern]
    package let limits: ValueLimits
    /// `nil` for a random one.
    package let hashSalt: String?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case detectSSN = "detect_ssn"
        case detectBSN = "detect_bsn"
        case detectCreditCard = "detect_credit_card"
        case detectEmail = "detect_email"
        case detectPhone = "detect_phone"
        case detectIPAddress = "detect_ip_address"
        case detectDateOfBirth = "detect_date_of_birth"
        case detectPassport = "detect_passport"
        case detectDriverLicense = "detect_driver_license"
        case detectBankAccount = "detect_bank_account"
        case detectMedicalRecord = "detect_medical_record"
        case detectAWSKeys = "detect_aws_keys"
        case detectAPIKeys = "detect_api_keys"
        case defaultMaskStrategy = "default_mask_strategy"
        case redactionText = "redaction_text"
        case blockOnDetection = "block_on_detection"
        case logDetections = "log_detections"
        case includeDetectionDetails = "include_detection_details"
        case customPatterns = "custom_patterns"
        case whitelistPatterns = "whitelist_patterns"
        case maxTextBytes = "max_text_bytes"
        case maxNestedDepth = "max_nested_depth"
        case maxCollectionItems = "max_collection_items"
        case hashSalt = "hash_salt"
    }

    /// The switches, and whether each is on by default.
    private static let switches: [(key: CodingKeys, type: PIIType, isOn: Bool)] = [
        (.detectSSN, .ssn, true), (.detectBSN, .bsn, true), (.detectCreditCard, .creditCard, true),
        (.detectEmail, .email, true), (.detectPhone, .phone, true), (.detectIPAddress, .ipAddress, true),
        (.detectDateOfBirth, .dateOfBirth, true), (.detectPassport, .passport, true),
        (.detectDriverLicense, .driverLicense, true), (.detectBankAccount, .bankAccount, true),
        (.detectMedicalRecord, .medicalRecord, true), (.detectAWSKeys, .awsKey, false),
        (.detectAPIKeys, .apiKey, false),
    ]

    /// Reads the configuration; every key may be absent.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        var types: Set<PIIType> = []
        for (key, type, isOn) in Self.switches {
            if try values.decodeIfPresent(Bool.self, forKey: key) ?? isOn { types.insert(type) }
        }
        self.types = types
        strategy =
            try values.decodeIfPresent(String.self, forKey: .defaultMaskStrategy).map {
                try MaskStrategy(named: $0, at: "/default_mask_strategy")
            } ?? .redact
        redactionText = try values.decodeIfPresent(String.self, forKey: .redactionText) ?? "[REDACTED]"
        blocks = try values.decodeIfPresent(Bool.self, forKey: .blockOnDetection) ?? false
        logs = try values.decodeIfPresent(Bool.self, forKey: .logDetections) ?? false
        // Accepted for the sake of existing configurations; results never hold more than counts and kinds.
        _ = try values.decodeIfPresent(Bool.self, forKey: .includeDetectionDetails)
        customPatterns = try Self.customPatterns(values)
        whitelist = try (values.decodeIfPresent([String].self, forKey: .whitelistPatterns) ?? []).enumerated().map {
            try Pattern(configured: $1, at: "/whitelist_patterns/\($0)")
        }
        limits = ValueLimits(
            depth: try Self.number(values, .maxNestedDepth, in: 1...1000) ?? 32,
            items: try Self.number(values, .maxCollectionItems, in: 1...1_000_000) ?? 4096,
            textBytes: try Self.number(values, .maxTextBytes, in: 1...100 << 20) ?? 10 << 20
        )
        hashSalt = try values.decodeIfPresent(String.self, forKey: .hashSalt)
        if hashSalt?.isEmpty == true {
            throw ConfigurationProblem(at: "/hash_salt", "the salt is empty; leave the key out for a random one")
        }
    }

    private static func customPatterns(_ values: KeyedDecodingContainer<CodingKeys>) throws -> [CustomPattern] {
        let entries = try values.decodeIfPresent([CustomPattern.Entry].self, forKey: .customPatterns) ?? []
        return try entries.enumerated().compactMap { index, entry in
            let custom = try CustomPattern(entry, at: "/custom_patterns/\(index)")
            return entry.enabled ?? true ? custom : nil
        }
    }

    private static func number(
        _ values: KeyedDecodingContainer<CodingKeys>,
        _ key: CodingKeys,
        in range: ClosedRange<Int>
    ) throws -> Int? {
        guard let number = try values.decodeIfPresent(Int.self, forKey: key) else { return nil }
        guard range.contains(number) else {
            throw ConfigurationProblem(
                at: "/\(key.rawValue)",
                "\(number) is not between \(range.lowerBound) and \(range.upperBound)"
            )
        }
        return number
    }
}
