package import YAMLTree

/// Something wrong with a configuration: what, where, and what to do about it.
package struct ConfigProblem: Error, Sendable, Equatable {
    package enum Severity: String, Sendable {
        case error
        case warning
    }

    package let severity: Severity
    /// The file, or what has overridden its value, such as `environment PORT`.
    package let file: String
    /// The place in the file; `nil` if the file itself is the problem, or the value is not the file's.
    package let position: SourcePosition?
    /// The place in the configuration, such as `plugins[2].priority`; empty for the whole.
    package let path: String
    package let message: String
    package let hint: String?

    package init(
        severity: Severity,
        file: String,
        position: SourcePosition?,
        path: String,
        message: String,
        hint: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.position = position
        self.path = path
        self.message = message
        self.hint = hint
    }

    package var line: Int? { position?.line }
    package var column: Int? { position?.column }
}

extension ConfigProblem: CustomStringConvertible {
    /// One line: `config.yaml:12:7: error: plugins[2].priority: expected an integer, found "fifty"`.
    package var description: String {
        let place = position.map { "\(file):\($0)" } ?? file
        return "\(place): \(severity.rawValue): " + (path.isEmpty ? "" : "\(path): ") + message
    }

    /// The description, the line of the file with a caret below the place, and the hint.
    package func text(in source: SourceText) -> String {
        var lines = [description]
        // A line with a secret is not for a log.
        if let excerpt = position.flatMap(source.excerpt), !excerpt.line.contains(AuthSettings.Key.jwtSecret.rawValue) {
            lines += [excerpt.line, excerpt.caret]
        }
        if let hint { lines.append("hint: \(hint)") }
        return lines.joined(separator: "\n")
    }
}
