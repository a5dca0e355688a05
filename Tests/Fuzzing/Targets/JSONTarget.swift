import PluginPayloads

extension FuzzTarget {
    private static let limits = JSONLimits(maxBytes: 4_096, maxDepth: 12, maxNodes: 400)

    /// JSON from anybody: what is read obeys the limits, and survives being printed and read again.
    package static let json = FuzzTarget("json") { input in
        let block: PayloadBlock
        do throws(JSONError) { block = try PayloadBlock(json: input, limits: limits) } catch {
            try demand((0...input.count).contains(error.offset), "an error lies within the text: \(error.offset)")
            try demand(error.line >= 1 && error.column >= 1 && !error.message.isEmpty, "an error says what and where")
            return .refused
        }
        let (depth, nodes) = (block.root.depth, block.root.nodes)
        try demand(input.count <= limits.maxBytes, "a text beyond the limit is refused")
        try demand(depth <= limits.maxDepth, "depth \(depth) is beyond the limit")
        try demand(nodes <= limits.maxNodes, "\(nodes) nodes are beyond the limit")
        try demandExact(
            JSONLimits(maxBytes: input.count, maxDepth: max(depth, 1), maxNodes: nodes),
            input,
            depth: depth
        )
        try block.root.demandReadable()
        try demandValid(block)

        let text = block.jsonBytes
        let again = try demandValue("what was printed can be read") { try PayloadBlock(json: text) }
        try demand(again == block, "what was printed and read is the same")
        try demand(again.jsonBytes == text, "it prints the same")
        try demand(try PayloadBlock(block.value) == block, "a decoded value makes the same block")
        return .accepted
    }

    /// At a limit a text is read, one beyond it is refused.
    private static func demandExact(_ exact: JSONLimits, _ input: [UInt8], depth: Int) throws {
        func isRead(_ limits: JSONLimits) -> Bool { (try? PayloadBlock(json: input, limits: limits)) != nil }
        try demand(isRead(exact), "exactly at the limits a text is read")
        var fewer = [exact, exact, exact]
        fewer[0].maxBytes -= 1
        fewer[1].maxNodes -= 1
        fewer[2].maxDepth -= 1
        try demand(!isRead(fewer[0]), "one byte beyond the limit is refused")
        try demand(!isRead(fewer[1]), "one value beyond the limit is refused")
        if depth > 1 { try demand(!isRead(fewer[2]), "one level beyond the limit is refused") }
    }

    /// What the gateway writes, its own validator accepts.
    private static func demandValid(_ block: PayloadBlock) throws {
        let copy = unsafe block.withUnsafeBlock { memory in
            // The block is as long as it says.
            let bytes = unsafe UnsafeRawBufferPointer(start: memory, count: block.size)
            return Result { () throws(BlockError) in unsafe try PayloadBlock(validating: bytes) }
        }
        let valid = try demandValue("the validator accepts the gateway's own block") { try copy.get() }
        try demand(valid == block, "a copy is the same")
    }
}
