/// The parts of a block that something refers to already.
///
/// No two references may share a byte.
///
/// A block that a builder or the JSON parser made has its ranges in one order: walked from the root, last child first,
/// each lies before all that came earlier. Then one offset tells what is taken, and no memory is needed. For a block in
/// any other order a map with one bit a byte does.
@safe
struct ClaimedRanges {
    enum Answer {
        case free
        case taken
        case outOfOrder
    }

    /// Everything from here on is taken, or not referred to.
    private var lowest: Int
    /// `@safe`: valid as long as the walk, zeroed, and one bit for every byte of the block.
    private let map: UnsafeMutableBufferPointer<UInt64>?

    /// For a block in builder order.
    init(size: Int) {
        lowest = size
        unsafe map = nil
    }

    /// For a block in any order; the map has `words(for:)` words, all 0, and is lent for the walk.
    init(map: UnsafeMutableBufferPointer<UInt64>) {
        lowest = 0
        unsafe self.map = unsafe map
    }

    /// Words of the map for a block of a size.
    static func words(for size: Int) -> Int { (size + 63) / 64 }

    /// Takes a range that is not empty and lies within the block.
    @inline(__always)
    mutating func claim(_ start: Int, _ end: Int) -> Answer {
        if unsafe map != nil { return claimInMap(start, end) }
        guard end <= lowest else { return .outOfOrder }
        lowest = start
        return .free
    }

    @inline(never)
    private func claimInMap(_ start: Int, _ end: Int) -> Answer {
        guard let map = unsafe map else { return .taken }
        var taken: UInt64 = 0
        var start = start
        while start < end {
            let bit = start % 64
            let count = min(64 - bit, end - start)
            let mask = (UInt64.max >> UInt64(64 - count)) << UInt64(bit)
            let old = unsafe map[start / 64]
            taken |= old & mask
            unsafe map[start / 64] = old | mask
            start += count
        }
        return taken == 0 ? .free : .taken
    }
}
