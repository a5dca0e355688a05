import PluginConfig
import YAMLTree

/// Something wrong with a configuration or a plugin: what, where, and what to do about it.
public struct RuntimeProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whether it keeps the configuration from being used; otherwise it is a warning.
    public let isError: Bool
    /// The file, or what has overridden its value, such as `environment PORT`.
    public let file: String
    /// The line in the file, from 1; `nil` if the file itself is the problem, or the value is not the file's.
    public let line: Int?
    /// The column in the line, in characters from 1.
    public let column: Int?
    /// The place in the configuration, such as `plugins[2].priority`; empty for the whole.
    public let path: String
    /// What is wrong.
    public let message: String
    /// What to do about it.
    public let hint: String?
    /// All of it as a person reads it, with the line of the file.
    public let text: String

    /// One line: `config.yaml:12:7: error: plugins[2].priority: expected an integer, found "fifty"`.
    public let description: String

    init(_ problem: ConfigProblem, in source: SourceText) {
        isError = problem.severity == .error
        file = problem.file
        line = problem.line
        column = problem.column
        path = problem.path
        message = problem.message
        hint = problem.hint
        text = problem.text(in: source)
        description = problem.description
    }
}

/// Why a runtime did not start, or a reload was rejected: all that is wrong, not only the first.
public struct RuntimeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong; warnings are among them.
    public let problems: [RuntimeProblem]

    /// All problems as a person reads them.
    public var description: String { problems.map(\.text).joined(separator: "\n") }
}
