public import PluginSDK
import PluginText

/// Searches and replaces in the texts of prompts, tool arguments and tool results.
public struct RegexFilter: Plugin, Sendable {
    /// What is replaced by what.
    public struct Configuration: Decodable, Sendable {
        struct Rule: Decodable {
            var search: String
            var replace: String
        }

        var words: [Rule]
    }

    /// The name in the manifest.
    public static let name = "regex_filter"
    /// The version in the manifest.
    public static let version = "1.0.0"

    private let rules: ReplacementRules

    /// Compiles the rules.
    ///
    /// One that is no valid expression is left out, with a warning that names its place.
    public init(configuration: Configuration, host: PluginHost) {
        var rules: [ReplacementRule] = []
        for (index, rule) in configuration.words.enumerated() {
            do throws(PatternError) {
                rules.append(try ReplacementRule(search: rule.search, replace: rule.replace))
            } catch {
                host.warn(at: "/words/\(index)", "rule \(index + 1) is skipped: \(error)")
            }
        }
        self.rules = ReplacementRules(rules)
    }

    /// Registers the four hooks.
    public func register(on hooks: HookRegistrar) {
        hooks.on(.promptPreFetch) { payload, _ in try rewrite("args", of: payload) }
        hooks.on(.promptPostFetch) { payload, _ in try rewriteMessages(of: payload) }
        hooks.on(.toolPreInvoke) { payload, _ in try rewrite("args", of: payload) }
        hooks.on(.toolPostInvoke) { payload, _ in try rewrite("result", of: payload) }
    }

    /// Rewrites all texts of a field, however deep.
    private func rewrite<Payload: StandardPayload & HookReply>(
        _ field: String,
        of payload: Payload
    ) throws -> HookResult<Payload> {
        let scratch = MatchScratch()
        let changed = try payload.value(of: field)?.rewritingStrings { text, _ in
            try rules.apply(to: text, using: scratch)
        }
        guard let changed else { return .proceed }
        var payload = payload
        payload.setValue(changed.root, of: field)
        return .modified(payload)
    }

    /// Rewrites the texts of a prompt's messages: not their roles, nor the types of their parts.
    private func rewriteMessages(of payload: PromptPostFetchPayload) throws -> PromptPostFetchResult {
        let scratch = MatchScratch()
        let changed = try payload.value(of: "result")?.rewritingStrings { text, path in
            guard let replaced = try rules.apply(to: text, using: scratch) else { return nil }
            return Self.isMessageText(path.text) ? replaced : nil
        }
        guard let changed else { return .proceed }
        var payload = payload
        payload.setValue(changed.root, of: "result")
        return .modified(payload)
    }

    private static func isMessageText(_ path: String) -> Bool {
        path.hasPrefix("messages[") && (path.hasSuffix("].content") || path.hasSuffix(".text"))
    }
}
