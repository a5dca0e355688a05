import CHookgate
import PluginPayloads

/// Makes valid blocks whose texts and nodes lie in an order of their own, with garbage between them.
struct ShuffledBlock {
    private typealias Node = RawBlock.Node

    private var block = RawBlock()
    private var generator: SeededGenerator

    /// The bytes of a block with a value.
    static func bytes(of value: JSONValue, seed: UInt64) -> [UInt8] {
        var maker = ShuffledBlock(generator: SeededGenerator(seed: seed))
        let root = maker.place(value)
        maker.garbage()
        maker.block.node(root.type, root.count, root.bits)
        return maker.block.finished
    }

    private init(generator: SeededGenerator) {
        self.generator = generator
    }

    private mutating func garbage() {
        guard generator.once(in: 3) else { return }
        block.text(
            (0..<Int.random(in: 1...24, using: &generator)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        )
    }

    /// Places what a value refers to.
    private mutating func place(_ value: JSONValue) -> Node {
        switch value {
        case .null: (HG_NULL, 0, 0)
        case .bool(let value): (HG_BOOL, 0, value ? 1 : 0)
        case .int(let value): (HG_INT64, 0, UInt64(bitPattern: value))
        case .double(let value): (HG_DOUBLE, 0, value.bitPattern)
        case .number(let text): place(HG_NUMBER, Array(text.utf8))
        case .string(let text): place(HG_STRING, Array(text.utf8))
        case .bytes(let bytes): place(HG_BYTES, bytes)
        case .array(let elements): place(HG_ARRAY, elements, nodesEach: 1)
        case .object(let object): place(HG_OBJECT, object.flatMap { [.string($0.key), $0.value] }, nodesEach: 2)
        }
    }

    private mutating func place(_ type: Int, _ text: [UInt8]) -> Node {
        if text.isEmpty { return (type, 0, 0) }
        garbage()
        return (type, UInt32(text.count), block.text(text))
    }

    private mutating func place(_ type: Int, _ children: [JSONValue], nodesEach: UInt32) -> Node {
        if children.isEmpty { return (type, 0, 0) }
        var nodes = [Node](repeating: (HG_NULL, 0, 0), count: children.count)
        for index in children.indices.shuffled(using: &generator) { nodes[index] = place(children[index]) }
        garbage()
        return (type, UInt32(children.count) / nodesEach, block.nodes(nodes))
    }
}
