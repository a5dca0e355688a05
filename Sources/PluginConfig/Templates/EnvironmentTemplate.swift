import YAMLTree

/// A text with places for environment variables: `https://{{ env.HOST | default('localhost') }}/`.
///
/// Only expressions that begin with `env` are ours; other braces are text, as of a prompt's template or a pattern.
struct EnvironmentTemplate {
    /// Why a text cannot be rendered.
    struct Failure: Error, Equatable {
        let message: String
        let hint: String
    }

    private enum Part {
        case text(String)
        case variable(EnvironmentReference)
    }

    private var parts: [Part] = []

    /// Reads a text.
    ///
    /// - Throws: That it has an expression that nobody here understands.
    init(_ text: String) throws(Failure) {
        var rest = text.unicodeScalars[...]
        var literal = ""
        while let next = rest.first {
            guard let expression = Self.expression(&rest) else {
                literal.unicodeScalars.append(next)
                rest.removeFirst()
                continue
            }
            guard let variable = expression.variable else { throw Failure(unsupported: expression.text) }
            parts += [.text(literal), .variable(variable)]
            literal = ""
        }
        parts.append(.text(literal))
    }

    /// Whether the text has any place for a variable.
    var hasVariables: Bool { parts.count > 1 }

    /// The text with the values in their places, as they are: they are not looked at again.
    ///
    /// - Throws: Which variables are missing.
    func rendered(_ environment: [String: String]) throws(Failure) -> String {
        var text = ""
        var missing: [EnvironmentReference] = []
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .variable(let variable):
                if let value = variable.value(in: environment) { text += value } else { missing.append(variable) }
            }
        }
        guard missing.isEmpty else { throw Failure(missing: missing) }
        return text
    }

    /// Takes an expression of ours, if one begins here; the variable is `nil` if it is not understood.
    private static func expression(
        _ rest: inout Substring.UnicodeScalarView
    ) -> (text: String, variable: EnvironmentReference?)? {
        var scanner = TemplateScanner(rest)
        guard scanner.take("{{") else { return nil }
        let isTrimmed = scanner.take("-") || scanner.take("+")
        scanner.skipSpaces()
        guard scanner.takeWord("env") else { return nil }
        let variable = isTrimmed ? nil : EnvironmentReference(&scanner)
        scanner.skipSpaces()
        if let variable, scanner.take("}}") {
            rest = scanner.rest
            return ("", variable)
        }
        return (TemplateScanner.upToEnd(of: rest), nil)
    }
}

extension EnvironmentTemplate.Failure {
    fileprivate init(unsupported text: String) {
        let isOpen = !text.hasSuffix("}}")
        message = isOpen ? "the template \(text.quoted) has no end" : "the template \(text.quoted) is not supported"
        hint =
            "write {{ env.NAME }} or {{ env['NAME'] }}, "
            + "or either with a default: {{ env.NAME | default('text') }}"
    }

    fileprivate init(missing: [EnvironmentReference]) {
        var seen: Set<String> = []
        let names = missing.map(\.name).filter { seen.insert($0).inserted }
        message =
            names.count == 1
            ? "the environment variable \(names.joined()) is not set"
            : "the environment variables \(names.joined(separator: ", ")) are not set"
        hint = "set \(names.count == 1 ? "it" : "them"), or write a default: \(missing.first?.withDefault ?? "")"
    }
}
