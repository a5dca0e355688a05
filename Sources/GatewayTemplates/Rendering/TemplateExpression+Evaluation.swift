import PluginPayloads

extension TemplateExpression {
    /// The value with the arguments and loops as they are.
    func value(in state: RenderState) throws(RenderError) -> TemplateValue {
        switch self {
        case .literal(let value): return value
        case .argument(let name): return try state.entry(name, of: state.arguments)
        case .local(let slot): return state.slots[slot]
        case .loop(let field, let depth): return field.value(of: state.loops[depth])
        case .list(let elements): return .list(.values(try Self.values(elements, in: state)))
        case .chain(let operand, let steps): return try Self.follow(steps, from: operand, in: state)
        case .not(let operand): return .bool(try !operand.value(in: state).isTrue)
        case .all(let operands): return try Self.firstOperand(of: operands, thatIs: false, in: state)
        case .any(let operands): return try Self.firstOperand(of: operands, thatIs: true, in: state)
        case .compare(let left, let comparisons): return try Self.compare(left, comparisons, in: state)
        case .conditional(let value, let condition, let other):
            return try condition.value(in: state).isTrue ? value.value(in: state) : other.value(in: state)
        }
    }

    fileprivate static func values(
        _ expressions: [TemplateExpression],
        in state: RenderState
    ) throws(RenderError) -> [TemplateValue] {
        var values: [TemplateValue] = []
        values.reserveCapacity(expressions.count)
        for expression in expressions { values.append(try expression.value(in: state)) }
        return values
    }

    private static func firstOperand(
        of operands: [TemplateExpression],
        thatIs truth: Bool,
        in state: RenderState
    ) throws(RenderError) -> TemplateValue {
        var value = TemplateValue.undefined
        for operand in operands {
            value = try operand.value(in: state)
            if value.isTrue == truth { break }
        }
        return value
    }

    private static func compare(
        _ first: TemplateExpression,
        _ comparisons: [Comparison],
        in state: RenderState
    ) throws(RenderError) -> TemplateValue {
        var left = try first.value(in: state)
        for comparison in comparisons {
            let right = try comparison.right.value(in: state)
            guard try comparison.relation.holds(left, right, state) else { return .bool(false) }
            left = right
        }
        return .bool(true)
    }

    private static func follow(
        _ steps: [Step],
        from operand: TemplateExpression,
        in state: RenderState
    ) throws(RenderError) -> TemplateValue {
        var value = try operand.value(in: state)
        for step in steps { value = try step.value(of: value, in: state) }
        return value
    }
}

extension TemplateExpression.Step {
    fileprivate func value(of value: TemplateValue, in state: RenderState) throws(RenderError) -> TemplateValue {
        switch self {
        case .member(let name):
            guard case .map(let map) = value else { return .undefined }
            return try state.entry(name, of: map)
        case .element(let index): return try state.element(index.value(in: state), of: value)
        case .items: return try state.items(of: value)
        case .filter(let filter, let arguments):
            return try filter.apply(value, TemplateExpression.values(arguments, in: state), state)
        case .test(let test, let isNegated): return .bool(test.holds(value) != isNegated)
        }
    }
}

extension RenderState {
    /// The value of a key.
    fileprivate func entry(_ key: String, of map: BlockValue) throws(RenderError) -> TemplateValue {
        // Keys are compared one after another.
        try spend(map.count)
        let value = TemplateValue(map[key])
        if let text = value.text { try spend(text.utf8.count) }
        return value
    }

    /// An entry by its key, or an element by its number, from the end if that is negative; undefined if there is none.
    fileprivate func element(_ index: TemplateValue, of value: TemplateValue) throws(RenderError) -> TemplateValue {
        switch (value, index) {
        case (.map(let map), .text(let key)), (.map(let map), .markup(let key)):
            return try entry(key, of: map)
        case (.list, .number(.integer(let number))), (.text, .number(.integer(let number))),
            (.markup, .number(.integer(let number))):
            let list = try elements(of: value, for: "an index")
            return try element(Int(number < 0 ? Int64(list.count) &+ number : number), of: list)
        default: return .undefined
        }
    }

    fileprivate func items(of value: TemplateValue) throws(RenderError) -> TemplateValue {
        switch value {
        case .map(let map): return .list(.entries(map))
        case .undefined, .none: return .list(.values([]))
        default: throw invalid("`items()` is a method of maps, found \(value.typeDescription)")
        }
    }
}

extension ValueTest {
    fileprivate func holds(_ value: TemplateValue) -> Bool {
        switch (self, value) {
        case (.defined, .undefined): false
        case (.defined, _): true
        case (.undefined, .undefined), (.none, .none): true
        case (.undefined, _), (.none, _): false
        }
    }
}

extension LoopField {
    fileprivate func value(of loop: RenderState.LoopPosition) -> TemplateValue {
        switch self {
        case .index: TemplateValue(loop.index + 1)
        case .index0: TemplateValue(loop.index)
        case .first: .bool(loop.index == 0)
        case .last: .bool(loop.index == loop.count - 1)
        case .length: TemplateValue(loop.count)
        }
    }
}
