import PluginSDK
package import PluginText

/// A pattern of the operator's.
package struct CustomPattern: Sendable {
    package let type: PIIType
    package let pattern: Pattern
    /// Its own strategy; `nil` for the default one.
    package let strategy: MaskStrategy?

    /// What may stand in a pattern, to keep it cheap and readable.
    private static let most = (characters: 256, alternations: 16, quantifiers: 24)

    /// One entry as it is written.
    struct Entry: Decodable {
        let type: String?
        let pattern: String
        let description: String?
        let maskStrategy: String?
        let enabled: Bool?

        private enum CodingKeys: String, CodingKey {
            case type
            case pattern
            case description
            case maskStrategy = "mask_strategy"
            case enabled
        }
    }

    /// Checks and compiles an entry, also one that is not enabled.
    init(_ entry: Entry, at pointer: String) throws(ConfigurationProblem) {
        let type = entry.type ?? PIIType.custom.name
        guard !type.isEmpty else { throw ConfigurationProblem(at: pointer + "/type", "the type is empty") }
        self.type = PIIType(type)
        strategy = try entry.maskStrategy.map { name throws(ConfigurationProblem) in
            try MaskStrategy(named: name, at: pointer + "/mask_strategy")
        }
        try Self.checkSize(of: entry.pattern, at: pointer + "/pattern")
        pattern = try Pattern(configured: entry.pattern, at: pointer + "/pattern")
    }

    private static func checkSize(of pattern: String, at pointer: String) throws(ConfigurationProblem) {
        guard pattern.contains(where: { !$0.isWhitespace }) else {
            throw ConfigurationProblem(at: pointer, "the pattern is empty")
        }
        let sizes = [
            (pattern.unicodeScalars.count, most.characters, "characters"),
            (pattern.count { $0 == "|" }, most.alternations, "alternations"),
            (pattern.count { "*+?{".contains($0) }, most.quantifiers, "quantifiers"),
        ]
        for (count, limit, name) in sizes where count > limit {
            throw ConfigurationProblem(at: pointer, "the pattern has \(count) \(name), more than \(limit); split it")
        }
    }
}

extension MaskStrategy {
    init(named name: String, at pointer: String) throws(ConfigurationProblem) {
        guard let strategy = MaskStrategy(rawValue: name) else {
            let names = MaskStrategy.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConfigurationProblem(at: pointer, "unknown strategy \"\(name)\"; there are \(names)")
        }
        self = strategy
    }
}

extension Pattern {
    /// Compiles a pattern of the operator's, which matches letters in both cases.
    init(configured source: String, at pointer: String) throws(ConfigurationProblem) {
        do throws(PatternError) {
            try self.init(source, options: .caseInsensitive)
        } catch {
            throw ConfigurationProblem(at: pointer, "\(error)")
        }
    }
}
