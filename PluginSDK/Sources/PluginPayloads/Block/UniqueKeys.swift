/// Finds a key that occurs twice in an object of a block.
///
/// The keys may be chosen to do harm: comparing all pairs is for few, many are found by their hash, whose seed differs
/// from process to process. Every key is compared with a bounded number of others.
package struct UniqueKeys {
    private let block: BlockBytes
    private let entries: Int
    private let count: Int
    /// How often two keys were compared whole; what tests count as the work.
    package private(set) var comparisons = 0

    /// Up to this many are compared pair by pair.
    static let few = 16

    /// Looks at the `count` pairs of nodes that begin at `entries`; each key is a string within the block.
    package init(block: BlockBytes, entries: Int, count: Int) {
        self.block = block
        self.entries = entries
        self.count = count
    }

    /// The index of the first entry whose key an earlier one has, or `nil`.
    @inline(__always)
    package mutating func firstDuplicate() -> Int? {
        if count < 2 { return nil }
        return count <= Self.few ? firstAmongFew() : firstAmongMany()
    }

    /// A key for a message.
    func name(of index: Int) -> String {
        let (offset, length) = key(index)
        return unsafe block.withRange(at: offset, count: length) { bytes in
            unsafe JSONText.excerpt(of: bytes.prefix(JSONText.excerptLength + 1))
        }
    }

    private func key(_ index: Int) -> (offset: Int, count: Int) {
        let node = entries + 32 * index
        return (Int(truncatingIfNeeded: block.word(at: node + 8)), Int(block.half(at: node + 4)))
    }

    private mutating func equal(_ left: Int, _ right: Int) -> Bool {
        comparisons += 1
        let (left, right) = (key(left), key(right))
        return left.count == right.count && block.equal(left.offset, right.offset, count: left.count)
    }

    private mutating func firstAmongFew() -> Int? {
        var prints = InlineArray<16, UInt64>(repeating: 0)
        for index in 0..<count {
            let (offset, length) = key(index)
            let print = block.firstWord(ofTextAt: offset, count: length) ^ (UInt64(length) << 56)
            for earlier in 0..<index where prints[earlier] == print {
                if equal(earlier, index) { return index }
            }
            prints[index] = print
        }
        return nil
    }

    /// Each slot of the table holds half a hash and an entry's index + 1.
    private mutating func firstAmongMany() -> Int? {
        let slots = 1 << (Int.bitWidth - (2 * count - 1).leadingZeroBitCount)
        return unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: slots) { table -> Int? in
            unsafe table.initialize(repeating: 0)
            for index in 0..<count {
                let (offset, length) = key(index)
                let hash = unsafe block.withRange(at: offset, count: length) { bytes in
                    var hasher = Hasher()
                    unsafe hasher.combine(bytes: bytes)
                    return UInt64(UInt(bitPattern: hasher.finalize()))
                }
                var slot = Int(truncatingIfNeeded: hash) & (slots - 1)
                while unsafe table[slot] != 0 {
                    let found = unsafe table[slot]
                    if found >> 32 == hash >> 32, equal(Int(found & 0xFFFF_FFFF) - 1, index) { return index }
                    slot = (slot + 1) & (slots - 1)
                }
                unsafe table[slot] = (hash & ~0xFFFF_FFFF) | UInt64(index + 1)
            }
            return nil
        }
    }
}
