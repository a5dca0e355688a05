import NIOCore
import PluginPayloads

// The unsafe lines of this module: JSON is read from and printed into the server's buffers without a copy between.

extension PayloadBlock {
    /// Reads the JSON text of a buffer.
    init(json buffer: ByteBuffer, limits: JSONLimits) throws(JSONError) {
        // The buffer is not written while its bytes are lent.
        let result = unsafe buffer.withUnsafeReadableBytes { bytes in
            unsafe bytes.withMemoryRebound(to: UInt8.self) { bytes in
                Result { () throws(JSONError) in unsafe try PayloadBlock(json: bytes, limits: limits) }
            }
        }
        self = try result.get()
    }
}

extension ByteBuffer {
    /// The JSON text of a value.
    init(json value: BlockValue) {
        // The text is copied before it is taken back.
        self = unsafe value.withUnsafeJSON { text in unsafe ByteBuffer(bytes: text) }
    }
}
