import CHookgate
import Glibc

/// Where a block's memory is, and whether it was taken over.
@unsafe
struct BlockMemory {
    let block: UnsafePointer<hg_block>
    let isAdopted: Bool
}

/// The memory of one block, freed with its last user: behind the object for a copy, which is one allocation so, or
/// memory from `malloc` that was taken over.
///
/// The bytes are written before the storage is shared and never after, so those who hold it may be `Sendable`.
@safe
final class BlockStorage: ManagedBuffer<BlockMemory, UInt64> {
    /// Takes over memory from `malloc` that holds a whole, valid block.
    static func adopting(_ block: UnsafePointer<hg_block>) -> BlockStorage {
        unsafe make(words: 0) { _ in unsafe BlockMemory(block: block, isAdopted: true) }
    }

    /// Copies a whole, valid block.
    static func copying(_ block: UnsafePointer<hg_block>) -> BlockStorage {
        let size = unsafe Int(block.pointee.size)
        return unsafe make(words: (size + 7) / 8) { buffer in
            // The elements have room for the block, and stay where they are as long as the object.
            unsafe buffer.withUnsafeMutablePointerToElements { elements in
                let memory = UnsafeMutableRawPointer(elements)
                unsafe memory.copyMemory(from: block, byteCount: size)
                return unsafe BlockMemory(
                    block: UnsafePointer(memory.assumingMemoryBound(to: hg_block.self)),
                    isAdopted: false
                )
            }
        }
    }

    private static func make(
        words: Int,
        _ header: (ManagedBuffer<BlockMemory, UInt64>) -> BlockMemory
    ) -> BlockStorage {
        let buffer = unsafe BlockStorage.create(minimumCapacity: words, makingHeaderWith: header)
        return unsafe unsafeDowncast(buffer, to: BlockStorage.self)  // `create` makes an object of this class
    }

    /// The block; valid as long as this object.
    var block: UnsafePointer<hg_block> { unsafe header.block }

    deinit {
        if unsafe header.isAdopted { unsafe free(UnsafeMutableRawPointer(mutating: header.block)) }
    }
}
