/// Reads the text of a signature from left to right and stops at the first error.
struct SignatureParser {
    private struct Token {
        let text: String
        let offset: Int
    }

    private let scalars: [Unicode.Scalar]
    private let allowsCall: Bool
    private var position = 0

    init(_ text: String, allowsCall: Bool) {
        self.scalars = Array(text.unicodeScalars)
        self.allowsCall = allowsCall
    }

    /// The whole text as one signature.
    mutating func parse() throws(SignatureError) -> FunctionSignature {
        let outcome = try parseOutcome()
        let parameters = try parseParameters()
        if let token = peekToken() {
            throw SignatureError("\"\(token.text)\" after the end of the signature", at: token.offset)
        }
        return FunctionSignature(outcome, parameters)
    }

    private mutating func parseOutcome() throws(SignatureError) -> FunctionSignature.Outcome {
        guard let token = takeWord() else {
            throw SignatureError("the result is missing", at: position, hint: SignatureHint.results)
        }
        switch token.text {
        case "void": return .void
        case "deny": return .deny
        case "replace":
            guard let path = takeWord() else {
                throw SignatureError(
                    "\"replace\" lacks the path of its field",
                    at: token.offset,
                    hint: "write \"replace PATH(...)\""
                )
            }
            return .replace(try fieldPath(path))
        default:
            throw SignatureError(
                "unknown result \"\(token.text)\"",
                at: token.offset,
                hint: SignatureHint.result(insteadOf: token.text)
            )
        }
    }

    private mutating func parseParameters() throws(SignatureError) -> [FunctionSignature.Parameter] {
        let open = peekToken()
        guard let open, take("(") else {
            let place = open.map { "before \"\($0.text)\"" } ?? "at the end"
            throw SignatureError("expected \"(\" \(place)", at: open?.offset ?? position)
        }
        guard !take(")") else { return [] }
        var parameters: [FunctionSignature.Parameter] = []
        repeat {
            guard let token = peekToken() else { break }
            guard let parameter = try parseParameter() else {
                throw SignatureError("expected a parameter before \"\(token.text)\"", at: token.offset)
            }
            guard parameter != .call || !parameters.contains(.call) else {
                throw SignatureError("a second \"call\"", at: token.offset)
            }
            guard parameters.count < FunctionSignature.maximumParameters else {
                throw SignatureError("more than \(FunctionSignature.maximumParameters) parameters", at: token.offset)
            }
            parameters.append(parameter)
        } while take(",")
        guard take(")") else {
            guard let token = peekToken() else { throw SignatureError("\"(\" is never closed", at: open.offset) }
            throw SignatureError("expected \",\" or \")\" before \"\(token.text)\"", at: token.offset)
        }
        return parameters
    }

    private mutating func parseParameter() throws(SignatureError) -> FunctionSignature.Parameter? {
        guard let token = takeWord(endingAfter: "?") else { return nil }
        let isOptional = token.text.hasSuffix("?")
        let name = isOptional ? String(token.text.dropLast()) : token.text
        guard name != "call" else {
            try checkCall(at: token.offset, isOptional: isOptional)
            return .call
        }
        guard let type = FunctionSignature.FieldType(rawValue: name) else {
            throw SignatureError(
                "unknown type \"\(token.text)\"",
                at: token.offset,
                hint: SignatureHint.type(insteadOf: name, allowsCall: allowsCall)
            )
        }
        guard let path = takeWord() else {
            throw SignatureError(
                "\"\(token.text)\" lacks the path of its field",
                at: token.offset,
                hint: "write \"\(token.text) PATH\""
            )
        }
        return .field(type, try fieldPath(path), isOptional: isOptional)
    }

    private func checkCall(at offset: Int, isOptional: Bool) throws(SignatureError) {
        guard allowsCall else {
            throw SignatureError(
                "\"call\" is for plugins only",
                at: offset,
                hint: "a function of an existing library takes fields of the payload"
            )
        }
        guard !isOptional else {
            throw SignatureError("\"call\" is never absent", at: offset, hint: "write \"call\"")
        }
    }

    private func fieldPath(_ token: Token) throws(SignatureError) -> FieldPath {
        if let path = FieldPath(dotted: token.text) { return path }
        let scalars = Array(token.text.unicodeScalars)
        let dot = scalars.indices.first { index in
            scalars[index] == "." && (index == 0 || index + 1 == scalars.count || scalars[index + 1] == ".")
        }
        throw SignatureError("a key is missing beside \".\" in \"\(token.text)\"", at: token.offset + (dot ?? 0))
    }
}

extension SignatureParser {
    private mutating func skipWhitespace() {
        while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
    }

    /// Takes the mark if it is next.
    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        skipWhitespace()
        guard position < scalars.count, scalars[position] == mark else { return false }
        position += 1
        return true
    }

    /// Takes what lies before the next whitespace or mark, or up to and with `last`; `nil` if there is nothing.
    private mutating func takeWord(endingAfter last: Unicode.Scalar? = nil) -> Token? {
        skipWhitespace()
        let start = position
        while position < scalars.count, !isMark(scalars[position]), !scalars[position].properties.isWhitespace {
            position += 1
            if scalars[position - 1] == last { break }
        }
        return position == start ? nil : token(from: start)
    }

    /// The word or mark that comes next; `nil` at the end.
    private mutating func peekToken() -> Token? {
        skipWhitespace()
        guard position < scalars.count else { return nil }
        let start = position
        defer { position = start }
        if let word = takeWord() { return word }
        position += 1
        return token(from: start)
    }

    private func token(from start: Int) -> Token {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<position])
        return Token(text: String(text), offset: start)
    }

    private func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "," || scalar == "(" || scalar == ")"
    }
}
