import Stencil

/// A `for`, with what is rendered instead if there is nothing to go through.
struct Loop: PromptNode {
    let names: [String]
    /// The place of the first name; the others follow.
    let firstSlot: Int
    let iterable: TemplateExpression
    let line: Int
    let body: [any NodeType]
    let emptyBody: [any NodeType]

    func render(_ state: RenderState, in context: Context) throws -> String {
        try state.enter(line: line)
        let list = try elements(in: state)
        guard list.count > 0 else { return try renderNodes(emptyBody, context) }
        state.loops.append(RenderState.LoopPosition(count: list.count))
        defer { state.loops.removeLast() }
        var result = ""
        for index in 0..<list.count {
            state.line = line
            try state.countIteration()
            state.loops[state.loops.count - 1].index = index
            try bind(state.element(index, of: list), in: state)
            result += try renderNodes(body, context)
        }
        return result
    }

    /// Two names go through the entries of a map, one through its keys.
    private func elements(in state: RenderState) throws(RenderError) -> TemplateList {
        let value = try iterable.value(in: state)
        if names.count == 2, case .map(let map) = value { return .entries(map) }
        return try state.elements(of: value, for: "`for`")
    }

    private func bind(_ value: TemplateValue, in state: RenderState) throws(RenderError) {
        guard names.count > 1 else {
            state.slots[firstSlot] = value
            return
        }
        guard case .list(let parts) = value, parts.count == names.count else {
            let found = if case .list(let parts) = value { "a list of \(parts.count)" } else { value.typeDescription }
            throw state.invalid(
                "`for` with \(names.count) names needs lists of \(names.count) elements, found \(found)"
            )
        }
        for index in names.indices { state.slots[firstSlot + index] = try state.element(index, of: parts) }
    }
}
