/// Turns a row of failures into two lines of a log: one when it begins, and one when it is over.
package struct LossReport {
    private var lost = 0
    /// What is wrong at the moment.
    package private(set) var current: LogFileError?

    package init() {}

    /// Notes what became of a line.
    ///
    /// - Parameters:
    ///   - problem: What is wrong; `nil` if all is well.
    ///   - isLost: Whether the line was not written at all.
    /// - Returns: What the log says, if this is news.
    package mutating func note(_ problem: LogFileError?, isLost: Bool) -> String? {
        if isLost { lost += 1 }
        guard problem != current else { return nil }
        current = problem
        if let problem {
            return "\(problem); until then lines \(isLost ? "are lost" : "go to the file that was renamed")"
        }
        defer { lost = 0 }
        return "the file is written to again; lines that were lost: \(lost)"
    }
}
