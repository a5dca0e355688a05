import PluginSDK
import PluginText

/// The rules that replace parts of a resource's texts.
struct ContentFilters: Sendable {
    private let rules: ReplacementRules

    /// Compiles the rules; one that is no valid expression is left out, with a warning that names its place.
    init(_ filters: [ResourceFilter.Configuration.ContentFilter], host: PluginHost) {
        var rules: [ReplacementRule] = []
        for (index, filter) in filters.enumerated() {
            do throws(PatternError) {
                rules.append(try filter.rule())
            } catch {
                host.warn(at: "/content_filters/\(index)", "filter \(index + 1) is skipped: \(error)")
            }
        }
        self.rules = ReplacementRules(rules)
    }

    /// The content with its texts after all rules, or `nil` if none found anything.
    func apply(to content: BlockValue) throws -> PayloadBlock? {
        let scratch = MatchScratch()
        return try content.rewritingStrings { text, path in
            ResourceText.isText(at: path) ? try rules.apply(to: text, using: scratch) : nil
        }
    }
}

extension ResourceFilter.Configuration.ContentFilter {
    fileprivate func rule() throws(PatternError) -> ReplacementRule {
        guard !pattern.isEmpty else {
            throw .syntax(pattern: pattern, message: "it is empty, and would match everywhere", offset: 0)
        }
        return try ReplacementRule(search: pattern, replace: replacement ?? "***", options: .caseInsensitive)
    }
}
