package import PluginPayloads

extension PayloadBlock {
    /// Writes a payload or an answer.
    ///
    /// - Throws: ``GatewayError`` if it does not fit into a block.
    package static func payload(
        capacity: Int = 1_024,
        _ write: (inout BlockWriter) -> Void
    ) throws(GatewayError) -> PayloadBlock {
        var writer = BlockWriter(capacity: capacity)
        write(&writer)
        do throws(BlockError) { return try writer.finish() } catch { throw .tooLarge("\(error)") }
    }
}

extension BlockWriter {
    /// Adds a text of an object, or `null`.
    package mutating func add(_ key: String, _ text: String?) {
        self.key(key)
        if let text { add(text) } else { addNull() }
    }

    /// Adds a value of an object.
    package mutating func add(_ key: String, _ value: BlockValue) {
        self.key(key)
        add(value)
    }

    /// Adds headers as an object of texts.
    package mutating func add(_ key: String, _ headers: HTTPHeaders) {
        self.key(key)
        headers.write(to: &self)
    }
}
