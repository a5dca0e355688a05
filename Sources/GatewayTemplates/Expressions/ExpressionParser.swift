/// Reads expressions from the words and signs of one tag.
///
/// The order of operators is Jinja's: `or`, `and`, `not`, comparisons, filters and tests, members.
struct ExpressionParser {
    let source: TemplateSource
    private let tokens: [TagToken]
    private var position = 0
    private var depth = 0
    var scope: NameScope

    /// Parentheses, lists and the like within one another.
    static let maxDepth = 32

    /// Begins with the first token of a tag, whose end is the last one.
    init(_ tokens: [TagToken], in source: TemplateSource, scope: NameScope) {
        self.tokens = tokens
        self.source = source
        self.scope = scope
    }

    // MARK: Tokens

    var current: TagToken { tokens[position] }

    /// The next token; the end stays.
    mutating func advance() { if position + 1 < tokens.count { position += 1 } }

    mutating func take(_ sign: String) -> Bool { take(.sign(sign)) }

    mutating func take(word: String) -> Bool { take(.name(word)) }

    private mutating func take(_ kind: TagToken.Kind) -> Bool {
        guard current.kind == kind else { return false }
        advance()
        return true
    }

    /// Whether a name and a sign come next.
    func isName(before sign: String) -> Bool {
        guard case .name = current.kind, position + 1 < tokens.count else { return false }
        return tokens[position + 1].kind == .sign(sign)
    }

    func error(_ message: String, at offset: Int? = nil, hint: String? = nil) -> TemplateError {
        source.error(at: offset ?? current.offset, message, hint: hint)
    }

    mutating func expect(_ sign: String, after what: String) throws(TemplateError) {
        guard take(sign) else { throw error("expected `\(sign)` after \(what), found \(current.kind)") }
    }

    func expectEnd() throws(TemplateError) {
        guard current.kind != .end else { return }
        let isText = current.kind == .sign(":") || current.kind == .sign("}")
        let hint = isText ? "write `{% raw %}` before braces that are text" : nil
        throw error("expected the end of the tag, found \(current.kind)", hint: hint)
    }

    // MARK: Operators

    /// A whole expression.
    mutating func expression() throws(TemplateError) -> TemplateExpression {
        let value = try disjunction()
        guard take(word: "if") else { return value }
        let condition = try disjunction()
        guard take(word: "else") else {
            return .conditional(value, if: condition, else: .literal(.undefined))
        }
        try enter()
        defer { depth -= 1 }
        return .conditional(value, if: condition, else: try expression())
    }

    /// An expression without `if`, as `for` and `if` take it.
    mutating func disjunction() throws(TemplateError) -> TemplateExpression {
        var operands = [try conjunction()]
        while take(word: "or") { operands.append(try conjunction()) }
        return operands.count == 1 ? operands[0] : .any(operands)
    }

    private mutating func conjunction() throws(TemplateError) -> TemplateExpression {
        var operands = [try negation()]
        while take(word: "and") { operands.append(try negation()) }
        return operands.count == 1 ? operands[0] : .all(operands)
    }

    private mutating func negation() throws(TemplateError) -> TemplateExpression {
        guard take(word: "not") else { return try comparison() }
        try enter()
        defer { depth -= 1 }
        return .not(try negation())
    }

    private mutating func comparison() throws(TemplateError) -> TemplateExpression {
        let left = try operand()
        var comparisons: [TemplateExpression.Comparison] = []
        while let relation = try relation() {
            comparisons.append(TemplateExpression.Comparison(relation: relation, right: try operand()))
        }
        return comparisons.isEmpty ? left : .compare(left, comparisons)
    }

    private mutating func relation() throws(TemplateError) -> Relation? {
        switch current.kind {
        case .sign(let sign):
            if Refusal.arithmetic.contains(sign) { throw Refusal.arithmetic(sign, at: current.offset, in: source) }
            guard let relation = Relation(rawValue: sign) else { return nil }
            advance()
            return relation
        case .name("in"):
            advance()
            return .within
        case .name("not"):
            advance()
            guard take(word: "in") else { throw error("expected `in` after `not`, found \(current.kind)") }
            return .notWithin
        default: return nil
        }
    }

    private mutating func operand() throws(TemplateError) -> TemplateExpression {
        let operand = try primary()
        let steps = try steps(behind: operand)
        return steps.isEmpty ? operand : .chain(operand, steps)
    }

    mutating func enter() throws(TemplateError) {
        guard depth < Self.maxDepth else {
            throw error("this expression nests deeper than \(Self.maxDepth)", hint: "split it into several tags")
        }
        depth += 1
    }

    mutating func leave() { depth -= 1 }
}
