import Stencil

extension TemplateCompiler {
    func text(_ piece: TemplatePiece) -> any NodeType {
        guard case .text(let text) = piece.content else { return PlainText(text: "", line: piece.line) }
        return PlainText(text: text, line: piece.line)
    }

    func output(_ piece: TemplatePiece) throws(TemplateError) -> any NodeType {
        let expression = try read(piece) { parser throws(TemplateError) in try parser.expression() }
        return Output(expression: expression, line: piece.line)
    }

    /// `if`, any number of `elif`, perhaps `else`, and `endif`.
    func condition(_ parser: TokenParser, _ piece: TemplatePiece) throws -> any NodeType {
        try nested(piece) {
            var branches: [Condition.Branch] = []
            var head = piece
            while head.name != "endif" {
                let isLast = head.name == "else"
                let condition = try read(head) { parser throws(TemplateError) in
                    isLast ? nil : try parser.disjunction()
                }
                let (nodes, next) = try body(of: piece, until: isLast ? ["endif"] : ["elif", "else", "endif"], parser)
                branches.append(Condition.Branch(condition: condition, line: head.line, body: nodes))
                head = next
            }
            try read(head) { _ throws(TemplateError) in }
            return Condition(branches: branches)
        }
    }

    /// `for`, perhaps `else`, and `endfor`.
    func loop(_ parser: TokenParser, _ piece: TemplatePiece) throws -> any NodeType {
        try nested(piece) {
            let (names, iterable) = try read(piece) { parser throws(TemplateError) in try parser.loopHead() }
            scope.enterLoop(binding: names)
            let firstSlot = scope.firstSlot
            var (nodes, end) = try body(of: piece, until: ["else", "endfor"], parser)
            scope.leaveLoop()
            var emptyNodes: [any NodeType] = []
            if end.name == "else" {
                try read(end) { _ throws(TemplateError) in }
                (emptyNodes, end) = try body(of: piece, until: ["endfor"], parser)
            }
            try read(end) { _ throws(TemplateError) in }
            return Loop(
                names: names,
                firstSlot: firstSlot,
                iterable: iterable,
                line: piece.line,
                body: nodes,
                emptyBody: emptyNodes
            )
        }
    }
}

extension ExpressionParser {
    /// What follows `for`: `name, name in expression`.
    fileprivate mutating func loopHead() throws(TemplateError) -> (names: [String], iterable: TemplateExpression) {
        var names: [String] = []
        repeat {
            guard case .name(let name) = current.kind, !Self.reserved.contains(name) else {
                throw error("expected a name for the elements, found \(current.kind)", hint: Self.loopHint)
            }
            guard !names.contains(name) else { throw error("the name `\(name)` is given twice") }
            names.append(name)
            advance()
        } while take(",")
        guard take(word: "in") else {
            throw error("expected `in` after the names, found \(current.kind)", hint: Self.loopHint)
        }
        let iterable = try disjunction()
        if current.kind == .name("if") {
            throw error("`if` inside `for` is not supported", hint: "put an `{% if … %}` into the loop")
        }
        if current.kind == .name("recursive") { throw error("`recursive` is not supported") }
        return (names, iterable)
    }

    private static let loopHint = "write for example `{% for name in names %}`"

    private static let reserved: Set = [
        "loop", "true", "false", "none", "True", "False", "None", "and", "or", "not", "in", "is", "if", "else",
    ]
}
