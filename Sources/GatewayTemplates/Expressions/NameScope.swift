/// Knows what the names of a template mean where the parser stands.
struct NameScope {
    /// The names that no loop binds, in order of first appearance.
    private(set) var arguments: [String] = []

    /// The most names that loops bind at once.
    private(set) var slotCount = 0

    private var known: Set<String> = []
    private var loops: [[String]] = []

    mutating func enterLoop(binding names: [String]) {
        loops.append(names)
        slotCount = max(slotCount, loops.reduce(0) { $0 + $1.count })
    }

    mutating func leaveLoop() { loops.removeLast() }

    /// The depth of the innermost loop, from 0.
    var loopDepth: Int? { loops.isEmpty ? nil : loops.count - 1 }

    /// The place of the first name of the innermost loop.
    var firstSlot: Int { loops.dropLast().reduce(0) { $0 + $1.count } }

    /// What a name stands for.
    mutating func expression(for name: String) -> TemplateExpression {
        var end = loops.reduce(0) { $0 + $1.count }
        for names in loops.reversed() {
            end -= names.count
            if let index = names.lastIndex(of: name) { return .local(slot: end + index) }
        }
        if known.insert(name).inserted { arguments.append(name) }
        return .argument(name)
    }
}
