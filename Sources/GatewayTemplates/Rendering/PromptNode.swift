import Stencil

/// A node of Stencil's tree that works with our values and limits.
///
/// Nodes never change after they are made.
protocol PromptNode: NodeType {
    func render(_ state: RenderState, in context: Context) throws -> String
}

extension PromptNode {
    /// None: errors carry their line themselves.
    var token: Token? { nil }

    func render(_ context: Context) throws -> String {
        guard let state = context[RenderState.key] as? RenderState else {
            preconditionFailure("a template is rendered with the state it needs")
        }
        return try render(state, in: context)
    }
}

/// Text of the template itself.
struct PlainText: PromptNode {
    let text: String
    let line: Int

    func render(_ state: RenderState, in context: Context) throws -> String {
        try state.enter(line: line)
        return try state.emit(text)
    }
}

/// A value to print: `{{ … }}`.
struct Output: PromptNode {
    let expression: TemplateExpression
    let line: Int

    func render(_ state: RenderState, in context: Context) throws -> String {
        try state.enter(line: line)
        let value = try expression.value(in: state)
        if case .markup(let text) = value { return try state.emit(text) }
        return try state.emit(state.autoescape ? EscapedText.html(value.printed) : value.printed)
    }
}

/// All branches of an `if`.
struct Condition: PromptNode {
    struct Branch {
        /// None for `else`.
        let condition: TemplateExpression?
        let line: Int
        let body: [any NodeType]
    }

    let branches: [Branch]

    func render(_ state: RenderState, in context: Context) throws -> String {
        for branch in branches {
            try state.enter(line: branch.line)
            if try branch.condition?.value(in: state).isTrue ?? true {
                return try renderNodes(branch.body, context)
            }
        }
        return ""
    }
}
