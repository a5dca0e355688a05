import CHookgate
import Glibc
import PluginPayloads

/// A copy of a block's memory.
func memory(of block: PayloadBlock) -> [UInt8] {
    unsafe block.withUnsafeBlock { pointer in
        unsafe Array(UnsafeRawBufferPointer(start: pointer, count: block.size))
    }
}

/// Why bytes are no block, checked as a copy; `nil` if they are one.
func refusal(of bytes: [UInt8], limits: BlockLimits = BlockLimits()) -> BlockError? {
    do throws(BlockError) {
        _ = try checkedCopy(of: bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}

/// The block that bytes are.
func checkedCopy(of bytes: [UInt8], limits: BlockLimits = BlockLimits()) throws(BlockError) -> PayloadBlock {
    let result: Result<PayloadBlock, BlockError> = unsafe bytes.withUnsafeBytes { buffer in
        do throws(BlockError) {
            return .success(try unsafe PayloadBlock(validating: buffer, limits: limits))
        } catch {
            return .failure(error)
        }
    }
    return try result.get()
}

/// Why bytes are no block, checked in place; `nil` if they are one.
///
/// The memory has just the size of the bytes, so that a sanitizer sees every read behind it.
func refusalInPlace(of bytes: [UInt8], limits: BlockLimits = BlockLimits(), shift: Int = 0) -> BlockError? {
    guard let memory = unsafe malloc(bytes.count + shift) else { fatalError("no memory") }
    defer { unsafe free(memory) }
    let buffer = unsafe UnsafeMutableRawBufferPointer(start: memory + shift, count: bytes.count)
    unsafe buffer.copyBytes(from: bytes)
    do throws(BlockError) {
        try unsafe BlockValidator.validate(UnsafeRawBufferPointer(buffer), limits: limits)
        return nil
    } catch {
        return error
    }
}
