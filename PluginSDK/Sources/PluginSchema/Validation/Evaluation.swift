import PluginPayloads

/// One comparison of a value with a schema.
struct Evaluation<Instance: SchemaInstance> {
    private enum Step {
        case index(Int)
        case name(String)
    }

    let nodes: [SchemaNode]
    fileprivate let limits: JSONSchema.Limits
    fileprivate var problems: [SchemaProblem] = []
    /// How many problems are of interest.
    private var wanted: Int
    private var path: [Step] = []
    fileprivate var depth = 0
    fileprivate var stepsLeft: Int
    /// Why the comparison was given up; whatever follows is not valid.
    private(set) var failure: SchemaProblem?

    private init(_ schema: JSONSchema) {
        nodes = schema.nodes
        limits = schema.limits
        wanted = max(1, schema.limits.problems)
        stepsLeft = schema.limits.steps
    }

    static func problems(of value: Instance, against schema: JSONSchema) -> [SchemaProblem] {
        var evaluation = Evaluation(schema)
        evaluation.check(value, against: 0)
        return evaluation.failure.map { [$0] } ?? evaluation.problems
    }

    /// Starts to compare another value within a comparison, with what that may still cost.
    init(trying outer: Evaluation<some SchemaInstance>) {
        nodes = outer.nodes
        limits = outer.limits
        wanted = 1
        depth = outer.depth
        stepsLeft = outer.stepsLeft
        failure = outer.failure
    }

    /// Takes over what a comparison within this one has cost, and what it has found.
    mutating func take(from inner: Evaluation<some SchemaInstance>) -> [SchemaProblem] {
        stepsLeft = inner.stepsLeft
        if let failure = inner.failure { giveUp(failure.message) }
        return inner.problems
    }

    /// Whether there is no reason to look further.
    var isDone: Bool { failure != nil || problems.count >= wanted }

    /// Reports what is wrong with the value at the current place.
    mutating func report(_ message: String) {
        if !isDone { problems.append(SchemaProblem(at: pointer, message)) }
    }

    /// Gives the comparison up.
    mutating func giveUp(_ message: String) {
        if failure == nil { failure = SchemaProblem(at: pointer, message) }
    }

    /// Takes note of work.
    mutating func spend(_ steps: Int) {
        stepsLeft -= steps
        if stepsLeft < 0 { giveUp("cannot be checked: it takes more than \(limits.steps) steps") }
    }

    /// Compares a value with a schema, and reports what is wrong.
    mutating func check(_ value: Instance, against schema: Int) {
        spend(1)
        guard !isDone else { return }
        guard depth < limits.depth else { return giveUp("cannot be checked: it is nested too deeply") }
        depth += 1
        defer { depth -= 1 }
        for rule in nodes[schema].rules {
            guard apply(rule, to: value), !isDone else { return }
        }
    }

    /// Whether a value is valid by a schema; nothing is reported.
    mutating func accepts(_ value: Instance, _ schema: Int) -> Bool {
        let outer = (problems, wanted)
        (problems, wanted) = ([], 1)
        defer { (problems, wanted) = outer }
        check(value, against: schema)
        return failure == nil && problems.isEmpty
    }

    mutating func check(_ value: Instance, at index: Int, against schema: Int) {
        path.append(.index(index))
        check(value, against: schema)
        path.removeLast()
    }

    mutating func check(_ value: Instance, named name: String, against schema: Int) {
        path.append(.name(name))
        check(value, against: schema)
        path.removeLast()
    }

    mutating func report(_ message: String, at name: String) {
        path.append(.name(name))
        report(message)
        path.removeLast()
    }

    private var pointer: String {
        path.reduce(into: "") { pointer, step in
            switch step {
            case .index(let index): pointer += "/\(index)"
            case .name(let name): pointer += "/" + JSONPointer.escape(name)
            }
        }
    }
}

extension Evaluation {
    /// Applies one rule; says whether the others of its schema are of interest.
    private mutating func apply(_ rule: SchemaRule, to value: Instance) -> Bool {
        switch rule {
        case .never: report("is not allowed")
        case .type(let types): return checkType(value, types)
        case .among, .bound, .multiple, .count, .pattern: checkScalar(value, rule)
        case .required(let names): checkRequired(value, names)
        case .properties(let rules): checkProperties(value, rules)
        case .propertyNames(let schema): checkNames(value, schema)
        case .dependentRequired(let name, let others): if value.has(name) { checkRequired(value, others, with: name) }
        case .dependentSchema(let name, let schema): if value.has(name) { check(value, against: schema) }
        case .items(let prefix, let rest): checkItems(value, prefix, rest)
        case .contains(let schema, let minimum, let maximum): checkContains(value, schema, minimum, maximum)
        case .uniqueItems: checkUnique(value)
        case .reference(let schema): check(value, against: schema)
        case .allOf(let schemas): for schema in schemas { check(value, against: schema) }
        case .anyOf(let schemas): checkAny(value, schemas)
        case .oneOf(let schemas): checkOne(value, schemas)
        case .not(let schema): if accepts(value, schema) { report("is not allowed: it is what the schema excludes") }
        case .condition(let condition, let then, let otherwise):
            if let schema = accepts(value, condition) ? then : otherwise { check(value, against: schema) }
        }
        return true
    }

    private mutating func checkType(_ value: Instance, _ types: TypeSet) -> Bool {
        guard !types.contains(typeOf: value) else { return true }
        let isFraction = value.instanceType == .number && types.contains(.integer)
        report("expected \(types.noun), found \(value.typeDescription)\(isFraction ? " with a fraction" : "")")
        return false
    }
}
