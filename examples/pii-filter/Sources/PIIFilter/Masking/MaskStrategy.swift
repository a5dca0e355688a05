/// What takes the place of personal data.
package enum MaskStrategy: String, Sendable, CaseIterable {
    /// The configured redaction text.
    case redact
    /// The first or last characters, in the form of the kind.
    case partial
    /// A part of a salted digest: equal data stay equal.
    case hash
    /// A random token.
    case tokenize
    /// Nothing.
    case remove
}
