import PluginText

/// Where one kind of personal data is written, and in which form.
struct RuleForm: Sendable {
    let type: PIIType
    /// The sites that are worth a search.
    let sites: Site.Traits
    /// What is searched; its first group, if it has one, is the identifier, and the rest is its label.
    let pattern: String
    /// Looks at an identifier and says which part of it is one, or none.
    let check: Check

    /// Gets the text and where the pattern has found an identifier.
    typealias Check = @Sendable (Span<UInt8>, Range<Int>) -> Range<Int>?

    init(
        _ type: PIIType,
        at sites: Site.Traits,
        _ pattern: String,
        check: @escaping Check = { _, range in range }
    ) {
        self.type = type
        self.sites = sites
        self.pattern = pattern
        self.check = check
    }
}

/// A rule that can be searched.
final class Rule: Sendable {
    let form: RuleForm
    let pattern: Pattern

    init(_ form: RuleForm) throws(PatternError) {
        self.form = form
        pattern = try Pattern(form.pattern, options: [.caseInsensitive, .asciiClasses])
    }
}
