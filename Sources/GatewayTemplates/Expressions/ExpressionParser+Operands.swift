import PluginPayloads

extension ExpressionParser {
    /// A literal, a name, a list or an expression in parentheses.
    mutating func primary() throws(TemplateError) -> TemplateExpression {
        let token = current
        advance()
        switch token.kind {
        case .name(let name): return try named(name, at: token.offset)
        case .string(let text): return .literal(.text(strings(after: text)))
        case .number(let text): return try number(text, at: token.offset)
        case .sign("("): return try parenthesized(at: token.offset)
        case .sign("["): return .list(try list(until: "]"))
        case .sign("{"):
            throw error("maps in braces are not supported", at: token.offset, hint: "pass the map as an argument")
        case .sign("-"), .sign("+"):
            guard token.kind == .sign("-"), case .number(let text) = current.kind else {
                throw Refusal.arithmetic(token.kind == .sign("-") ? "-" : "+", at: token.offset, in: source)
            }
            advance()
            return try number("-" + text, at: token.offset)
        default:
            throw error("expected a value, found \(token.kind)", at: token.offset)
        }
    }

    /// Strings that follow one another are one.
    private mutating func strings(after first: String) -> String {
        var text = first
        while case .string(let more) = current.kind {
            text += more
            advance()
        }
        return text
    }

    func number(_ text: String, at offset: Int) throws(TemplateError) -> TemplateExpression {
        guard let block = try? PayloadBlock(json: text), let number = TemplateNumber(block.root) else {
            throw error("the number \(text) is not supported", at: offset)
        }
        return .literal(.number(number))
    }

    private mutating func parenthesized(at offset: Int) throws(TemplateError) -> TemplateExpression {
        try enter()
        defer { leave() }
        let inner = try expression()
        if current.kind == .sign(",") {
            throw error("tuples are not supported", at: offset, hint: "write a list in brackets")
        }
        try expect(")", after: "the expression in parentheses")
        return inner
    }

    private mutating func list(until end: String) throws(TemplateError) -> [TemplateExpression] {
        try enter()
        defer { leave() }
        var elements: [TemplateExpression] = []
        while !take(end) {
            elements.append(try expression())
            if take(end) { break }
            try expect(",", after: "the element of a list")
        }
        return elements
    }

    private mutating func named(_ name: String, at offset: Int) throws(TemplateError) -> TemplateExpression {
        switch name {
        case "true", "True": return .literal(.bool(true))
        case "false", "False": return .literal(.bool(false))
        case "none", "None": return .literal(.none)
        case "and", "or", "not", "in", "is", "if", "else":
            throw error("expected a value, found `\(name)`", at: offset)
        case "loop":
            guard let depth = scope.loopDepth else { return scope.expression(for: name) }
            return .loop(try loopField(), depth: depth)
        default:
            if current.kind == .sign("(") { throw Refusal.function(name, at: offset, in: source) }
            return scope.expression(for: name)
        }
    }

    private mutating func loopField() throws(TemplateError) -> LoopField {
        let hint = "supported: " + LoopField.allCases.map { "`loop.\($0.rawValue)`" }.joined(separator: ", ")
        guard take("."), case .name(let name) = current.kind else {
            throw error("`loop` is followed by a point and a name, found \(current.kind)", hint: hint)
        }
        guard let field = LoopField(rawValue: name) else {
            throw error("`loop.\(name)` is not supported", hint: hint)
        }
        advance()
        return field
    }
}
