import CHookgate
import Glibc

/// The memory of one block, freed with its last user.
///
/// `@unchecked Sendable`: the bytes are written before the storage is made and never after.
@safe
final class BlockStorage: @unchecked Sendable {
    /// The block; valid as long as this object, because only `deinit` frees it.
    let block: UnsafePointer<hg_block>

    /// Takes over memory from `malloc` that holds a whole, valid block.
    init(adopting block: UnsafePointer<hg_block>) {
        unsafe self.block = unsafe block
    }

    /// Copies a whole, valid block.
    init(copying block: UnsafePointer<hg_block>) {
        let size = unsafe Int(block.pointee.size)
        guard let memory = unsafe malloc(size) else { fatalError("no memory for a block of \(size) bytes") }
        unsafe memory.copyMemory(from: block, byteCount: size)
        unsafe self.block = unsafe UnsafePointer(memory.assumingMemoryBound(to: hg_block.self))
    }

    deinit {
        unsafe free(UnsafeMutableRawPointer(mutating: block))
    }
}
