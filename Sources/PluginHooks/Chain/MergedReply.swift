import PluginPayloads

/// A plugin's reply, filtered by the hook's policy and merged into the payload.
struct MergedReply {
    /// The payload for the next plugin.
    private(set) var payload: PayloadBlock
    /// What the hook's outcome shows; `nil` if the reply changes nothing.
    private(set) var result: PayloadBlock?
    /// Changed fields that the policy does not let plugins change.
    private(set) var droppedFields: [String] = []

    /// Merges a reply.
    ///
    /// - Parameters:
    ///   - reply: The reply.
    ///   - payload: What the plugin was given.
    ///   - earlier: What the hook's outcome shows of the plugins before.
    ///   - policy: What the reply means.
    /// - Throws: ``BlockError`` if the reply has another shape than the policy's, or the result does not fit.
    init(
        _ reply: PayloadBlock,
        into payload: PayloadBlock,
        after earlier: PayloadBlock?,
        policy: ReplyPolicy
    ) throws(BlockError) {
        guard reply.root.isObject else {
            throw BlockError("expected an object, found \(reply.root.typeDescription)")
        }
        self.payload = payload
        switch policy {
        case .fields, .anyField: try replaceFields(by: reply.root, policy)
        case .headers(let field): try setHeaders(by: reply, field, earlier)
        case .value, .decision: result = reply
        }
    }

    private mutating func replaceFields(by reply: BlockValue, _ policy: ReplyPolicy) throws(BlockError) {
        let old = FieldLookup(payload.root)
        var isEffective = false
        for index in 0..<reply.count {
            let field = reply.key(at: index)
            guard old[field] != reply[index] else { continue }
            if policy.allows(field) { isEffective = true } else { droppedFields.append(field) }
        }
        guard isEffective else { return }
        payload = try Self.merge(reply, into: payload.root, old, policy, capacity: payload.size)
        result = payload
    }

    /// Sets headers; those that the reply does not name stay, for no plugin takes one away.
    private mutating func setHeaders(
        by reply: PayloadBlock,
        _ field: String,
        _ earlier: PayloadBlock?
    ) throws(BlockError) {
        let new = try HTTPHeaders(block: reply.root)
        let old = FieldLookup(payload.root)[field].flatMap { try? HTTPHeaders(block: $0) } ?? [:]
        var writer = BlockWriter(capacity: payload.size + reply.size + 64)
        writer.beginObject()
        writer.key(field)
        old.setting(new).write(to: &writer)
        writer.end()
        try replaceFields(by: writer.finish().root, .anyField)
        guard result != nil else { return }
        result = reply
        guard let earlier else { return }
        var changes = BlockWriter(capacity: earlier.size + reply.size)
        try HTTPHeaders(block: earlier.root).setting(new).write(to: &changes)
        result = try changes.finish()
    }

    /// The payload with fields of the reply: first the payload's fields in their order, then new ones.
    private static func merge(
        _ reply: BlockValue,
        into payload: BlockValue,
        _ old: FieldLookup,
        _ policy: ReplyPolicy,
        capacity: Int
    ) throws(BlockError) -> PayloadBlock {
        let new = FieldLookup(reply)
        var writer = BlockWriter(capacity: capacity)
        func add(_ field: String, _ value: BlockValue?) {
            guard let value else { return }
            writer.key(field)
            writer.add(value)
        }
        writer.beginObject()
        for index in 0..<payload.count {
            let field = payload.key(at: index)
            add(field, policy.allows(field) ? new[field] ?? payload[index] : payload[index])
        }
        for index in 0..<reply.count {
            let field = reply.key(at: index)
            if policy.allows(field), old[field] == nil { add(field, reply[index]) }
        }
        writer.end()
        return try writer.finish()
    }
}

extension HTTPHeaders {
    /// These headers with others in their place or beside them.
    fileprivate func setting(_ others: HTTPHeaders) -> HTTPHeaders {
        var headers = self
        for (name, value) in others { headers[name] = value }
        return headers
    }
}
