import PluginPayloads

/// A plugin's reply, filtered by the hook's policy and merged into the payload.
struct MergedReply {
    /// The payload for the next plugin.
    var payload: PayloadBlock
    /// What the hook's outcome shows.
    var result: PayloadBlock
    /// Whether the reply changes anything.
    var isEffective: Bool
    /// Fields that the policy does not let plugins change.
    var droppedFields: [String] = []

    init(_ reply: PayloadBlock, into payload: PayloadBlock, policy: ReplyPolicy) throws(BlockError) {
        var changes: [String: BlockValue] = [:]
        switch policy {
        case .fields, .anyField:
            (changes, droppedFields) = Self.changes(in: reply, to: payload, policy: policy)
            isEffective = !changes.isEmpty
        case .headers(let field):
            isEffective = payload.root[field] != reply.root
            if isEffective { changes = [field: reply.root] }
        case .value:
            isEffective = true
        }
        self.payload = changes.isEmpty ? payload : try payload.replacing(changes)
        switch policy {
        case .fields, .anyField: result = self.payload
        case .headers, .value: result = reply
        }
    }

    private static func changes(
        in reply: PayloadBlock,
        to payload: PayloadBlock,
        policy: ReplyPolicy
    ) -> (changes: [String: BlockValue], dropped: [String]) {
        var changes: [String: BlockValue] = [:]
        var dropped: [String] = []
        for index in 0..<reply.root.count {
            let field = reply.root.key(at: index)
            guard policy.allows(field) else {
                dropped.append(field)
                continue
            }
            guard let value = reply.root[index], payload.root[field] != value else { continue }
            changes[field] = value
        }
        return (changes, dropped)
    }
}

extension PayloadBlock {
    /// The object with some of its fields replaced; new ones come last, by name.
    fileprivate func replacing(_ changes: [String: BlockValue]) throws(BlockError) -> PayloadBlock {
        var writer = BlockWriter(capacity: size + 64)
        writer.beginObject()
        var remaining = changes
        for index in 0..<root.count {
            let field = root.key(at: index)
            writer.key(field)
            if let value = remaining.removeValue(forKey: field) ?? root[index] { writer.add(value) }
        }
        for (field, value) in remaining.sorted(by: { $0.key < $1.key }) {
            writer.key(field)
            writer.add(value)
        }
        writer.end()
        return try writer.finish()
    }
}
