import PluginText

/// A rule that can be searched.
struct Rule: Sendable {
    let kind: SecretKind
    let markers: [String]
    let pattern: Pattern
    /// For a rule with a label: what a whole text is, and how the key of its entry ends.
    let entry: (value: Pattern, key: Pattern)?

    init(_ form: RuleForm) throws(PatternError) {
        kind = form.kind
        markers = form.markers
        pattern = try Pattern(form.pattern, options: .asciiClasses)
        if let label = form.label {
            entry = (
                value: try Pattern(RuleForm.wholeText(form.secret), options: .asciiClasses),
                key: try Pattern(#"\#(label)\z"#, options: .asciiClasses)
            )
        } else {
            entry = nil
        }
    }
}
