import YAMLTree

/// Rule: `{{ env… }}` is not replaced in this version, so a value that has it cannot mean what it says.
enum EnvironmentTemplates {
    static let message = "environment templating is not supported yet"
    static let hint = "write the value itself"

    static func contains(_ text: some StringProtocol) -> Bool {
        text.contains("{{ env") || text.contains("{{env")
    }

    /// Reports every scalar value at and below a field.
    static func check(_ field: Field) {
        switch field.node.content {
        case .scalar(let scalar):
            if contains(scalar.text) { field.error(message, hint: hint) }
        case .sequence(let nodes):
            for (index, node) in nodes.enumerated() {
                check(Field(node: node, path: field.path.element(index), log: field.log))
            }
        case .mapping(let entries):
            for entry in entries {
                check(Field(node: entry.value, path: field.path.key(entry.key), log: field.log))
            }
        }
    }

    /// Reports an error of the YAML reader; a template without quotes may be what confused it, as its braces begin a
    /// mapping.
    static func report(_ error: YAMLError, in source: SourceText, _ log: ProblemLog) {
        var isOnLine: Bool { source.excerpt(at: error.position).map { contains($0.line) } ?? false }
        switch error.code {
        case .collectionAsKey where isOnLine: log.error(message, at: error.position, hint: hint)
        case .syntax where isOnLine: log.error(error.message, at: error.position, hint: message)
        default: log.error(error.message, at: error.position, hint: error.hint)
        }
    }
}
