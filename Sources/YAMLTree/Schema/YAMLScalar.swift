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

    package let text: String
    package let style: Style
    package let value: Value

    /// A plain scalar, resolved by the core schema.
    package init(plain text: String) {
        self.init(text: text, style: .plain, value: CoreSchema.resolve(text))
    }

    /// A scalar in quotes.
    package init(quoted text: String) {
        self.init(text: text, style: .quoted, value: .string(text))
    }

    init(text: String, style: Style, value: Value) {
        self.text = text
        self.style = style
        self.value = value
    }
}
