import PluginPayloads
import CHookgate
extension PayloadBlock { init(validating b: UnsafeRawBufferPointer) throws(BlockError) { unsafe self.init(unsafeCopying: b.baseAddress!.assumingMemoryBound(to: hg_block.self)) } }
