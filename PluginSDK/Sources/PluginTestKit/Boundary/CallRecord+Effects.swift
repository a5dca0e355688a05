import CHookgate
import PluginPayloads
import Synchronization

extension CallRecord {
    /// Does what a hook asks for, unless the call is over.
    private func effect(_ name: String, _ body: (inout State) throws -> Void) -> hg_status {
        let (status, complaint) = state.withLock { state -> (Int, String?) in
            guard state.result == nil else { return (HG_E_STATE, "after the end of the call") }
            guard !state.isCancelled else { return (HG_E_LATE, nil) }
            do {
                try body(&state)
                return (HG_OK, nil)
            } catch let refusal as Refusal {
                return (refusal.status, refusal.reason)
            } catch {
                return (HG_E_ARGUMENT, String(describing: error))
            }
        }
        if let complaint { complain("\(name): \(complaint)") }
        return hg_status(status)
    }

    func reply(_ block: UnsafePointer<hg_block>?) -> hg_status {
        effect("reply") { state in
            guard hook.recorded.mayModify else { throw Refusal(HG_E_FORBIDDEN, "not declared by HG_MAY_MODIFY") }
            let block = unsafe try checked(block)
            guard unsafe state.arena.contains(block, size: Int(block.pointee.size)) else {
                throw Refusal(HG_E_ARGUMENT, "the block does not lie in memory of `alloc`")
            }
            guard let fields = unsafe try PayloadBlock(from: block).root.object else {
                throw Refusal(HG_E_TYPE, "the block is no object")
            }
            state.answer.modified = fields
        }
    }

    func deny(_ block: UnsafePointer<hg_block>?) -> hg_status {
        effect("deny") { state in
            guard hook.recorded.mayDeny else { throw Refusal(HG_E_FORBIDDEN, "not declared by HG_MAY_DENY") }
            state.answer.violation = try PluginViolation(block: unsafe PayloadBlock(from: try checked(block)).root)
            state.isDenied = true
        }
    }

    func report(_ block: UnsafePointer<hg_block>?) -> hg_status {
        effect("report") { state in
            state.answer.violation = try PluginViolation(block: unsafe PayloadBlock(from: try checked(block)).root)
        }
    }

    /// What a failure says counts when it comes late, too: whoever waits for a cancelled call wants to know it.
    func fail(_ message: String?) -> hg_status {
        let text = message ?? "the message is not UTF-8"
        state.withLock { $0.failure = text }
        return effect("fail") { _ in }
    }

    func metadata(_ key: String?, _ value: UnsafePointer<hg_block>?) -> hg_status {
        effect("metadata") { state in
            state.answer.metadata[try checked(key)] = unsafe try PayloadBlock(from: try checked(value)).value
        }
    }

    func retryAfter(_ milliseconds: Int64) -> hg_status {
        effect("retry_after") { state in
            guard milliseconds >= 0 else { throw Refusal(HG_E_ARGUMENT, "\(milliseconds) ms") }
            state.answer.retryDelayMilliseconds = max(state.answer.retryDelayMilliseconds, Int(milliseconds))
        }
    }

    func httpHeaders(_ block: UnsafePointer<hg_block>?) -> hg_status {
        effect("http_headers") { state in
            let headers = try HTTPHeaders(block: unsafe PayloadBlock(from: try checked(block)).root)
            for (name, value) in headers { state.answer.httpHeaders[name] = value }
        }
    }

    private func checked(_ block: UnsafePointer<hg_block>?) throws(Refusal) -> UnsafePointer<hg_block> {
        guard let block = unsafe block else { throw Refusal(HG_E_ARGUMENT, "the block is null") }
        return unsafe block
    }

    private func checked(_ key: String?) throws(Refusal) -> String {
        guard let key else { throw Refusal(HG_E_ARGUMENT, "the key is not UTF-8") }
        return key
    }
}

// MARK: - State

extension CallRecord {
    func stateGet(_ scope: Int32, _ key: String?, _ found: UnsafeMutablePointer<UnsafePointer<hg_block>?>?) -> hg_status
    {
        guard let scope = scopeOf(scope), let key, let found = unsafe found else {
            return hg_status(HG_E_ARGUMENT)
        }
        return state.withLock { state in
            guard state.result == nil else { return hg_status(HG_E_STATE) }
            guard let value = values(of: scope, state.writes)[key], let block = try? PayloadBlock(value) else {
                return hg_status(HG_E_MISSING)
            }
            state.lent.append(block)
            unsafe found.pointee = block.unsafeBlock
            return hg_status(HG_OK)
        }
    }

    func stateSet(_ scope: Int32, _ key: String?, _ value: UnsafePointer<hg_block>?) -> hg_status {
        effect("state_set") { state in
            guard let scope = scopeOf(scope) else { throw Refusal(HG_E_ARGUMENT, "no scope") }
            let value = unsafe try value.map { block in unsafe try PayloadBlock(from: block).value }
            state.writes.append(StateWrite(scope: scope, key: try checked(key), value: value))
        }
    }

    func stateAll(_ scope: Int32, _ found: UnsafeMutablePointer<UnsafePointer<hg_block>?>?) -> hg_status {
        guard let scope = scopeOf(scope), let found = unsafe found else { return hg_status(HG_E_ARGUMENT) }
        return state.withLock { state in
            guard state.result == nil else { return hg_status(HG_E_STATE) }
            guard let block = try? PayloadBlock(values(of: scope, state.writes)) else { return hg_status(HG_E_MEMORY) }
            state.lent.append(block)
            unsafe found.pointee = block.unsafeBlock
            return hg_status(HG_OK)
        }
    }

    /// The request's values, and over them what this hook has written.
    private func values(of scope: StateScope, _ writes: [StateWrite]) -> JSONObject {
        var values = request.values(of: scope)
        for write in writes where write.scope == scope { values[write.key] = write.value }
        return values
    }

    private func scopeOf(_ code: Int32) -> StateScope? {
        switch Int(code) {
        case HG_PLUGIN_STATE: .pluginState(instance.name)
        case HG_PLUGIN_METADATA: .pluginMetadata(instance.name)
        case HG_GLOBAL_STATE: .globalState
        case HG_GLOBAL_METADATA: .globalMetadata
        default: nil
        }
    }
}

/// Why the host refuses what a hook asks for.
private struct Refusal: Error {
    let status: Int
    let reason: String

    init(_ status: Int, _ reason: String) {
        self.status = status
        self.reason = reason
    }
}
