/// Finds schemas that ask for themselves without going on to a part of the value: validation would not end.
struct Circles {
    private enum Mark {
        case new, open
        /// Schemas on the longest way on from here.
        case done(length: Int)
    }

    private let nodes: [SchemaNode]
    private let depth: Int
    private let pointers: [Int: String]
    private var marks: [Mark]

    /// Refuses circles, and ways that are longer than validation goes.
    static func refuse(
        in nodes: [SchemaNode],
        deeperThan depth: Int,
        pointers: [Int: String]
    ) throws(SchemaError) {
        var circles = Circles(
            nodes: nodes,
            depth: depth,
            pointers: pointers,
            marks: Array(repeating: .new, count: nodes.count)
        )
        for node in nodes.indices { _ = try circles.visit(node, after: 0) }
    }

    /// How many schemas the longest way from a node has.
    private mutating func visit(_ node: Int, after count: Int) throws(SchemaError) -> Int {
        switch marks[node] {
        case .done(let length): return length
        case .open: throw error(node, "the schema asks for itself, and so for no value")
        case .new: break
        }
        guard count < depth else { throw error(node, "more than \(depth) schemas lead to one another for one value") }
        marks[node] = .open
        var longest = 0
        for next in nodes[node].rules.flatMap(\.schemasOfSameValue) {
            longest = max(longest, try visit(next, after: count + 1))
        }
        guard longest < depth else { throw error(node, "more than \(depth) schemas lead to one another for one value") }
        marks[node] = .done(length: longest + 1)
        return longest + 1
    }

    private func error(_ node: Int, _ message: String) -> SchemaError {
        SchemaError(at: pointers[node] ?? "", message)
    }
}
