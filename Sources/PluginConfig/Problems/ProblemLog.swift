import YAMLTree

/// Collects the problems of one file while it is read.
final class ProblemLog {
    let file: String
    private var problems: [ConfigProblem] = []
    private var places: Set<Place> = []
    private var sources: [ConfigPath: SettingSource] = [:]

    private struct Place: Hashable {
        let position: SourcePosition?
        let path: ConfigPath
    }

    init(file: String) { self.file = file }

    var hasErrors: Bool { problems.contains { $0.severity == .error } }

    /// All problems in the order of the file.
    var sorted: [ConfigProblem] {
        problems.enumerated()
            .sorted { ($0.element.position ?? .start, $0.offset) < ($1.element.position ?? .start, $1.offset) }
            .map(\.element)
    }

    /// Says that a value does not come from the file.
    func setSource(_ source: SettingSource, of path: ConfigPath) { sources[path] = source }

    /// What gives a value instead of the file; `nil` for the file's values.
    func source(of path: ConfigPath) -> SettingSource? { sources[path] }

    /// Adds an error, unless one was reported for this very value: the first is the cause.
    func error(_ message: String, at position: SourcePosition?, path: ConfigPath = ConfigPath(), hint: String? = nil) {
        guard path == ConfigPath() || places.insert(Place(position: position, path: path)).inserted else { return }
        add(.error, message, at: position, path: path, hint: hint)
    }

    func warning(_ message: String, at position: SourcePosition?, path: ConfigPath, hint: String? = nil) {
        add(.warning, message, at: position, path: path, hint: hint)
    }

    private func add(
        _ severity: ConfigProblem.Severity,
        _ message: String,
        at position: SourcePosition?,
        path: ConfigPath,
        hint: String?
    ) {
        let source = sources[path]
        problems.append(
            ConfigProblem(
                severity: severity,
                file: source?.description ?? file,
                position: source == nil ? position : nil,
                path: path.description,
                message: message,
                hint: hint
            )
        )
    }
}
