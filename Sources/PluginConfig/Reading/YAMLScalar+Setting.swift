import YAMLTree

extension YAMLScalar {
    /// What the value means as a setting: a text from outside is read as if it were written bare.
    var setting: Value { isFromOutside ? plainValue : value }

    /// The text, if text is meant; a text from outside always may be.
    var string: String? {
        if isFromOutside { return text }
        if case .string(let text) = value { return text }
        return nil
    }

    var isFromOutside: Bool { origin != .file }

    /// Whether nobody may see the value.
    var isSecret: Bool { origin == .outside(isSecret: true) }

    /// The text of a number or word for a message; a number may have a million digits.
    var shortText: String {
        let longest = 40
        if isSecret { return Self.concealed }
        return text.count > longest ? text.prefix(longest) + "…" : text
    }

    /// The text in quotes for a message.
    var quotedText: String { isSecret ? Self.concealed : text.quoted }

    private static let concealed = "a value that is not shown"

    /// Whether a number was put in quotes.
    var looksLikeNumber: Bool {
        guard style == .quoted, !isFromOutside, !text.isEmpty else { return false }
        switch plainValue {
        case .integer, .number: return true
        case .null, .boolean, .unrepresentable, .string: return false
        }
    }
}
