import CHookgate
import PluginPayloads

/// A copy of a block's memory.
func memory(of block: PayloadBlock) -> [UInt8] {
    unsafe block.withUnsafeBlock { pointer in
        unsafe Array(UnsafeRawBufferPointer(start: pointer, count: block.size))
    }
}
