/// What came of a call of a bound function.
package enum BoundResult: Sendable, Hashable {
    /// The function has nothing to say, and the chain goes on.
    case `continue`
    /// The request is refused.
    case deny(code: String, reason: String)
    /// A field gets another text.
    case replace(FieldReplacement)
    /// The function could not be called, or its answer is no answer: an error of the plugin.
    case failure(String)
}

extension BoundResult {
    /// The code of a denial that names none.
    static let defaultCode = "DENIED"

    /// Splits `CODE: reason` at the first colon that a space follows, or else at the first colon.
    static func denial(_ text: String) -> BoundResult {
        let colons = text.utf8.indices.filter { text.utf8[$0] == UInt8(ascii: ":") }
        let spaced = colons.first { text.utf8[text.utf8.index(after: $0)...].first == UInt8(ascii: " ") }
        guard let colon = spaced ?? colons.first else { return .deny(code: defaultCode, reason: text) }
        let code = text[..<colon]
        let reason = text.utf8[text.utf8.index(after: colon)...].drop { $0 == UInt8(ascii: " ") }
        return .deny(code: code.isEmpty ? defaultCode : String(code), reason: String(Substring(reason)))
    }
}
