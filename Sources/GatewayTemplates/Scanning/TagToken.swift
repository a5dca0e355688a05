/// A word or a sign inside a tag.
struct TagToken: Sendable {
    enum Kind: Sendable, Equatable {
        case name(String)
        case string(String)
        /// A number by its text, which is that of a JSON number.
        case number(String)
        case sign(String)
        /// The end of the tag.
        case end
    }

    let kind: Kind

    /// Where it begins in the template.
    let offset: Int
}

extension TagToken.Kind: CustomStringConvertible {
    /// What a message calls it.
    var description: String {
        switch self {
        case .name(let text), .number(let text), .sign(let text): "`\(text)`"
        case .string: "a string"
        case .end: "the end of the tag"
        }
    }
}
