import PluginPayloads

/// How large a payload may be, before and after every plugin.
package struct PayloadLimits: Sendable, Hashable {
    package var maxBlockBytes: Int
    /// Unicode scalars of all texts, keys not counted.
    package var maxCharacters: Int

    package init(maxBlockBytes: Int = 16 << 20, maxCharacters: Int = 1_000_000) {
        self.maxBlockBytes = maxBlockBytes
        self.maxCharacters = maxCharacters
    }

    /// Says what is too large, if anything is.
    func problem(with payload: PayloadBlock) -> String? {
        if payload.size > maxBlockBytes {
            return "Payload of \(payload.size) bytes exceeds limit of \(maxBlockBytes) bytes (max_block_bytes)"
        }
        // Every scalar takes at least one byte of the block, so most payloads need no counting.
        guard payload.size > maxCharacters else { return nil }
        let characters = Self.characters(in: payload.root)
        guard characters > maxCharacters else { return nil }
        return "Payload size \(characters) exceeds limit of \(maxCharacters) characters (max_payload_characters)"
    }

    private static func characters(in value: BlockValue) -> Int {
        if let text = value.string { return text.unicodeScalars.count }
        return (0..<value.count).reduce(0) { sum, index in sum + (value[index].map(characters) ?? 0) }
    }
}
