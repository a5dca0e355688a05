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
        switch policy {
        case .fields, .anyField:
            try self.init(fields: reply, into: payload, policy: policy)
        case .headers(let field):
            isEffective = payload.root[field] != reply.root
            result = reply
            self.payload = isEffective ? try payload.replacing([field: reply.root]) : payload
        case .value:
            isEffective = true
            result = reply
            self.payload = payload
        }
    }

    private init(fields reply: PayloadBlock, into payload: PayloadBlock, policy: ReplyPolicy) throws(BlockError) {
        var changes: [String: BlockValue] = [:]
        for index in 0..<reply.root.count {
            let field = reply.root.key(at: index)
            guard policy.allows(field) else {
                droppedFields.append(field)
                continue
            }
            guard let value = reply.root[index], payload.root[field] != value else { continue }
            changes[field] = value
        }
        isEffective = !changes.isEmpty
        self.payload = isEffective ? try payload.replacing(changes) : payload
        result = self.payload
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
