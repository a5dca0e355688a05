import PluginSDK

/// How long a text may be, and what happens to one that is not.
public struct OutputLengthGuardConfiguration: Decodable, Sendable {
    /// What happens to a text outside the limits.
    enum Strategy: String, CaseIterable {
        case truncate
        case block
    }

    /// In Unicode scalars.
    let minCharacters: Int
    /// In Unicode scalars; `nil` for no limit.
    let maxCharacters: Int?
    let strategy: Strategy
    let ellipsis: String

    private enum CodingKeys: String, CodingKey {
        case minCharacters = "min_chars"
        case maxCharacters = "max_chars"
        case strategy
        case ellipsis
    }

    /// Reads the configuration; every key may be absent, and `max_chars` null.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        minCharacters = try values.decodeIfPresent(Int.self, forKey: .minCharacters) ?? 0
        let limit = try values.decodeIfPresent(Int.self, forKey: .maxCharacters)
        maxCharacters = values.contains(.maxCharacters) ? limit : 15_000
        let name = try values.decodeIfPresent(String.self, forKey: .strategy) ?? Strategy.truncate.rawValue
        guard let strategy = Strategy(rawValue: name) else {
            let names = Strategy.allCases.map(\.rawValue).joined(separator: " and ")
            throw ConfigurationProblem(at: "/strategy", "unknown strategy \"\(name)\"; there are \(names)")
        }
        self.strategy = strategy
        ellipsis = try values.decodeIfPresent(String.self, forKey: .ellipsis) ?? "…"
        try check()
    }

    private func check() throws(ConfigurationProblem) {
        guard minCharacters >= 0 else {
            throw ConfigurationProblem(at: "/min_chars", "\(minCharacters) is less than 0")
        }
        guard let maxCharacters else { return }
        guard maxCharacters >= max(1, minCharacters) else {
            throw ConfigurationProblem(
                at: "/max_chars",
                "\(maxCharacters) is less than \(max(1, minCharacters)); raise it, or lower min_chars"
            )
        }
        guard ellipsis.unicodeScalars.count <= maxCharacters else {
            throw ConfigurationProblem(
                at: "/ellipsis",
                "the ellipsis counts, and is longer than the \(maxCharacters) characters of a text; shorten it"
            )
        }
    }
}
