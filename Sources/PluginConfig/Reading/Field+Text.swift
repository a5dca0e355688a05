import YAMLTree

extension Field {
    /// A text, possibly empty.
    func text() -> String? {
        guard let scalar else {
            error(expected: "text")
            return nil
        }
        guard let text = scalar.string else {
            error(expected: "text", hint: scalar.value == .null ? nil : "put it in quotes: \(scalar.text.quoted)")
            return nil
        }
        return text
    }

    /// A version: a text, or a number as it is written, because people leave out the quotes of `1.0`.
    func version() -> String? {
        switch scalar?.value {
        case .integer, .number: scalar?.text
        default: text()
        }
    }

    /// A name, path or symbol: a text that is not blank and has no control characters.
    ///
    /// It ends up in log lines and in C strings, where a line break or a zero would change the meaning.
    func name() -> Located<String>? {
        guard let text = text() else { return nil }
        let scalars = text.unicodeScalars
        if scalars.allSatisfy(\.properties.isWhitespace) {
            error("must not be empty")
        } else if scalars.contains(where: { $0.properties.generalCategory == .control }) {
            error("must not contain control characters, found \(scalar?.quotedText ?? "")")
        } else {
            return Located(text, at: position)
        }
        return nil
    }

    /// A list of names.
    func names(of what: String) -> [Located<String>] {
        let hint = scalar.map { "write it as a list: [\($0.isSecret ? "…" : $0.text.quoted)]" }
        return elements(of: what, hint: hint)?.compactMap { $0.name() } ?? []
    }

    /// A list of texts; one text alone counts as a list of one.
    func textOrTexts() -> [String] {
        if scalar != nil { return text().map { [$0] } ?? [] }
        return elements(of: "texts")?.compactMap { $0.text() } ?? []
    }
}
