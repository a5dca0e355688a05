/// Why a template cannot be used.
package struct TemplateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line in the author's text, from 1.
    package let line: Int

    /// The column in that line in Unicode scalars, from 1.
    package let column: Int

    /// What is wrong.
    package let message: String

    /// What to write instead.
    package let hint: String?

    /// Makes an error.
    package init(line: Int, column: Int, message: String, hint: String? = nil) {
        self.line = line
        self.column = column
        self.message = message
        self.hint = hint
    }

    /// All of it on one line.
    package var description: String {
        "line \(line), column \(column): \(message)" + (hint.map { "; \($0)" } ?? "")
    }
}
