/// A single value: its text without quotes and escapes, and what it means.
package struct YAMLScalar: Sendable, Equatable {
    package enum Style: Sendable, Equatable {
        /// Written bare; the text decides the meaning.
        case plain
        /// Written in quotes or as a block (`|`, `>`); always a string unless tagged.
        case quoted
    }

    package enum Value: Sendable, Equatable {
        case null
        case boolean(Bool)
        case integer(Int64)
        /// A decimal, or an integer beyond 64 bits, as JSON number text: the digits stay as they were written.
        case number(String)
        /// A number that JSON cannot carry: `.inf`, `.nan`, or more than 64 bits in hexadecimal or octal.
        case unrepresentable
        case string(String)
    }

    /// Where the text comes from.
    package enum Origin: Sendable, Equatable {
        case file
        /// From an environment variable or a flag, wholly or in part.
        case outside(isSecret: Bool)
    }

    package let text: String
    package let style: Style
    package let value: Value
    package private(set) var origin = Origin.file

    /// A plain scalar, resolved by the core schema.
    package init(plain text: String) {
        self.init(text: text, style: .plain, value: CoreSchema.resolve(text))
    }

    /// A scalar in quotes.
    package init(quoted text: String) {
        self.init(text: text, style: .quoted, value: .string(text))
    }

    /// The scalar with a text from outside in its place; one in quotes stays a string.
    package func replaced(by text: String, isSecret: Bool) -> YAMLScalar {
        var scalar = style == .plain ? YAMLScalar(plain: text) : YAMLScalar(quoted: text)
        scalar.origin = .outside(isSecret: isSecret)
        return scalar
    }

    /// What the text means where it does not matter how it is written, as for a text from outside.
    package var plainValue: Value { CoreSchema.resolve(text) }

    init(text: String, style: Style, value: Value) {
        self.text = text
        self.style = style
        self.value = value
    }
}
