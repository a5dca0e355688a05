import CHookgate

/// Checks everything that the root of a block reaches.
///
/// The walk goes from the root to its last child first: the order in which a builder's block is laid out backward, see
/// ``ClaimedRanges``. Whatever is read was compared with the block's size before, and claimed, so that no byte is
/// looked at twice and the work is linear in the size.
struct BlockWalk {
    enum Stop: Error {
        /// Not in builder order: the walk has to be repeated with a map.
        case outOfOrder
        case refused(BlockError)
    }

    private let block: BlockBytes
    private var claims: ClaimedRanges
    private let maxDepth: Int

    init(block: BlockBytes, claims: ClaimedRanges, maxDepth: Int) {
        self.block = block
        self.claims = claims
        self.maxDepth = maxDepth
    }

    /// Checks the node at an aligned offset that lies within the block, and all below.
    mutating func checkRoot(at offset: Int) throws(Stop) {
        guard offset >= MemoryLayout<hg_block>.size else {
            throw .refused(BlockError("the root at byte \(offset) overlaps the header"))
        }
        try claim(offset, offset + MemoryLayout<hg_node>.size, of: "root", from: offset)
        try checkNode(at: offset, depth: 0)
    }

    private mutating func checkNode(at node: Int, depth: Int) throws(Stop) {
        let head = block.word(at: node)
        let bits = block.word(at: node + 8)
        // A head that equals its type has no count and no reserved bytes.
        switch Int(head & 0xFF) {
        case HG_NULL where head == UInt64(HG_NULL) && bits == 0: return
        case HG_BOOL where head == UInt64(HG_BOOL) && bits <= 1: return
        case HG_INT64 where head == UInt64(HG_INT64): return
        case HG_DOUBLE where head == UInt64(HG_DOUBLE) && Double(bitPattern: bits).isFinite: return
        case HG_STRING where head & 0xFFFF_FF00 == 0: try checkString(at: node, "string", count: head >> 32, bits)
        case HG_NUMBER where head & 0xFFFF_FF00 == 0: try checkNumber(at: node, count: head >> 32, bits)
        case HG_BYTES where head & 0xFFFF_FF00 == 0: _ = try checkText(at: node, "byte string", count: head >> 32, bits)
        case HG_ARRAY where head & 0xFFFF_FF00 == 0: try checkArray(at: node, count: head >> 32, bits, depth: depth)
        case HG_OBJECT where head & 0xFFFF_FF00 == 0: try checkObject(at: node, count: head >> 32, bits, depth: depth)
        default: throw .refused(fault(ofNodeAt: node))
        }
    }

    /// Checks that a text lies before its node and shares no byte.
    private mutating func checkText(
        at node: Int,
        _ kind: StaticString,
        count: UInt64,
        _ bits: UInt64
    ) throws(Stop) -> Range<Int> {
        guard count > 0 else {
            try checkEmpty(at: node, kind, bits)
            return 0..<0
        }
        guard bits <= UInt64(node), bits + count <= UInt64(node) else {
            throw .refused(fault("\(kind) of \(count) bytes at byte \(bits) does not end before the node", at: node))
        }
        let start = Int(bits)
        let end = start + Int(count)
        try claim(start, end, of: kind, from: node)
        return start..<end
    }

    private func checkEmpty(at node: Int, _ kind: StaticString, _ bits: UInt64) throws(Stop) {
        guard bits == 0 else { throw .refused(fault("the offset of the empty \(kind) is \(bits), not 0", at: node)) }
    }

    private mutating func checkString(
        at node: Int,
        _ kind: StaticString,
        count: UInt64,
        _ bits: UInt64
    ) throws(Stop) {
        let text = try checkText(at: node, kind, count: count, bits)
        if let byte = StrictUTF8.firstFault(in: block, at: text.lowerBound, count: text.count) {
            throw .refused(fault("\(kind) at byte \(text.lowerBound) is not UTF-8 at byte \(byte)", at: node))
        }
    }

    private mutating func checkNumber(at node: Int, count: UInt64, _ bits: UInt64) throws(Stop) {
        let text = try checkText(at: node, "number", count: count, bits)
        guard JSONNumber.end(at: text.lowerBound, end: text.upperBound, byte: block.byte(at:)) == text.upperBound else {
            throw .refused(fault("number at byte \(text.lowerBound) is not the text of a JSON number", at: node))
        }
    }

    /// Checks that the children of a container lie before it and share no byte.
    private mutating func checkChildren(
        at node: Int,
        _ kind: StaticString,
        count: UInt64,
        size: UInt64,
        _ bits: UInt64,
        depth: Int
    ) throws(Stop) -> Int {
        guard depth < maxDepth else {
            throw .refused(fault("containers nest deeper than \(maxDepth)", at: node))
        }
        guard count > 0 else {
            try checkEmpty(at: node, kind, bits)
            return 0
        }
        guard bits <= UInt64(node), bits + count * size <= UInt64(node) else {
            let text = "\(kind) of \(count) at byte \(bits) does not end before the node"
            throw .refused(fault(text, at: node))
        }
        guard bits & 7 == 0 else {
            throw .refused(fault("\(kind) at byte \(bits) is not aligned to 8 bytes", at: node))
        }
        try claim(Int(bits), Int(bits + count * size), of: kind, from: node)
        return Int(bits)
    }

    private mutating func checkArray(at node: Int, count: UInt64, _ bits: UInt64, depth: Int) throws(Stop) {
        let first = try checkChildren(at: node, "array", count: count, size: 16, bits, depth: depth)
        var child = first + 16 * Int(count)
        while child > first {
            child -= 16
            try checkNode(at: child, depth: depth + 1)
        }
    }

    private mutating func checkObject(at node: Int, count: UInt64, _ bits: UInt64, depth: Int) throws(Stop) {
        let first = try checkChildren(at: node, "object", count: count, size: 32, bits, depth: depth)
        var key = first + 32 * Int(count)
        while key > first {
            key -= 32
            try checkNode(at: key + 16, depth: depth + 1)
            let head = block.word(at: key)
            guard head & 0xFFFF_FFFF == UInt64(HG_STRING) else {
                throw .refused(fault("a key is not a string, or its reserved bytes are not 0", at: key))
            }
            try checkString(at: key, "key", count: head >> 32, block.word(at: key + 8))
        }
        var keys = UniqueKeys(block: block, entries: first, count: Int(count))
        if let index = keys.firstDuplicate() {
            throw .refused(fault("the key \(keys.name(of: index)) occurs twice in its object", at: first + 32 * index))
        }
    }

    @inline(__always)
    private mutating func claim(_ start: Int, _ end: Int, of kind: StaticString, from node: Int) throws(Stop) {
        guard start >= MemoryLayout<hg_block>.size else {
            throw .refused(fault("\(kind) at byte \(start) overlaps the header", at: node))
        }
        switch claims.claim(start, end) {
        case .free: return
        case .outOfOrder: throw .outOfOrder
        case .taken:
            throw .refused(fault("\(kind) at bytes \(start) to \(end) overlaps another text or node", at: node))
        }
    }

    @inline(never)
    private func fault(_ text: String, at node: Int) -> BlockError {
        BlockError("node at byte \(node): \(text)")
    }

    /// Says what is wrong with a node whose type is unknown or whose unused bytes are not 0.
    @inline(never)
    private func fault(ofNodeAt node: Int) -> BlockError {
        let head = block.word(at: node)
        let bits = block.word(at: node + 8)
        let type = Int(head & 0xFF)
        guard type >= HG_NULL, type <= HG_OBJECT else { return fault("the type \(type) is unknown", at: node) }
        if head & 0xFFFF_FF00 != 0 { return fault("the reserved bytes are not 0", at: node) }
        if head >> 32 != 0 {
            return fault("the count is \(head >> 32), but a value of type \(type) has none", at: node)
        }
        return switch type {
        case HG_NULL: fault("the bits of a null are \(bits), not 0", at: node)
        case HG_BOOL: fault("the bits of a boolean are \(bits), not 0 or 1", at: node)
        default: fault("the double is not finite", at: node)
        }
    }
}
