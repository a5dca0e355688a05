import PluginText

/// One schema within the schema: all of its rules have to hold.
struct SchemaNode {
    var rules: [SchemaRule] = []
}

/// What a keyword, or several that belong together, asks for; schemas within are named by their index.
enum SchemaRule {
    /// Nothing is valid.
    case never
    case type(TypeSet)
    case among(AllowedValues)
    case bound(NumberBound)
    case multiple(of: ExactDivisor, text: String)
    case count(CountBound)
    /// A pattern, and how the schema writes it.
    case pattern(Pattern, source: String)
    case required([String])
    case properties(PropertyRules)
    case propertyNames(Int)
    case dependentRequired(name: String, others: [String])
    case dependentSchema(name: String, schema: Int)
    case items(prefix: [Int], rest: Int?)
    case contains(schema: Int, minimum: Int, maximum: Int?)
    case uniqueItems
    case reference(Int)
    case allOf([Int])
    case anyOf([Int])
    case oneOf([Int])
    case not(Int)
    case condition(Int, then: Int?, otherwise: Int?)
}

extension SchemaRule {
    /// The schemas that are compared with the same value, which must not lead back here.
    var schemasOfSameValue: [Int] {
        switch self {
        case .reference(let schema), .not(let schema), .dependentSchema(_, let schema): [schema]
        case .allOf(let schemas), .anyOf(let schemas), .oneOf(let schemas): schemas
        case .condition(let condition, let then, let otherwise): [condition, then, otherwise].compactMap(\.self)
        default: []
        }
    }
}

/// The values of `enum` or `const`.
struct AllowedValues {
    let values: Set<EqualValue>
    /// What a message calls them: `"a", "b" or 3`.
    let text: String
}

/// `properties`, `patternProperties` and `additionalProperties`.
struct PropertyRules {
    var named: [ExactKey: Int] = [:]
    /// The names of `named`, in the schema's order.
    var names: [String] = []
    var patterns: [(pattern: Pattern, schema: Int)] = []
    var additional: Int?
    /// Whether other properties are simply not allowed, so that a message can say what was meant.
    var isClosed = false
}
