import CHookgate
import PluginPayloads

extension hg_slice {
    /// The text; `nil` if it is not UTF-8.
    ///
    /// The slice is the plugin's, and borrowed while its function runs.
    var text: String? {
        guard unsafe size == 0 || data != nil else { return nil }
        return unsafe String(validating: UnsafeBufferPointer(start: data, count: size), as: UTF8.self)
    }
}

extension PayloadBlock {
    /// A checked copy of a block that a plugin hands over.
    ///
    /// The memory is the plugin's, and borrowed while its function runs; it has to hold as many bytes as the block says.
    init(from block: UnsafePointer<hg_block>) throws(BlockError) {
        let bytes = unsafe UnsafeRawBufferPointer(start: block, count: Int(block.pointee.size))
        try unsafe self.init(validating: bytes)
    }
}
