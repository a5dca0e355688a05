extension ExpressionParser {
    typealias Step = TemplateExpression.Step

    /// The members, elements, filters and tests that follow an operand.
    mutating func steps(behind operand: TemplateExpression) throws(TemplateError) -> [Step] {
        var steps: [Step] = []
        while let step = try place() { steps.append(step) }
        while let step = try filterOrTest() { steps.append(step) }
        return steps
    }

    /// A member behind a point, or an element in brackets.
    private mutating func place() throws(TemplateError) -> Step? {
        if take(".") { return try member() }
        if current.kind == .sign("(") {
            throw error("calls are not supported", hint: "use a filter, for example `{{ name | upper }}`")
        }
        guard take("[") else { return nil }
        if current.kind == .sign(":") { throw Refusal.slice(at: current.offset, in: source) }
        try enter()
        defer { leave() }
        let index = try expression()
        if current.kind == .sign(":") { throw Refusal.slice(at: current.offset, in: source) }
        try expect("]", after: "the index")
        return .element(index)
    }

    private mutating func member() throws(TemplateError) -> Step {
        let token = current
        advance()
        switch token.kind {
        case .number(let index): return .element(try number(index, at: token.offset))
        case .name(let name):
            guard take("(") else { return .member(name) }
            guard name == "items", take(")") else { throw Refusal.method(name, at: token.offset, in: source) }
            return .items
        default: throw error("expected a name after `.`, found \(token.kind)", at: token.offset)
        }
    }

    private mutating func filterOrTest() throws(TemplateError) -> Step? {
        if take("|") { return try filter() }
        if take(word: "is") { return try test() }
        if current.kind == .sign(".") || current.kind == .sign("[") {
            throw error(
                "\(current.kind) cannot follow a filter or a test",
                hint: "write parentheses, for example `(names | first).length`"
            )
        }
        return nil
    }

    private mutating func test() throws(TemplateError) -> Step {
        let isNegated = take(word: "not")
        guard case .name(let name) = current.kind else {
            throw error("expected a test after `is`, found \(current.kind)")
        }
        guard let test = ValueTest(rawValue: name == "None" ? "none" : name) else {
            let hint = "supported: `is defined`, `is undefined`, `is none`, each also with `not`; compare by `==`"
            throw error("the test \(current.kind) is not supported", hint: hint)
        }
        advance()
        return .test(test, isNegated: isNegated)
    }

    private mutating func filter() throws(TemplateError) -> Step {
        let offset = current.offset
        guard case .name(let name) = current.kind else {
            throw error("expected the name of a filter after `|`, found \(current.kind)")
        }
        advance()
        guard let filter = TemplateFilter.named[name] else { throw Refusal.filter(name, at: offset, in: source) }
        var arguments = FilterArguments(filter, name: name, at: offset)
        if take("(") {
            try callArguments(&arguments)
        } else if take(":") {
            try colonArguments(&arguments)
        }
        return .filter(filter, try arguments.finish(in: source))
    }

    /// Arguments in parentheses, some perhaps by name.
    private mutating func callArguments(_ arguments: inout FilterArguments) throws(TemplateError) {
        try enter()
        defer { leave() }
        while !take(")") {
            let offset = current.offset
            var keyword: String?
            if isName(before: "="), case .name(let name) = current.kind {
                keyword = name
                advance()
                advance()
            }
            try arguments.add(try expression(), keyword: keyword, at: offset, in: source)
            if take(")") { return }
            try expect(",", after: "the argument of a filter")
        }
    }

    /// Arguments as Stencil writes them: `join:", "`.
    private mutating func colonArguments(_ arguments: inout FilterArguments) throws(TemplateError) {
        repeat {
            let offset = current.offset
            let operand = try primary()
            var steps: [Step] = []
            while let step = try place() { steps.append(step) }
            let argument = steps.isEmpty ? operand : TemplateExpression.chain(operand, steps)
            try arguments.add(argument, keyword: nil, at: offset, in: source)
        } while take(",")
    }
}
