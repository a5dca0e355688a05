package import YAMLTree

/// What came of reading a file.
package struct LoadedFile<Content: Sendable>: Sendable {
    /// What the file says; `nil` if there is any error.
    package let content: Content?
    /// All errors and warnings, in the order of the file.
    package let problems: [ConfigProblem]
    /// The text of the file, to show the lines of problems.
    package let source: SourceText

    /// All problems with their lines and hints, as a person reads them; empty if there are none.
    package var report: String {
        problems.map { $0.text(in: source) + "\n" }.joined()
    }
}
