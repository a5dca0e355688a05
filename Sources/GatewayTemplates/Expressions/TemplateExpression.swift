/// What stands in a tag, ready to be evaluated.
///
/// Chains are flat and parentheses limited, so evaluating never goes deep.
indirect enum TemplateExpression: Sendable {
    case literal(TemplateValue)
    /// An argument by its name.
    case argument(String)
    /// A name that a loop binds.
    case local(slot: Int)
    /// What `loop` says about the loop at this depth, the outermost being 0.
    case loop(LoopField, depth: Int)
    case list([TemplateExpression])
    case chain(TemplateExpression, [Step])
    case not(TemplateExpression)
    /// The first operand that is false, or the last one.
    case all([TemplateExpression])
    /// The first operand that is true, or the last one.
    case any([TemplateExpression])
    /// `a < b == c`, true if each neighbouring pair is.
    case compare(TemplateExpression, [Comparison])
    case conditional(TemplateExpression, if: TemplateExpression, else: TemplateExpression)

    /// What follows an operand.
    enum Step: Sendable {
        case member(String)
        case element(TemplateExpression)
        case items
        case filter(TemplateFilter, [TemplateExpression])
        case test(ValueTest, isNegated: Bool)
    }

    struct Comparison: Sendable {
        let relation: Relation
        let right: TemplateExpression
    }
}

enum Relation: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case within = "in"
    case notWithin = "not in"
}

/// What a template may ask behind `is`.
enum ValueTest: String, Sendable, CaseIterable {
    case defined
    case undefined
    case none
}

/// What a template may ask about a loop.
enum LoopField: String, Sendable, CaseIterable {
    case index
    case index0
    case first
    case last
    case length
}
