import PluginPayloads

extension FuzzTarget {
    /// Memory from a plugin: what the validator accepts can be read to its last node, copied, printed and read again.
    package static let block = FuzzTarget("block") { input in
        let block: PayloadBlock
        do throws(BlockError) {
            // The array outlives the call, which copies what it keeps.
            let result = unsafe input.withUnsafeBytes { bytes in
                Result { () throws(BlockError) in unsafe try PayloadBlock(validating: bytes) }
            }
            block = try result.get()
        } catch {
            try demand(!error.description.isEmpty, "a refusal says why")
            return .refused
        }
        try demand(block.size <= input.count, "a block is no larger than what it was made of")
        try block.root.demandReadable()
        try demand(block.root.block == block, "a block that is written anew is the same")
        let text = block.jsonBytes
        try demand(block.value.description.utf8.elementsEqual(text), "a value prints as its block does")
        let again = try demandValue("what a block prints can be read") { try PayloadBlock(json: text) }
        try demand(again.jsonBytes == text, "what was printed and read prints the same")
        return .accepted
    }
}

extension BlockValue {
    /// Reads everything below through all accessors.
    func demandReadable() throws {
        let kinds = [isNull, bool != nil, isArray, isObject, string != nil]
        try demand(kinds.count { $0 } <= 1, "a value has one type")
        _ = (int64, double, numberText, typeDescription)
        guard isArray || isObject else { return }
        for index in 0..<count {
            guard let element = self[index] else { throw BrokenInvariant("an element is missing") }
            try element.demandReadable()
            if isObject { try demand(self[key(at: index)] == element, "a key finds its value: \(key(at: index))") }
        }
        try demand(self[count] == nil, "behind the last element there is none")
    }

    /// Containers within one another.
    var depth: Int { isArray || isObject ? 1 + ((0..<count).map { self[$0]?.depth ?? 0 }.max() ?? 0) : 0 }

    /// Values, each key counted as one.
    var nodes: Int { (0..<count).reduce(1) { $0 + (isObject ? 1 : 0) + (self[$1]?.nodes ?? 0) } }
}
