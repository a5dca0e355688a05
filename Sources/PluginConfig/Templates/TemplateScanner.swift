/// Takes the words of a template from the beginning of a text.
struct TemplateScanner {
    private(set) var rest: Substring.UnicodeScalarView

    init(_ rest: Substring.UnicodeScalarView) { self.rest = rest }

    mutating func skipSpaces() {
        rest = rest.drop(while: \.properties.isWhitespace)
    }

    /// Takes a text, if it is next.
    mutating func take(_ text: String) -> Bool {
        guard rest.starts(with: text.unicodeScalars) else { return false }
        rest = rest.dropFirst(text.unicodeScalars.count)
        return true
    }

    /// Takes a word, if it is next and ends there.
    mutating func takeWord(_ word: String) -> Bool {
        var after = self
        guard after.take(word), after.rest.first.map(Self.isWordPart) != true else { return false }
        self = after
        return true
    }

    /// Takes a name: letters, digits and underscores, no digit first.
    mutating func takeName() -> String? {
        let name = rest.prefix(while: Self.isWordPart)
        guard let first = name.first, !("0"..."9").contains(first) else { return nil }
        rest = rest.dropFirst(name.count)
        return String(String.UnicodeScalarView(name))
    }

    /// Takes a text in quotes of either kind; a backslash takes the meaning from a quote or backslash behind it.
    mutating func takeString() -> String? {
        guard let quote = rest.first, quote == "'" || quote == "\"" else { return nil }
        var text = String.UnicodeScalarView()
        var isEscaped = false
        for (offset, scalar) in rest.dropFirst().enumerated() {
            if isEscaped {
                if scalar != quote && scalar != "\\" { text.append("\\") }
                text.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == quote {
                rest = rest.dropFirst(offset + 2)
                return String(text)
            } else {
                text.append(scalar)
            }
        }
        return nil
    }

    /// Takes a number as it is written.
    mutating func takeNumber() -> String? {
        let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." || $0 == "-" }
        guard number.contains(where: { ("0"..."9").contains($0) }) else { return nil }
        rest = rest.dropFirst(number.count)
        return String(String.UnicodeScalarView(number))
    }

    static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: false
        }
    }

    /// The text up to the next `}}`, or all of it.
    static func upToEnd(of rest: Substring.UnicodeScalarView) -> String {
        var text = String.UnicodeScalarView()
        for scalar in rest {
            text.append(scalar)
            if scalar == "}", text.dropLast().last == "}" { break }
        }
        return String(text)
    }
}
