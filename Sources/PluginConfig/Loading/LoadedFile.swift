package import YAMLTree

/// What came of reading a file.
package struct LoadedFile<Content: Sendable>: Sendable {
    /// What the file says; `nil` if there is any error.
    package let content: Content?
    /// All errors and warnings, in the order of the file.
    package let problems: [ConfigProblem]
    /// The text of the file, to show the lines of problems.
    package let source: SourceText

    package init(content: Content?, problems: [ConfigProblem], source: SourceText) {
        self.content = content
        self.problems = problems
        self.source = source
    }

    /// The problems with their lines and hints, as a person reads them; empty if there are none.
    ///
    /// Nobody reads more than the first two hundred; of the others only the number is told.
    package var report: String {
        let shown = problems.prefix(200)
        let rest = problems.count - shown.count
        return shown.map { $0.text(in: source) + "\n" }.joined() + (rest > 0 ? "and \(rest) more problems\n" : "")
    }
}
