import YAMLTree

/// Rule: a template stands in quotes; without them its braces begin a mapping, and YAML cannot read it.
enum UnquotedTemplates {
    private static let message = "a template has to stand in quotes: bare, its braces begin a mapping"

    /// Reports an error of the YAML reader; a template without quotes on its line is what confused it.
    static func report(_ error: YAMLError, in source: SourceText, _ log: ProblemLog) {
        let template = source.line(error.position.line).flatMap(unquoted)
        switch (error.code, template) {
        case (.collectionAsKey, let template?), (.syntax, let template?):
            log.error(message, at: error.position, hint: "put the whole value in quotes, such as \"\(template)\"")
        case (.limit, _):
            let hint = error.hint ?? "HOOKGATE_YAML_MAX_BYTES, _DEPTH, _VALUES and _TEXT_BYTES set the reader's limits"
            log.error(error.message, at: error.position, hint: hint)
        default:
            log.error(error.message, at: error.position, hint: error.hint)
        }
    }

    /// The first template on a line that has no quotes before it.
    private static func unquoted(_ line: String) -> String? {
        var rest = line.unicodeScalars[...]
        while let scalar = rest.first, scalar != "'", scalar != "\"", scalar != "#" {
            var scanner = TemplateScanner(rest)
            if scanner.take("{{") {
                scanner.skipSpaces()
                if scanner.takeWord("env") { return TemplateScanner.upToEnd(of: rest).replacingDoubleQuotes }
            }
            rest.removeFirst()
        }
        return nil
    }
}

extension String {
    /// The text as it may stand in double quotes.
    fileprivate var replacingDoubleQuotes: String { String(map { $0 == "\"" ? "'" : $0 }) }
}
