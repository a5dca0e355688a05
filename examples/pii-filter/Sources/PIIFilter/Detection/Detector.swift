package import PluginText

/// What was found at one place of a text.
package struct Finding: Sendable, Hashable {
    package let type: PIIType
    package let strategy: MaskStrategy

    package init(type: PIIType, strategy: MaskStrategy) {
        self.type = type
        self.strategy = strategy
    }
}

/// Finds personal data in texts.
///
/// All findings are collected before any is masked, so that those of several kinds cannot cut into each other.
package struct Detector: Sendable {
    private let rules: [Rule]
    /// The sites of each of them, and of all together.
    private let sites: [Site.Traits]
    private let allSites: Site.Traits
    private let strategy: MaskStrategy
    private let customPatterns: [CustomPattern]
    private let whitelist: PatternList
    private let masks: OwnMasks

    /// Compiles the rules.
    package init(_ configuration: PIIFilterConfiguration) throws(PatternError) {
        rules = try BuiltInRules.rules(for: configuration.types)
        sites = rules.map(\.form.sites)
        allSites = Site.Traits(sites)
        strategy = configuration.strategy
        customPatterns = configuration.customPatterns
        whitelist = PatternList(configuration.whitelist)
        masks = try OwnMasks(redactionText: configuration.redactionText)
    }

    /// Finds everything in a text.
    package func findings(
        in text: UTF8Span,
        using scratch: borrowing MatchScratch
    ) throws(PatternError) -> TextSpans<Finding> {
        var spans = TextSpans<Finding>()
        try search(Site(range: 0..<text.count, traits: .text), in: text, &spans, scratch)
        try SiteScan.forEachSite(in: text.span) { site throws(PatternError) in
            try search(site, in: text, &spans, scratch)
        }
        try searchCustomPatterns(in: text, &spans, scratch)
        return spans
    }

    /// Finds in a site what the rules for its traits find.
    package func search(
        _ site: Site,
        in text: UTF8Span,
        _ spans: inout TextSpans<Finding>,
        _ scratch: borrowing MatchScratch
    ) throws(PatternError) {
        guard !allSites.isDisjoint(with: site.traits) else { return }
        for index in sites.indices where !sites[index].isDisjoint(with: site.traits) {
            try search(rules[index], in: site.range, of: text, &spans, scratch)
        }
    }

    private func search(
        _ rule: Rule,
        in range: Range<Int>,
        of text: UTF8Span,
        _ spans: inout TextSpans<Finding>,
        _ scratch: borrowing MatchScratch
    ) throws(PatternError) {
        var start = range.lowerBound
        while start < range.upperBound,
            let match = try rule.pattern.firstMatch(in: text, within: start..<range.upperBound, using: scratch)
        {
            // The next one may overlap: it counts if another kind of data takes this one's place.
            start = match.range.lowerBound + 1
            let identifier = match.groups.first.flatMap { $0 } ?? match.range
            guard let found = rule.form.check(text.span, identifier) else { continue }
            if try isPermitted(found, labelledAt: match.range, in: text, scratch) {
                start = found.upperBound
            } else {
                spans.add(found, tag: Finding(type: rule.form.type, strategy: strategy))
            }
        }
    }

    /// Finds what the operator's own patterns find.
    package func searchCustomPatterns(
        in text: UTF8Span,
        _ spans: inout TextSpans<Finding>,
        _ scratch: borrowing MatchScratch
    ) throws(PatternError) {
        for custom in customPatterns {
            let finding = Finding(type: custom.type, strategy: custom.strategy ?? strategy)
            for match in try custom.pattern.matches(in: text, using: scratch) {
                if try masks.contain(match.range, of: text, mayBePartial: true, using: scratch) { continue }
                if try isWhitelisted(match.range, in: text, scratch) { continue }
                spans.add(match.range, tag: finding)
            }
        }
    }

    /// Whether what a rule has found is a mask already, or the operator lets it pass.
    private func isPermitted(
        _ range: Range<Int>,
        labelledAt whole: Range<Int>,
        in text: UTF8Span,
        _ scratch: borrowing MatchScratch
    ) throws(PatternError) -> Bool {
        if try masks.contain(range, of: text, mayBePartial: false, using: scratch) { return true }
        if try isWhitelisted(range, in: text, scratch) { return true }
        return try isWhitelisted(whole, in: text, scratch)
    }

    private func isWhitelisted(
        _ range: Range<Int>,
        in text: UTF8Span,
        _ scratch: borrowing MatchScratch
    ) throws(PatternError) -> Bool {
        // The bytes of a match are whole characters.
        guard !whitelist.patterns.isEmpty, let found = try? UTF8Span(validating: text.span.extracting(range)) else {
            return false
        }
        return try whitelist.firstIndex(foundIn: found, using: scratch) != nil
    }
}
