/// What a template says about one variable: `env.NAME`, `env['NAME']`, with `| default('text')` or without.
struct EnvironmentReference {
    let name: String
    /// What stands for a variable that is not set.
    private var fallback: String?
    /// Whether the default stands for an empty value too, as in `default('text', true)`.
    private var replacesEmpty = false

    /// Reads what follows the word `env`; `nil` if it is something else.
    init?(_ scanner: inout TemplateScanner) {
        guard let name = Self.name(&scanner) else { return nil }
        self.name = name
        scanner.skipSpaces()
        guard scanner.take("|") else { return }
        scanner.skipSpaces()
        guard scanner.takeWord("default") else { return nil }
        scanner.skipSpaces()
        guard scanner.take("(") else { return nil }
        scanner.skipSpaces()
        guard let fallback = scanner.takeString() ?? scanner.takeNumber() else { return nil }
        self.fallback = fallback
        scanner.skipSpaces()
        if scanner.take(",") {
            scanner.skipSpaces()
            replacesEmpty = scanner.takeWord("true") || scanner.takeWord("True")
            guard replacesEmpty || scanner.takeWord("false") || scanner.takeWord("False") else { return nil }
            scanner.skipSpaces()
        }
        guard scanner.take(")") else { return nil }
    }

    /// The value; `nil` if there is none.
    ///
    /// A variable that is set to nothing is set.
    func value(in environment: [String: String]) -> String? {
        guard let value = environment[name], !(value.isEmpty && replacesEmpty) else { return fallback }
        return value
    }

    /// The expression as it may be written instead.
    var withDefault: String {
        let isWord = name.unicodeScalars.allSatisfy(TemplateScanner.isWordPart)
        return "{{ env" + (isWord ? ".\(name)" : "['\(name)']") + " | default('text') }}"
    }

    private static func name(_ scanner: inout TemplateScanner) -> String? {
        if scanner.take(".") { return scanner.takeName() }
        guard scanner.take("[") else { return nil }
        scanner.skipSpaces()
        guard let name = scanner.takeString(), !name.isEmpty else { return nil }
        scanner.skipSpaces()
        return scanner.take("]") ? name : nil
    }
}
