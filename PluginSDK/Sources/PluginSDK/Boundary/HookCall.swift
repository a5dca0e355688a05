import CHookgate
import Glibc
import PluginPayloads

/// A call of the runtime, in Swift's types.
///
/// Safe because a call is out of reach before it ends: the trampoline makes this value for as long as the hook runs,
/// a `HookContext` forgets it when the handler has returned, and an `AsyncCall` counts who still uses it.
///
/// `@unchecked Sendable`: the runtime's functions may be called from any thread, one at a time; a handler reaches them
/// through the lock of its context, and the trampoline only after the context has forgotten the call.
@safe
struct HookCall: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<hg_call>

    /// - Parameter pointer: A call that lasts until the hook has returned, or was completed.
    @unsafe
    init(_ pointer: UnsafeMutablePointer<hg_call>) {
        unsafe self.pointer = unsafe pointer
    }

    private var host: hg_host { unsafe pointer.pointee.host.pointee }

    /// A copy of the payload, which the runtime has checked.
    var payload: PayloadBlock { unsafe PayloadBlock(unsafeCopying: pointer.pointee.payload) }

    /// Which request it is; `nil` if the runtime says nothing that can be read.
    var identity: RequestIdentity? {
        guard let context = unsafe pointer.pointee.context else { return nil }
        return try? RequestIdentity(block: unsafe PayloadBlock(unsafeCopying: context))
    }

    var deadlineNanoseconds: UInt64 { unsafe pointer.pointee.deadline_ns }

    var isCancelled: Bool { unsafe host.cancelled(pointer) != 0 }

    /// The clock of the deadline.
    static func monotonicNanoseconds() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

// MARK: - State

extension HookCall {
    func state(_ key: String, in scope: StateScope) -> JSONValue? {
        var value: UnsafePointer<hg_block>?
        let status = unsafe withSlice(of: key) { key in
            unsafe host.state_get(pointer, scope.rawValue, key, &value)
        }
        guard status == HG_OK, let value = unsafe value else { return nil }
        return unsafe PayloadBlock(unsafeCopying: value).value
    }

    func setState(_ value: JSONValue?, of key: String, in scope: StateScope) {
        do {
            let block = try value.map { try PayloadBlock($0) }
            let status = unsafe withSlice(of: key) { key in
                unsafe host.state_set(pointer, scope.rawValue, key, block?.unsafeBlock)
            }
            extendLifetime(block)
            try Self.check(status, "state_set")
        } catch {
            log(.warning, "the value of \"\(key)\" was not kept: \(error)")
        }
    }

    func allState(in scope: StateScope) -> JSONObject? {
        var values: UnsafePointer<hg_block>?
        let status = unsafe host.state_all(pointer, scope.rawValue, &values)
        guard status == HG_OK, let values = unsafe values else { return nil }
        return unsafe PayloadBlock(unsafeCopying: values).root.object
    }

    private func log(_ level: PluginLog.Level, _ message: String) {
        unsafe withSlice(of: message) { message in unsafe host.log(pointer.pointee.host, level.code, message) }
    }
}

// MARK: - What a handler answered

extension HookCall {
    /// Replaces fields of the payload.
    func reply(_ fields: any HookReply) throws {
        // What replaces parts of the payload is mostly about as large.
        let size = unsafe Int(pointer.pointee.payload.pointee.size)
        let block = unsafe try build(capacity: size + size / 8 + 64) { fields.write(to: &$0) }
        try Self.check(unsafe host.reply(pointer, block), "reply")
    }

    /// Replaces fields of the payload by those of a block, which is copied.
    func reply(_ fields: PayloadBlock) throws(RuntimeRefusal) {
        let size = fields.size
        guard let memory = unsafe host.alloc(pointer, size) else {
            throw RuntimeRefusal(function: "alloc", status: hg_status(HG_E_MEMORY))
        }
        unsafe fields.withUnsafeBlock { block in unsafe memory.copyMemory(from: block, byteCount: size) }
        try Self.check(unsafe host.reply(pointer, memory.assumingMemoryBound(to: hg_block.self)), "reply")
    }

    func deny(_ violation: PluginViolation) throws {
        try Self.check(unsafe host.deny(pointer, build(violation.write)), "deny")
    }

    func report(_ violation: PluginViolation) throws {
        try Self.check(unsafe host.report(pointer, build(violation.write)), "report")
    }

    func setMetadata(_ value: JSONValue, of key: String) throws {
        let block = unsafe try build { $0.add(value) }
        let status = unsafe withSlice(of: key) { key in unsafe host.metadata(pointer, key, block) }
        try Self.check(status, "metadata")
    }

    func addHeaders(_ headers: [String: String]) throws {
        let block = unsafe try build { $0.add(JSONObject(headers)) }
        try Self.check(unsafe host.http_headers(pointer, block), "http_headers")
    }

    func retry(afterMilliseconds milliseconds: Int) throws(RuntimeRefusal) {
        try Self.check(unsafe host.retry_after(pointer, Int64(milliseconds)), "retry_after")
    }

    /// Says why the hook fails.
    func fail(_ message: String) {
        _ = unsafe withSlice(of: message) { message in unsafe host.fail(pointer, message) }
    }

    /// Builds a block in the call's arena, where it lives as long as the call.
    private func build(
        capacity: Int = 256,
        _ write: (inout BlockWriter) -> Void
    ) throws(BlockError) -> UnsafePointer<hg_block> {
        var writer = unsafe BlockWriter(inArenaOf: pointer, capacity: capacity)
        write(&writer)
        return unsafe try writer.finishInArena()
    }

    /// What comes late is dropped by the runtime, and no failure of the plugin.
    private static func check(_ status: hg_status, _ function: String) throws(RuntimeRefusal) {
        guard status == HG_OK || status == HG_E_LATE else { throw RuntimeRefusal(function: function, status: status) }
    }
}
