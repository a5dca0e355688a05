import CHookgate

/// A block that is made by hand, right or wrong.
struct RawBlock {
    typealias Node = (type: Int, count: UInt32, bits: UInt64)

    var bytes: [UInt8]
    private var root = 0

    init() {
        bytes = [UInt8](repeating: 0, count: 16)
        set(HG_BLOCK_MAGIC, at: 0)
        set(UInt16(HG_BLOCK_VERSION), at: 4)
    }

    /// Appends bytes.
    ///
    /// - Returns: Where they are.
    @discardableResult
    mutating func text(_ text: [UInt8]) -> UInt64 {
        bytes += text
        return UInt64(bytes.count - text.count)
    }

    /// Appends text.
    ///
    /// - Returns: Where it is.
    @discardableResult
    mutating func text(_ text: String) -> UInt64 { self.text(Array(text.utf8)) }

    /// Appends a node at the next aligned place, and makes it the root.
    ///
    /// - Returns: Where it is.
    @discardableResult
    mutating func node(_ type: Int, _ count: UInt32 = 0, _ bits: UInt64 = 0) -> UInt64 {
        while bytes.count % 8 != 0 { bytes.append(0) }
        root = bytes.count
        bytes += [UInt8](repeating: 0, count: 16)
        bytes[root] = UInt8(type)
        set(count, at: root + 4)
        set(bits, at: root + 8)
        return UInt64(root)
    }

    /// Appends the nodes of a container one after the other.
    ///
    /// - Returns: Where the first is.
    @discardableResult
    mutating func nodes(_ nodes: [Node]) -> UInt64 {
        let places = nodes.map { node($0.type, $0.count, $0.bits) }
        return places[0]
    }

    /// Makes another node than the last the root.
    mutating func root(at offset: UInt64) { root = Int(offset) }

    /// Overwrites an integer.
    mutating func set(_ value: some FixedWidthInteger, at offset: Int) {
        for index in 0..<(value.bitWidth / 8) {
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
        }
    }

    /// The bytes, with the size and the last node as the root in the header.
    var finished: [UInt8] {
        var copy = self
        while copy.bytes.count % 8 != 0 { copy.bytes.append(0) }
        copy.set(UInt32(copy.bytes.count), at: 8)
        copy.set(UInt32(root), at: 12)
        return copy.bytes
    }
}
