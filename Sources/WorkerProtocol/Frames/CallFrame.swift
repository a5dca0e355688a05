package import PluginPayloads

/// A call as it travels to a worker.
///
/// Its parts lie one behind the other in an area of the first region: the payload, what the request is about, and what the
/// request's hooks remember, if they do.
package struct CallFrame: Sendable {
    /// What stands in the slot's header.
    package struct Header: BitwiseCopyable, Sendable {
        package var offset: UInt64
        package var deadline: UInt64
        /// The hook's place in the plugin's registration.
        package var hook: UInt32
        package var payloadBytes: UInt32
        package var contextBytes: UInt32
        package var stateBytes: UInt32
        package var depth: UInt32
    }

    package let hook: Int
    /// When the call has to be done, in nanoseconds of the monotonic clock, which all processes share.
    package let deadline: UInt64
    package let payload: PayloadBlock
    package let context: PayloadBlock
    package let state: PayloadBlock?
    /// How many hooks have invoked one another to get to this call.
    package let depth: Int

    package init(
        hook: Int,
        deadline: UInt64,
        payload: PayloadBlock,
        context: PayloadBlock,
        state: PayloadBlock?,
        depth: Int = 0
    ) {
        self.hook = hook
        self.deadline = deadline
        self.payload = payload
        self.context = context
        self.state = state
        self.depth = depth
    }

    /// Bytes that the frame needs in an area.
    package var size: Int { payload.size.rounded8 + context.size.rounded8 + (state?.size.rounded8 ?? 0) }

    /// Writes the frame.
    ///
    /// - Parameters:
    ///   - memory: The worker's memory.
    ///   - slot: A slot that is the caller's.
    ///   - offset: An area of the first region that is the caller's, with room for the frame.
    package func write(to memory: WorkerMemory, slot: Int, at offset: Int) {
        memory.requests.write(payload, at: offset)
        memory.requests.write(context, at: offset + payload.size.rounded8)
        if let state { memory.requests.write(state, at: offset + payload.size.rounded8 + context.size.rounded8) }
        let header = Header(
            offset: UInt64(offset),
            deadline: deadline,
            hook: UInt32(hook),
            payloadBytes: UInt32(payload.size),
            contextBytes: UInt32(context.size),
            stateBytes: UInt32(state?.size ?? 0),
            depth: UInt32(depth)
        )
        memory.requests.store(header, at: memory.callHeader(slot))
    }

    /// Where the gateway has written the frame of a slot.
    package static func offset(_ memory: WorkerMemory, slot: Int) -> Int {
        Int(memory.requests.load(Header.self, at: memory.callHeader(slot)).offset)
    }

    /// Reads a frame that the gateway has written.
    package init(_ memory: WorkerMemory, slot: Int) {
        let header = memory.requests.load(Header.self, at: memory.callHeader(slot))
        let offset = Int(header.offset)
        let payloadBytes = Int(header.payloadBytes)
        let contextBytes = Int(header.contextBytes)
        hook = Int(header.hook)
        deadline = header.deadline
        depth = Int(header.depth)
        payload = memory.requests.block(at: offset, count: payloadBytes)
        context = memory.requests.block(at: offset + payloadBytes.rounded8, count: contextBytes)
        let stateOffset = offset + payloadBytes.rounded8 + contextBytes.rounded8
        state =
            header.stateBytes == 0
            ? nil : memory.requests.block(at: stateOffset, count: Int(header.stateBytes))
    }
}
