package import PluginPayloads

/// What a plugin in a worker asks of the gateway: to run another hook for the request of one of its calls.
///
/// Its parts lie in an area of the second region: the hook's name, and the payload.
package struct AskFrame: Sendable {
    /// What stands in the question's header.
    package struct Header: BitwiseCopyable, Sendable {
        package var offset: UInt64
        /// The slot of the call, and its number there.
        package var slot: UInt32
        package var sequence: UInt32
        package var nameBytes: UInt32
        package var payloadBytes: UInt32
    }

    package let slot: Int
    package let sequence: UInt32
    package let hook: String
    package let payload: PayloadBlock

    /// The longest name of a hook.
    private static let maxNameBytes = 128

    package init(slot: Int, sequence: UInt32, hook: String, payload: PayloadBlock) {
        self.slot = slot
        self.sequence = sequence
        self.hook = hook
        self.payload = payload
    }

    /// Bytes that the frame needs in an area.
    package var size: Int { hook.utf8.count.rounded8 + payload.size }

    /// Writes the frame to an area of the second region that is the caller's.
    package func write(to memory: WorkerMemory, ask: Int, at offset: Int) {
        let name = Array(hook.utf8)
        memory.replies.write(name, at: offset)
        memory.replies.write(payload, at: offset + name.count.rounded8)
        let header = Header(
            offset: UInt64(offset),
            slot: UInt32(slot),
            sequence: sequence,
            nameBytes: UInt32(name.count),
            payloadBytes: UInt32(payload.size)
        )
        memory.replies.store(header, at: memory.askHeader(ask))
    }

    /// The call that a question is of, and where the question lies, as anybody may have written them.
    package static func origin(_ memory: WorkerMemory, ask: Int) -> (slot: Int, sequence: UInt32, offset: UInt64) {
        let header = memory.replies.load(Header.self, at: memory.askHeader(ask))
        return (Int(header.slot), header.sequence, header.offset)
    }

    /// Reads a frame that anybody may have written.
    package init(_ memory: WorkerMemory, ask: Int, limits: BlockLimits) throws(BlockError) {
        let header = memory.replies.load(Header.self, at: memory.askHeader(ask))
        guard header.slot < UInt32(RegionGeometry.slots), header.nameBytes > 0,
            header.nameBytes <= UInt32(Self.maxNameBytes)
        else { throw BlockError("slot \(header.slot) or a name of \(header.nameBytes) bytes cannot be") }
        let nameBytes = Int(header.nameBytes)
        let (count, isTooMany) = UInt32(nameBytes.rounded8).addingReportingOverflow(header.payloadBytes)
        guard !isTooMany, memory.geometry.contains(AreaRange(offset: header.offset, count: count)) else {
            throw BlockError("\(header.payloadBytes) bytes at \(header.offset) are not within the worker's areas")
        }
        let offset = Int(header.offset)
        guard let name = String(validating: memory.replies.bytes(at: offset, count: nameBytes), as: UTF8.self) else {
            throw BlockError("the hook's name is no UTF-8")
        }
        slot = Int(header.slot)
        sequence = header.sequence
        hook = name
        payload = try memory.replies.checkedBlock(
            at: offset + nameBytes.rounded8,
            count: Int(header.payloadBytes),
            limits: limits
        )
    }
}

/// The gateway's answer to a question: the outcome of the hook, and what the request remembers now.
package struct AnswerFrame: Sendable {
    /// What stands in the answer's header.
    package struct Header: BitwiseCopyable, Sendable {
        package var offset: UInt64
        package var outcomeBytes: UInt32
        package var stateBytes: UInt32
    }

    /// `nil` if the gateway did not run the hook, or its outcome does not fit.
    package let outcome: PayloadBlock?
    package let state: PayloadBlock?

    package init(outcome: PayloadBlock?, state: PayloadBlock?) {
        self.outcome = outcome
        self.state = state
    }

    /// Bytes that the frame needs in an area.
    package var size: Int { (outcome?.size.rounded8 ?? 0) + (state?.size.rounded8 ?? 0) }

    /// Writes the frame to an area of the first region that is the caller's.
    package func write(to memory: WorkerMemory, ask: Int, at offset: Int) {
        if let outcome { memory.requests.write(outcome, at: offset) }
        if let state { memory.requests.write(state, at: offset + (outcome?.size.rounded8 ?? 0)) }
        let header = Header(
            offset: UInt64(offset),
            outcomeBytes: UInt32(outcome?.size ?? 0),
            stateBytes: UInt32(state?.size ?? 0)
        )
        memory.requests.store(header, at: memory.askHeader(ask))
    }

    /// Where the gateway has written the answer to a question.
    package static func offset(_ memory: WorkerMemory, ask: Int) -> Int {
        Int(memory.requests.load(Header.self, at: memory.askHeader(ask)).offset)
    }

    /// Reads a frame that the gateway has written.
    package init(_ memory: WorkerMemory, ask: Int) {
        let header = memory.requests.load(Header.self, at: memory.askHeader(ask))
        let offset = Int(header.offset)
        let outcomeBytes = Int(header.outcomeBytes)
        outcome = outcomeBytes == 0 ? nil : memory.requests.block(at: offset, count: outcomeBytes)
        state =
            header.stateBytes == 0
            ? nil : memory.requests.block(at: offset + outcomeBytes.rounded8, count: Int(header.stateBytes))
    }
}
