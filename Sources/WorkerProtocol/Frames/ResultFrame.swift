package import PluginHooks
import PluginLoader
package import PluginPayloads

/// The result of a call as it travels back: how the hook ended, its reply, and all else that it asked for.
package struct ResultFrame: Sendable {
    /// What stands in the slot's header.
    package struct Header: BitwiseCopyable, Sendable {
        package var offset: UInt64
        package var status: UInt32
        package var replyBytes: UInt32
        package var effectsBytes: UInt32

        package init(offset: UInt64, status: UInt32, replyBytes: UInt32, effectsBytes: UInt32) {
            self.offset = offset
            self.status = status
            self.replyBytes = replyBytes
            self.effectsBytes = effectsBytes
        }
    }

    private static let completed: UInt32 = 0
    private static let failed: UInt32 = 1
    /// Longer messages of failures are cut.
    private static let maxMessage = 4096

    package let response: HookResponse
    /// What the plugin has counted since the last result.
    package let counts: [String: Int64]

    package init(_ response: HookResponse, counts: [String: Int64] = [:]) {
        self.response = response
        self.counts = counts
    }

    // MARK: The worker's side

    /// The parts of a result, to be written to an area.
    package struct Parts: Sendable {
        fileprivate let status: UInt32
        fileprivate let reply: PayloadBlock?
        fileprivate let effects: PayloadBlock?

        /// Bytes that they need.
        package var size: Int { (reply?.size.rounded8 ?? 0) + (effects?.size ?? 0) }

        /// Writes the parts.
        ///
        /// - Parameters:
        ///   - memory: The worker's memory.
        ///   - slot: The slot of the call.
        ///   - offset: An area of the second region that is the caller's, with room for the parts.
        package func write(to memory: WorkerMemory, slot: Int, at offset: Int) {
            if let reply { memory.replies.write(reply, at: offset) }
            if let effects { memory.replies.write(effects, at: offset + (reply?.size.rounded8 ?? 0)) }
            let header = Header(
                offset: UInt64(offset),
                status: status,
                replyBytes: UInt32(reply?.size ?? 0),
                effectsBytes: UInt32(effects?.size ?? 0)
            )
            memory.replies.store(header, at: memory.resultHeader(slot))
        }
    }

    /// Packs the result.
    package func parts() throws(BlockError) -> Parts {
        switch response {
        case .completed(nil) where counts.isEmpty: Parts(status: Self.completed, reply: nil, effects: nil)
        case .completed(let effects):
            Parts(status: Self.completed, reply: effects?.reply, effects: try pack(effects))
        case .failed(let code, let message):
            Parts(status: Self.failed, reply: nil, effects: try pack(code, message))
        }
    }

    private func pack(_ effects: HookEffects?) throws(BlockError) -> PayloadBlock? {
        guard effects?.isMoreThanReply == true || !counts.isEmpty else { return nil }
        var writer = BlockWriter()
        writer.beginObject()
        effects?.write(to: &writer)
        writeCounts(to: &writer)
        writer.end()
        return try writer.finish()
    }

    private func pack(_ code: PluginError.Code, _ message: String) throws(BlockError) -> PayloadBlock {
        var writer = BlockWriter()
        writer.beginObject()
        writer.key("code")
        writer.add(code.description)
        writer.key("message")
        writer.add(message)
        writeCounts(to: &writer)
        writer.end()
        return try writer.finish()
    }

    private func writeCounts(to writer: inout BlockWriter) {
        guard !counts.isEmpty else { return }
        writer.key("counts")
        writer.beginObject()
        for (name, amount) in counts {
            writer.key(name)
            writer.add(amount)
        }
        writer.end()
    }

    // MARK: The gateway's side

    /// Reads a result that anybody may have written.
    ///
    /// - Parameters:
    ///   - memory: The worker's memory.
    ///   - slot: The slot of the call.
    ///   - limits: How large blocks may be.
    /// - Throws: What is wrong with it.
    package init(_ memory: WorkerMemory, slot: Int, limits: BlockLimits) throws(BlockError) {
        // Read once: what follows is about this copy, whatever the worker does to its memory meanwhile.
        let header = memory.replies.load(Header.self, at: memory.resultHeader(slot))
        let (reply, effects) = try header.blocks(in: memory, limits: limits)
        counts = try effects?.root["counts"].map { (value) throws(BlockError) in try Self.counts(value) } ?? [:]
        switch header.status {
        case Self.completed:
            guard reply?.root.isObject != false else {
                throw BlockError("the reply is no object of the fields to replace")
            }
            response = .completed(try HookEffects.read(reply, effects?.root))
        case Self.failed:
            guard let code = effects?.root["code"]?.string, let message = effects?.root["message"]?.string else {
                throw BlockError("a failure without code or message")
            }
            response = .failed(PluginError.Code(ofWorker: code), message: message.prefix(bytes: Self.maxMessage))
        default:
            throw BlockError("the status is \(header.status), known are 0 and 1")
        }
    }

    private static func counts(_ value: BlockValue) throws(BlockError) -> [String: Int64] {
        guard value.isObject, value.count <= 1024 else { throw BlockError("counts are no object, or too many") }
        var counts: [String: Int64] = [:]
        for (name, value) in value.entries {
            guard name.utf8.count <= CounterLimits.nameBytes else {
                let size = name.utf8.count
                throw BlockError("the name of a count has \(size) bytes, \(CounterLimits.nameBytes) are allowed")
            }
            guard let amount = value.int64 else {
                throw BlockError("the count of \(name.debugDescription) is no integer")
            }
            counts[name] = amount
        }
        return counts
    }
}

extension ResultFrame.Header {
    /// Copies the blocks that the header names, and checks the copies.
    fileprivate func blocks(
        in memory: WorkerMemory,
        limits: BlockLimits
    ) throws(BlockError) -> (reply: PayloadBlock?, effects: PayloadBlock?) {
        if replyBytes == 0, effectsBytes == 0 { return (nil, nil) }
        let (count, isTooMany) = UInt32(clamping: Int(replyBytes).rounded8).addingReportingOverflow(effectsBytes)
        guard !isTooMany, memory.geometry.contains(AreaRange(offset: offset, count: count)) else {
            throw BlockError("\(replyBytes) and \(effectsBytes) bytes at \(offset) are not within the worker's areas")
        }
        let start = Int(offset)
        let reply =
            replyBytes == 0
            ? nil : try memory.replies.checkedBlock(at: start, count: Int(replyBytes), limits: limits)
        let effects =
            effectsBytes == 0
            ? nil
            : try memory.replies.checkedBlock(
                at: start + Int(replyBytes).rounded8,
                count: Int(effectsBytes),
                limits: limits
            )
        guard effects?.root.isObject != false else { throw BlockError("the effects are no object") }
        return (reply, effects)
    }
}

extension PluginError.Code {
    /// The code that a worker names; what the gateway alone can know, and its breakers do not count, is not for it to say.
    fileprivate init(ofWorker name: String) {
        let known: [PluginError.Code] = [.badReply, .timeout]
        self = known.first { $0.description == name } ?? .failed
    }
}
