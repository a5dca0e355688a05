/// Why a harness could not be made, or a plugin did not start or stop.
public struct HarnessError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What happened.
    public let description: String
    /// What the plugin said about its configuration.
    public let problems: [RecordedProblem]

    init(_ description: String, problems: [RecordedProblem] = [], lines: [RecordedLine] = []) {
        self.description = ([description] + problems.map(\.description) + lines.map(\.message)).joined(separator: "\n")
        self.problems = problems
    }
}
