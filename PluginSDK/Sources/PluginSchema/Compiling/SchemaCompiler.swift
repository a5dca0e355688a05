import PluginPayloads

/// Turns a schema into nodes.
///
/// Schemas wait in a queue, so that nesting costs no stack. References are looked up when all that is known has been
/// read, and what they find is queued in turn.
struct SchemaCompiler {
    private struct Waiting {
        let node: Int
        let schema: JSONValue
        let location: SchemaLocation
    }

    private struct Reference {
        let node: Int
        let rule: Int
        let text: String
        let location: SchemaLocation
    }

    private let document: JSONValue
    private let limits: JSONSchema.Limits
    private var nodes: [SchemaNode] = []
    private var nodeOfPointer: [ExactKey: Int] = [:]
    private var queue: [Waiting] = []
    private var references: [Reference] = []
    /// What `$anchor` names, as the base's pointer, `#` and the name.
    private var anchors: [ExactKey: Int] = [:]
    /// The pointers to schemas that have an `$id`.
    private var identifiers: [ExactKey: String] = [:]

    private init(_ document: JSONValue, limits: JSONSchema.Limits) {
        self.document = document
        self.limits = limits
    }

    /// Compiles a schema.
    static func compile(_ schema: JSONValue, limits: JSONSchema.Limits) throws(SchemaError) -> [SchemaNode] {
        var compiler = SchemaCompiler(schema, limits: limits)
        _ = try compiler.add(schema, at: .root)
        while !compiler.queue.isEmpty {
            try compiler.compileQueue()
            try compiler.resolveReferences()
        }
        try Circles.refuse(in: compiler.nodes, deeperThan: limits.depth, pointers: compiler.pointers)
        return compiler.nodes
    }

    /// The index of a schema's node, which is made when the schema's turn comes.
    mutating func add(_ schema: JSONValue, at location: SchemaLocation) throws(SchemaError) -> Int {
        if let known = nodeOfPointer[ExactKey(location.pointer)] { return known }
        guard nodes.count < limits.schemas else {
            throw location.error("the schema holds more than \(limits.schemas) schemas")
        }
        let node = nodes.count
        nodes.append(SchemaNode())
        nodeOfPointer[ExactKey(location.pointer)] = node
        queue.append(Waiting(node: node, schema: schema, location: location))
        return node
    }

    private var pointers: [Int: String] {
        Dictionary(nodeOfPointer.map { ($1, $0.text) }) { first, _ in first }
    }

    /// Compiles what waits.
    private mutating func compileQueue() throws(SchemaError) {
        while let next = queue.popLast() {
            switch next.schema {
            case .bool(true): break
            case .bool(false): nodes[next.node].rules = [.never]
            case .object(let entries): try compile(entries, next)
            default:
                throw next.location.error(
                    "expected a schema (an object or a boolean), found \(next.schema.typeDescription)"
                )
            }
        }
    }

    private mutating func compile(_ entries: JSONObject, _ waiting: Waiting) throws(SchemaError) {
        var location = waiting.location
        let names = SchemaObject(entries: entries, location: location)
        if let identifier = try names.text("$id"), identifier.utf8.first != UInt8(ascii: "#") {
            location.base = location.pointer
            identifiers[ExactKey(identifier)] = location.pointer
        }
        if let anchor = try names.text("$anchor") { anchors[ExactKey("\(location.base)#\(anchor)")] = waiting.node }
        let object = SchemaObject(entries: entries, location: location)
        nodes[waiting.node].rules = try rules(of: object)
        if let text = try object.text("$ref") {
            let place = location.child("$ref")
            references.append(
                Reference(node: waiting.node, rule: nodes[waiting.node].rules.count, text: text, location: place)
            )
            nodes[waiting.node].rules.append(.never)
        }
    }
}

// MARK: - References

extension SchemaCompiler {
    /// Looks up the references that wait, which may put something into the queue.
    private mutating func resolveReferences() throws(SchemaError) {
        for reference in references {
            nodes[reference.node].rules[reference.rule] = .reference(try target(of: reference))
        }
        references = []
    }

    private mutating func target(of reference: Reference) throws(SchemaError) -> Int {
        let text = reference.text
        let parts = text.utf8.split(separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false)
        let identifier = parts.first.map { String(Substring($0)) } ?? ""
        let fragment = parts.count == 2 ? JSONPointer.decodeFragment(parts[1]) : ""
        let base = identifier.isEmpty ? reference.location.base : identifiers[ExactKey(identifier)]
        guard let base else {
            throw reference.location.error(
                "\(JSONValue.string(text)) is not within this schema; only references such as \"#/$defs/name\" are followed"
            )
        }
        if let fragment, let node = anchors[ExactKey("\(base)#\(fragment)")] { return node }
        guard let fragment, let tokens = JSONPointer.tokens(of: base + fragment),
            let (schema, location) = find(tokens)
        else { throw reference.location.error("\(JSONValue.string(text)) leads nowhere") }
        return try add(schema, at: location)
    }

    /// The value at the end of a path, and where that is.
    private func find(_ tokens: [String]) -> (JSONValue, SchemaLocation)? {
        var value = document
        var location = SchemaLocation.root
        for token in tokens {
            if value["$id"]?.string.map({ $0.utf8.first != UInt8(ascii: "#") }) ?? false {
                location.base = location.pointer
            }
            guard let next = value[token] ?? Int(token).flatMap({ value[$0] }) else { return nil }
            value = next
            location = location.child(token)
        }
        return (value, location)
    }
}
