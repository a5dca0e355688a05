import PluginText

/// What was found at one place of a text.
struct Finding: Sendable {
    var range: Range<Int>
    let kind: SecretKind
}

/// Finds secrets in texts.
struct Detector: Sendable {
    private let rules: [Rule]
    /// Which of the rules are worth a search.
    private let markers: MarkerSearch
    private let labelledValue: LabelledValue
    private let customPatterns: [CustomPattern]
    private let allowList: PatternList
    /// What an earlier run has put in.
    private let redaction: Pattern

    init(_ configuration: SecretsDetectorConfiguration) throws(PatternError) {
        rules = try BuiltInRules.forms.filter { configuration.kinds.contains($0.kind) }
            .map { form throws(PatternError) in try Rule(form) }
        markers = MarkerSearch(rules.map(\.markers))
        labelledValue = LabelledValue(minEntropy: configuration.minEntropy)
        customPatterns = configuration.customPatterns
        allowList = PatternList(configuration.allowList)
        redaction = try Pattern(Pattern.escape(configuration.redactionText))
    }

    /// The secrets of a text, from left to right.
    func findings(
        in text: UTF8Span,
        at path: borrowing StringPath,
        using scratch: borrowing MatchScratch
    ) throws -> [Finding] {
        var candidates: [Finding] = []
        let sets = markers.sets(foundIn: text.span)
        for (index, rule) in rules.enumerated() {
            if sets & 1 << index != 0 { try search(rule, in: text, &candidates, scratch) }
            if let entry = rule.entry, let match = try entry.value.firstMatch(in: text, using: scratch),
                try entry.key.isMatch(in: path.text.utf8Span, using: scratch)
            {
                add(match, of: rule.kind, to: &candidates)
            }
        }
        for custom in customPatterns {
            for match in try custom.pattern.matches(in: text, using: scratch) {
                add(match, of: custom.kind, to: &candidates)
            }
        }
        if candidates.isEmpty { return [] }
        let redactions = Redactions(try redaction.matches(in: text, using: scratch).map(\.range))
        let secrets = try candidates.compactMap { candidate -> Finding? in
            guard let finding = secret(candidate, in: text, redactions) else { return nil }
            return try isAllowed(finding.range, in: text, scratch) ? nil : finding
        }
        return Self.merged(secrets)
    }

    private func search(
        _ rule: Rule,
        in text: UTF8Span,
        _ candidates: inout [Finding],
        _ scratch: borrowing MatchScratch
    ) throws(PatternError) {
        for match in try rule.pattern.matches(in: text, using: scratch) {
            add(match, of: rule.kind, to: &candidates)
        }
    }

    private func add(_ match: Match, of kind: SecretKind, to candidates: inout [Finding]) {
        let range = match.groups.first.flatMap { $0 } ?? match.range
        candidates.append(Finding(range: range, kind: kind))
    }

    /// The part of a candidate that is a secret; `nil` if there is none when the redactions are taken away.
    private func secret(_ candidate: Finding, in text: UTF8Span, _ redactions: Redactions) -> Finding? {
        let remainder = redactions.remainder(of: candidate.range)
        guard let last = remainder.last else { return nil }
        guard candidate.kind == .labelledSecret else { return candidate }
        let bytes = remainder.joined().map { text.span[$0] }
        let value = LabelledValue.trimmed(bytes[...])
        guard labelledValue.isSecret(value) else { return nil }
        var finding = candidate
        if last.upperBound == candidate.range.upperBound {
            // No further than what is left behind the last redaction.
            let end = max(last.lowerBound, last.upperBound - (bytes.count - value.count))
            finding.range = candidate.range.lowerBound..<end
        }
        return finding
    }

    private func isAllowed(
        _ range: Range<Int>,
        in text: UTF8Span,
        _ scratch: borrowing MatchScratch
    ) throws(PatternError) -> Bool {
        // The bytes of a match are whole characters.
        guard !allowList.patterns.isEmpty, let found = try? UTF8Span(validating: text.span.extracting(range)) else {
            return false
        }
        return try allowList.firstIndex(foundIn: found, using: scratch) != nil
    }

    /// Findings that overlap become one, of the kind of the first: what would be left of a secret is still a part of it.
    private static func merged(_ findings: [Finding]) -> [Finding] {
        let ordered = findings.sorted { left, right in
            (left.range.lowerBound, right.range.upperBound) < (right.range.lowerBound, left.range.upperBound)
        }
        return ordered.reduce(into: []) { merged, finding in
            if let last = merged.indices.last, finding.range.lowerBound < merged[last].range.upperBound {
                let end = max(merged[last].range.upperBound, finding.range.upperBound)
                merged[last].range = merged[last].range.lowerBound..<end
            } else {
                merged.append(finding)
            }
        }
    }
}
