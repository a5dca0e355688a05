import CHookgate
import Glibc

/// The memory of a block that the JSON parser is making.
///
/// From below it is filled with what is final: texts, and the children of containers that have ended. The nodes whose
/// container is still open are a stack that grows from above. Between them is always as much room as the rest of the
/// text has bytes, and `slack` more; a string is never longer than its JSON text, so strings are copied without a look
/// at the room.
///
/// `@safe`: all offsets are kept here, and each function says what it needs to stay within the memory.
@safe
struct BlockAssembly: ~Copyable {
    /// From `malloc`.
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    /// Bytes that are final.
    private(set) var size = MemoryLayout<hg_block>.size
    /// Where the stack's last node begins.
    private var top: Int

    /// Room for an aligning word and the root.
    private static let slack = 32

    /// Offsets have 32 bits.
    private static let most = Int(UInt32.max) & ~15

    /// The longest text whose block may fit: a string of that length does.
    static let longestText = most - 64

    /// Takes memory for the block of a JSON text of a size.
    init(textSize: Int) throws(JSONFault) {
        capacity = min((textSize * 3 + 128) & ~15, Self.most)
        top = capacity
        guard let memory = unsafe malloc(capacity) else { throw JSONFault(kind: .noMemory, offset: 0) }
        unsafe base = unsafe memory
    }

    deinit { unsafe free(base) }

    /// Bytes of the stack.
    var pending: Int { capacity - top }

    /// The final bytes.
    var bytes: BlockBytes { unsafe BlockBytes(base: UnsafeRawPointer(base), count: size) }

    /// Where the next text goes; there is room for all that is left of the JSON text.
    var textStart: UnsafeMutableRawPointer { unsafe base + size }

    /// Keeps what was written at `textStart`.
    mutating func keep(_ count: Int) { size += count }

    /// Puts a node on the stack; `rest` bytes of the JSON text are left.
    @inline(__always)
    mutating func push(_ head: UInt64, _ bits: UInt64, rest: Int) throws(JSONFault) {
        try reserve(16, rest: rest)
        top -= 16
        unsafe base.storeBytes(of: head, toByteOffset: top, as: UInt64.self)
        unsafe base.storeBytes(of: bits, toByteOffset: top + 8, as: UInt64.self)
    }

    /// Takes the nodes that were pushed since `pending` was `mark` from the stack and makes them final, first to last.
    ///
    /// Of the bits of every second node, beginning with the first, only `firstMask` is kept. Answers where the nodes
    /// are now, 0 if there are none, and how many.
    mutating func close(mark: Int, firstMask: UInt64, rest: Int) throws(JSONFault) -> (offset: Int, count: Int) {
        let length = pending - mark
        guard length > 0 else { return (0, 0) }
        try reserve(length + 8, rest: rest)
        align()
        let offset = size
        var mask = firstMask
        var node = capacity - mark
        while node > top {
            node -= 16
            let head = unsafe base.load(fromByteOffset: node, as: UInt64.self)
            let bits = unsafe base.load(fromByteOffset: node + 8, as: UInt64.self)
            unsafe base.storeBytes(of: head, toByteOffset: size, as: UInt64.self)
            unsafe base.storeBytes(of: bits & mask, toByteOffset: size + 8, as: UInt64.self)
            mask = ~mask ^ firstMask
            size += 16
        }
        top += length
        return (offset, length / 16)
    }

    /// The bits with which a node was pushed that `close` has just taken from the stack.
    func closedBits(mark: Int, index: Int) -> UInt64 {
        unsafe base.load(fromByteOffset: capacity - mark - 16 * index - 8, as: UInt64.self)
    }

    /// Ends the block: the stack holds the root alone.
    consuming func finish() -> UnsafePointer<hg_block> {
        align()
        let root = size
        unsafe (base + root).copyMemory(from: base + top, byteCount: 16)
        size += 16
        let header = hg_block(
            magic: HG_BLOCK_MAGIC,
            version: UInt16(HG_BLOCK_VERSION),
            reserved: 0,
            size: UInt32(size),
            root: UInt32(root)
        )
        unsafe base.storeBytes(of: header, as: hg_block.self)
        let block = unsafe realloc(base, size) ?? base
        discard self
        return unsafe UnsafePointer(block.assumingMemoryBound(to: hg_block.self))
    }

    /// Fills up to the next 8-byte boundary with zeros.
    private mutating func align() {
        unsafe base.storeBytes(of: 0, toByteOffset: size, as: UInt64.self)
        size = (size + 7) & ~7
    }

    /// Makes sure that there is room for `count` bytes, for the rest of the text, and for the slack.
    @inline(__always)
    private mutating func reserve(_ count: Int, rest: Int) throws(JSONFault) {
        let needed = count + rest + Self.slack
        if top - size < needed { try grow(by: needed) }
    }

    @inline(never)
    private mutating func grow(by needed: Int) throws(JSONFault) {
        let stack = capacity - top
        let least = size + stack + needed
        guard least <= Self.most else { throw JSONFault(kind: .tooLarge, offset: 0) }
        let newCapacity = min((max(least, capacity * 2) + 15) & ~15, Self.most)
        guard let memory = unsafe realloc(base, newCapacity) else { throw JSONFault(kind: .noMemory, offset: 0) }
        unsafe base = unsafe memory
        unsafe memmove(base + newCapacity - stack, base + top, stack)
        capacity = newCapacity
        top = newCapacity - stack
    }
}
