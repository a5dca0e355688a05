import CHookgate
import Glibc

/// Checks whether memory from somebody who may lie is a block that every accessor can read.
///
/// It is one if the header is right and everything that the root reaches obeys the rules of `hookgate/block.h`. Bytes
/// that nothing refers to are not looked at: they may be padding, and nobody reads them. The work is linear in the size.
public enum BlockValidator: Sendable {
    /// Checks a block where it lies.
    ///
    /// - Parameters:
    ///   - bytes: The block, and perhaps more behind it. Nobody may change it from now until its last use.
    ///   - limits: What it may cost.
    /// - Throws: ``BlockError`` with what is wrong and where.
    @unsafe
    public static func validate(
        _ bytes: UnsafeRawBufferPointer,
        limits: BlockLimits = BlockLimits()
    ) throws(BlockError) {
        guard let base = bytes.baseAddress, bytes.count >= minimumSize else { throw tooShort(bytes.count) }
        guard UInt(bitPattern: base) % 8 == 0 else {
            throw BlockError("the block's address is not a multiple of 8")
        }
        let header = unsafe base.load(as: hg_block.self)
        try check(header, available: bytes.count, limits: limits)
        let block = unsafe BlockBytes(base: base, count: Int(header.size))
        try walk(block, root: Int(header.root), maxDepth: min(limits.maxDepth, Int(HG_BLOCK_MAX_DEPTH)))
    }

    private static let minimumSize = MemoryLayout<hg_block>.size + MemoryLayout<hg_node>.size

    private static func tooShort(_ count: Int) -> BlockError {
        BlockError("\(count) bytes are too few for a block, which has at least \(minimumSize)")
    }

    /// Checks all that can be said without the nodes, on a copy of the header.
    fileprivate static func check(_ header: hg_block, available: Int, limits: BlockLimits) throws(BlockError) {
        guard header.magic == HG_BLOCK_MAGIC else {
            throw BlockError("byte 0: the magic is 0x\(String(header.magic, radix: 16)), so this is no block")
        }
        guard header.version == HG_BLOCK_VERSION else {
            throw BlockError("byte 4: the block's version is \(header.version), known is \(HG_BLOCK_VERSION)")
        }
        guard header.reserved == 0 else {
            throw BlockError("byte 6: the header's reserved bytes are \(header.reserved), not 0")
        }
        let size = Int(header.size)
        guard size >= minimumSize else { throw tooShort(size) }
        guard size <= limits.maxBytes else {
            throw BlockError("the block has \(size) bytes, more than the limit of \(limits.maxBytes)")
        }
        guard size <= available else {
            throw BlockError("byte 8: the block has \(size) bytes, but only \(available) are there")
        }
        guard size % 8 == 0 else { throw BlockError("byte 8: the size \(size) is not a multiple of 8") }
        let root = Int(header.root)
        guard root % 8 == 0, root + MemoryLayout<hg_node>.size <= size else {
            throw BlockError("byte 12: the root at byte \(root) is not aligned to 8 bytes, or not within \(size) bytes")
        }
    }

    /// Walks in builder order, and once more with a map if the block has another one.
    private static func walk(_ block: BlockBytes, root: Int, maxDepth: Int) throws(BlockError) {
        do throws(BlockWalk.Stop) {
            var walk = BlockWalk(block: block, claims: ClaimedRanges(size: block.count), maxDepth: maxDepth)
            try walk.checkRoot(at: root)
        } catch .refused(let error) {
            throw error
        } catch {
            try walkWithMap(block, root: root, maxDepth: maxDepth)
        }
    }

    private static func walkWithMap(_ block: BlockBytes, root: Int, maxDepth: Int) throws(BlockError) {
        let words = ClaimedRanges.words(for: block.count)
        try unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words) { map throws(BlockError) in
            unsafe map.initialize(repeating: 0)
            do throws(BlockWalk.Stop) {
                let claims = unsafe ClaimedRanges(map: map)
                var walk = BlockWalk(block: block, claims: claims, maxDepth: maxDepth)
                try walk.checkRoot(at: root)
            } catch .refused(let error) {
                throw error
            } catch {
                preconditionFailure("a map takes ranges in any order")
            }
        }
    }
}

extension PayloadBlock {
    /// Makes a block of foreign memory: it is copied first, then the copy is checked.
    ///
    /// - Parameters:
    ///   - bytes: The block, and perhaps more behind it. Somebody may change it meanwhile; aligned or not.
    ///   - limits: What the block may cost.
    /// - Throws: ``BlockError`` with what is wrong and where.
    @unsafe
    public init(validating bytes: UnsafeRawBufferPointer, limits: BlockLimits = BlockLimits()) throws(BlockError) {
        guard bytes.count >= MemoryLayout<hg_block>.size else {
            throw BlockError("\(bytes.count) bytes are too few for a block")
        }
        // The size is read once; what the copy's own header says is checked against the copy.
        let header = unsafe bytes.loadUnaligned(as: hg_block.self)
        try BlockValidator.check(header, available: bytes.count, limits: limits)
        let size = Int(header.size)
        guard let base = bytes.baseAddress, let memory = unsafe malloc(size) else {
            throw BlockError("no memory for a block of \(size) bytes")
        }
        unsafe memory.copyMemory(from: base, byteCount: size)
        do throws(BlockError) {
            try unsafe BlockValidator.validate(UnsafeRawBufferPointer(start: memory, count: size), limits: limits)
        } catch {
            unsafe free(memory)
            throw error
        }
        unsafe self.init(unsafeAdopting: memory.assumingMemoryBound(to: hg_block.self))
    }
}
