import CHookgate
import PluginPayloads

/// Changes valid blocks at random, also where it hurts: in types, counts, offsets and the header.
struct BlockMutator {
    private let seeds: [[UInt8]]
    private var generator: SeededGenerator

    init(seeds: [[UInt8]], seed: UInt64) {
        self.seeds = seeds
        generator = SeededGenerator(seed: seed)
    }

    /// The bytes of a seed after one to three changes.
    mutating func next() -> [UInt8] {
        var bytes = generator.one(of: seeds)
        for _ in 0..<generator.one(of: [1, 1, 1, 2, 3]) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        guard bytes.count >= 32 else { return }
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: bytes[place(bytes.count)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: bytes[place(bytes.count)] = generator.one(of: [0, 1, 0x22, 0x7F, 0x80, 0xFF])
        case 2: truncate(&bytes)
        case 3: splice(&bytes)
        case 4: changeHeader(&bytes)
        case 5: swapNodes(&bytes)
        case 6: copyNode(&bytes)
        default: changeNode(&bytes)
        }
    }

    private mutating func place(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

    /// A multiple of 8 at which a node may be.
    private mutating func nodePlace(_ bytes: [UInt8]) -> Int {
        8 * Int.random(in: 2...(bytes.count / 8 - 2), using: &generator)
    }

    private mutating func truncate(_ bytes: inout [UInt8]) {
        bytes.removeLast(place(bytes.count))
        if generator.once(in: 2), bytes.count >= 12 { Self.write(UInt32(bytes.count), to: &bytes, at: 8) }
    }

    /// Overwrites a part with a part of another block.
    private mutating func splice(_ bytes: inout [UInt8]) {
        let other = generator.one(of: seeds)
        let length = min(generator.one(of: [1, 4, 8, 16, 32, 64]), other.count, bytes.count)
        let from = Int.random(in: 0...(other.count - length), using: &generator)
        let to = Int.random(in: 0...(bytes.count - length), using: &generator)
        let aligned = Bool.random(using: &generator) ? 7 : 0
        let (source, target) = (from & ~aligned, to & ~aligned)
        bytes.replaceSubrange(target..<(target + length), with: other[source..<(source + length)])
    }

    private mutating func changeHeader(_ bytes: inout [UInt8]) {
        let offset = generator.one(of: [0, 4, 6, 8, 12])
        Self.write(UInt32(truncatingIfNeeded: number(bytes)), to: &bytes, at: offset == 6 ? 4 : offset)
    }

    private mutating func swapNodes(_ bytes: inout [UInt8]) {
        let (left, right) = (nodePlace(bytes), nodePlace(bytes))
        guard abs(left - right) >= 16 else { return }
        for index in 0..<16 { bytes.swapAt(left + index, right + index) }
    }

    private mutating func copyNode(_ bytes: inout [UInt8]) {
        let (from, to) = (nodePlace(bytes), nodePlace(bytes))
        let node = Array(bytes[from..<(from + 16)])
        bytes.replaceSubrange(to..<(to + 16), with: node)
    }

    /// Changes the type, the count or the bits of what may be a node.
    private mutating func changeNode(_ bytes: inout [UInt8]) {
        let node = nodePlace(bytes)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[node] = UInt8.random(in: 0...10, using: &generator)
        case 1: Self.write(UInt32(truncatingIfNeeded: number(bytes)), to: &bytes, at: node + 4)
        case 2: Self.write(number(bytes), to: &bytes, at: node + 8)
        default: bytes[node + 8] &+= generator.one(of: [1, 8, 16, 32, 0xF0, 0xF8, 0xFF])
        }
    }

    /// A number that may be an offset, a count, or the edge of something.
    private mutating func number(_ bytes: [UInt8]) -> UInt64 {
        let size = UInt64(bytes.count)
        let near = UInt64(nodePlace(bytes))
        return generator.one(of: [
            0, 1, 2, 7, 8, 15, 16, 17, 24, 32, size, size - 1, size - 8, size - 16, size - 17, size + 8, near, near + 1,
            near + 16, 1 << 28, 1 << 31, 0xFFFF_FFF0, 0xFFFF_FFFF, 1 << 32, 1 << 63, 0x7FF0_0000_0000_0000, .max,
            UInt64(place(bytes.count)), UInt64(place(100)),
        ])
    }

    private static func write(_ value: some FixedWidthInteger, to bytes: inout [UInt8], at offset: Int) {
        for index in 0..<(value.bitWidth / 8) where offset + index < bytes.count {
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
        }
    }
}
