import PluginHooks
package import PluginPayloads

/// What a hook asked for besides its reply, as it travels: an object that has only the keys that are needed.
extension HookEffects {
    /// Whether anything is there besides the reply.
    var isMoreThanReply: Bool {
        denial != nil || report != nil || !metadata.isEmpty || !stateWrites.isEmpty || retryDelayMilliseconds != 0
            || !httpHeaders.isEmpty
    }

    /// Writes the keys of the effects.
    func write(to writer: inout BlockWriter) {
        for (name, violation) in [("denial", denial), ("report", report)] {
            guard let violation else { continue }
            writer.key(name)
            violation.write(to: &writer)
        }
        for (name, object) in [("metadata", metadata), ("http_headers", httpHeaders)] where !object.isEmpty {
            writer.key(name)
            writer.add(object)
        }
        if retryDelayMilliseconds != 0 {
            writer.key("retry_delay_ms")
            writer.add(Int64(retryDelayMilliseconds))
        }
        guard !stateWrites.isEmpty else { return }
        writer.key("state")
        writer.beginArray()
        for write in stateWrites { write.write(to: &writer) }
        writer.end()
    }

    /// Reads effects that anybody may have written; `nil` if there are none.
    static func read(_ reply: PayloadBlock?, _ value: BlockValue?) throws(BlockError) -> HookEffects? {
        guard reply != nil || value != nil else { return nil }
        let effects = HookEffects()
        effects.reply = reply
        guard let value else { return effects }
        effects.denial = try value["denial"].map { (value) throws(BlockError) in try PluginViolation(block: value) }
        effects.report = try value["report"].map { (value) throws(BlockError) in try PluginViolation(block: value) }
        effects.metadata = try value.object("metadata") ?? [:]
        effects.httpHeaders = try value.object("http_headers") ?? [:]
        guard effects.httpHeaders.allSatisfy({ $0.value.string != nil }) else {
            throw BlockError("the headers are no object of texts")
        }
        if let delay = value["retry_delay_ms"] {
            guard let milliseconds = delay.int64, milliseconds >= 0 else {
                throw BlockError("retry_delay_ms is no whole number of milliseconds")
            }
            effects.retryDelayMilliseconds = Int(milliseconds)
        }
        if let state = value["state"] {
            guard state.isArray else { throw BlockError("the state is no list") }
            for index in 0..<state.count { effects.stateWrites.append(try StateWrite(state[index])) }
        }
        return effects
    }
}

extension StateWrite {
    /// A list of scope, key and value; without a value the key is removed.
    fileprivate func write(to writer: inout BlockWriter) {
        writer.beginArray()
        writer.add(Int64(RequestState.Scope.allCases.firstIndex(of: scope) ?? 0))
        writer.add(key)
        if let value { writer.add(value.root) }
        writer.end()
    }

    fileprivate init(_ value: BlockValue?) throws(BlockError) {
        let scopes = RequestState.Scope.allCases
        guard let value, value.isArray, (2...3).contains(value.count), let number = value[0]?.int64,
            scopes.indices.contains(Int(clamping: number)), let key = value[1]?.string
        else { throw BlockError("a state is no list of scope, key and value") }
        self.init(
            scope: scopes[Int(number)],
            key: key,
            value: try value[2].map { (value) throws(BlockError) in try PayloadBlock(copying: value) }
        )
    }
}

extension PayloadBlock {
    /// A part of a block that a plugin may have written.
    fileprivate init(copying value: BlockValue) throws(BlockError) {
        var writer = BlockWriter()
        writer.add(value)
        self = try writer.finish()
    }
}

extension BlockValue {
    fileprivate func object(_ key: String) throws(BlockError) -> JSONObject? {
        guard let value = self[key] else { return nil }
        guard let object = value.object else { throw BlockError("\(key) is no object") }
        return object
    }

    /// Keys and values of an object.
    package var entries: [(key: String, value: BlockValue)] {
        (0..<(isObject ? count : 0)).compactMap { index in self[index].map { (key(at: index), $0) } }
    }
}
