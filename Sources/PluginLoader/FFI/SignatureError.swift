/// What is wrong with the text of a signature.
package struct SignatureError: Error, Hashable, CustomStringConvertible {
    /// What is wrong.
    package let message: String

    /// Where the offending token starts, in Unicode scalars from the start of the signature; the first is 0.
    package let offset: Int

    /// How to mend it, if that is more than the message says.
    package let hint: String?

    /// Makes an error.
    package init(_ message: String, at offset: Int, hint: String? = nil) {
        self.message = message
        self.offset = offset
        self.hint = hint
    }

    /// One line with message, place and hint.
    package var description: String {
        "signature: \(message), at offset \(offset)" + (hint.map { "; \($0)" } ?? "")
    }
}
