public import PluginSDK
import PluginText

/// Blocks prompts whose arguments hold denied words.
public struct DenyFilter: PromptPreFetchHook {
    /// Which words are denied, and how they are looked for.
    public struct Configuration: Decodable, Sendable {
        var words: [String]
        /// Whether `Word` is another word than `word`.
        var caseSensitive: Bool
        /// Whether a word inside a longer one counts.
        var wholeWords: Bool

        private enum CodingKeys: String, CodingKey {
            case words
            case caseSensitive = "case_sensitive"
            case wholeWords = "whole_words"
        }

        /// Reads the configuration; the two switches are off by default.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            words = try values.decode([String].self, forKey: .words)
            caseSensitive = try values.decodeIfPresent(Bool.self, forKey: .caseSensitive) ?? false
            wholeWords = try values.decodeIfPresent(Bool.self, forKey: .wholeWords) ?? false
        }
    }

    /// The name in the manifest.
    public static let name = "deny_filter"
    /// The version in the manifest.
    public static let version = "1.0.0"

    private let words: [String]
    private let patterns: PatternList

    /// Compiles the words.
    public init(configuration: Configuration, host: PluginHost) throws {
        words = configuration.words
        patterns = PatternList(
            try words.enumerated().map { index, word in
                guard !word.isEmpty else { throw ConfigurationProblem(at: "/words/\(index)", "a word is empty") }
                let literal = Pattern.escape(word)
                let expression = configuration.wholeWords ? #"(?<!\w)\#(literal)(?!\w)"# : literal
                return try Pattern(expression, options: configuration.caseSensitive ? [] : .caseInsensitive)
            }
        )
    }

    /// Looks for the words in all texts of the arguments.
    public func promptPreFetch(
        _ payload: PromptPreFetchPayload,
        _ context: HookContext
    ) throws -> PromptPreFetchResult {
        let scratch = MatchScratch()
        var found: [JSONValue] = []
        try payload.value(of: "args")?.forEachString { (text, path) throws(PatternError) in
            var next = 0
            while let index = try patterns.firstIndex(foundIn: text, from: next, using: scratch) {
                found.append("\(path.text) contains '\(words[index])'")
                next = index + 1
            }
        }
        guard !found.isEmpty else { return .proceed }
        return .deny(
            code: "deny",
            reason: "Prompt not allowed",
            description: "Denied words found in prompt",
            details: ["violations": .array(found)]
        )
    }
}
