import PluginHooks
import PluginPayloads
import WorkerProtocol

extension FuzzTarget {
    /// What a worker and the gateway say to each other: it is refused, or says the same when it is written anew.
    ///
    /// The first byte says what an input is. For a result and a question the next 24 bytes are the header as it stands in
    /// the region that the worker writes, and the rest lies in that region from where the header says, as far as there is
    /// room. Messages and the launch are JSON.
    package static let frame = FuzzTarget("frame") { input in
        guard let kind = input.first else { return .refused }
        let rest = Array(input.dropFirst())
        switch kind {
        case UInt8(ascii: "R"): return try demandResult(rest)
        case UInt8(ascii: "Q"): return try demandQuestion(rest)
        case UInt8(ascii: "W"): return try demandSame(rest, { WorkerMessage($0) }, \.object)
        case UInt8(ascii: "G"): return try demandSame(rest, { GatewayMessage($0) }, \.object)
        case UInt8(ascii: "L"): return try demandSame(rest, { WorkerLaunch($0) }, \.object)
        default: return .refused
        }
    }

    private static let limits = BlockLimits(maxBytes: 4_096)
    private static let headerBytes = 24
    /// The slot, or the question, that the hostile bytes are for.
    private static let place = 3

    /// The memory of a worker of its own.
    private static func memory() throws -> WorkerMemory {
        let geometry = RegionGeometry(maxBlockBytes: limits.maxBytes)
        func region() throws -> SharedMemory {
            let file = try SharedFile("fuzz", size: geometry.regionBytes)
            return try SharedMemory(mapping: file.descriptor, size: file.size, isWritable: true)
        }
        return WorkerMemory(geometry, requests: try region(), replies: try region())
    }

    /// Memory in which a worker has written what it likes.
    private static func memory(_ bytes: [UInt8], headerAt place: (WorkerMemory) -> Int) throws -> WorkerMemory {
        let memory = try memory()
        let header = place(memory)
        memory.replies.write(Array(bytes.prefix(headerBytes)), at: header)
        let (start, end) = (memory.replies.load(UInt64.self, at: header), UInt64(memory.replies.size))
        guard start < end else { return memory }
        memory.replies.write(Array(bytes.dropFirst(headerBytes).prefix(Int(end - start))), at: Int(start))
        return memory
    }

    // MARK: Results

    private static func demandResult(_ bytes: [UInt8]) throws -> Verdict {
        let memory = try memory(bytes, headerAt: { $0.resultHeader(place) })
        let frame: ResultFrame
        do throws(BlockError) { frame = try ResultFrame(memory, slot: place, limits: limits) } catch {
            try demand(!error.description.isEmpty, "a refusal says why")
            return .refused
        }
        let other = try self.memory()
        let parts = try demandValue("a result can be packed again") { try frame.parts() }
        try demand(parts.size <= RegionGeometry.areaBytes, "a result of so few bytes fits into an area")
        parts.write(to: other, slot: place, at: RegionGeometry.slotArea(place))
        let again = try demandValue("a result that is written anew can be read") {
            try ResultFrame(other, slot: place, limits: BlockLimits())
        }
        try demand(again.described == frame.described, "a result that is written anew is the same")
        return .accepted
    }

    // MARK: Questions

    private static func demandQuestion(_ bytes: [UInt8]) throws -> Verdict {
        let memory = try memory(bytes, headerAt: { $0.askHeader(place) })
        let frame: AskFrame
        do throws(BlockError) { frame = try AskFrame(memory, ask: place, limits: limits) } catch {
            try demand(!error.description.isEmpty, "a refusal says why")
            return .refused
        }
        try demand((0..<RegionGeometry.slots).contains(frame.slot), "a question is of a slot that there is")
        try frame.payload.root.demandReadable()
        let other = try self.memory()
        try demand(frame.size <= RegionGeometry.areaBytes, "a question of so few bytes fits into an area")
        frame.write(to: other, ask: place, at: RegionGeometry.askArea(place))
        let again = try demandValue("a question that is written anew can be read") {
            try AskFrame(other, ask: place, limits: BlockLimits())
        }
        try demand(
            (again.slot, again.sequence, again.hook) == (frame.slot, frame.sequence, frame.hook)
                && again.payload == frame.payload,
            "a question that is written anew is the same"
        )
        return .accepted
    }

    // MARK: Messages

    /// Reads a message as the two sides do.
    private static func demandSame<Message: Equatable>(
        _ bytes: [UInt8],
        _ read: (JSONValue) -> Message?,
        _ write: (Message) -> JSONObject
    ) throws -> Verdict {
        let limits = JSONLimits(maxDepth: 16)
        guard let value = try? PayloadBlock(json: bytes, limits: limits).value, let message = read(value) else {
            return .refused
        }
        let text = Array(JSONValue.object(write(message)).description.utf8)
        let again = try demandValue("a message that is written anew can be read") {
            try PayloadBlock(json: text, limits: limits).value
        }
        try demand(read(again) == message, "a message that is written anew is the same")
        return .accepted
    }
}

extension ResultFrame {
    /// All that the frame says; effects that do nothing are none.
    fileprivate var described: JSONObject {
        var object: JSONObject = [:]
        switch response {
        case .completed(let effects): object = effects?.described ?? HookEffects().described
        case .failed(let code, let message):
            object = ["code": .string(code.description), "message": .string(message)]
        }
        for (name, amount) in counts.sorted(by: { $0.key < $1.key }) { object["count of \(name)"] = .int(amount) }
        return object
    }
}

extension HookEffects {
    fileprivate var described: JSONObject {
        [
            "reply": reply?.value ?? .null,
            "denial": denial.map { .object($0.object) } ?? .null,
            "report": report.map { .object($0.object) } ?? .null,
            "metadata": .object(metadata), "http_headers": .object(httpHeaders),
            "retry": .int(Int64(retryDelayMilliseconds)),
            "state": .array(
                stateWrites.map { .array([.string("\($0.scope)"), .string($0.key), $0.value?.value ?? "removed"]) }
            ),
        ]
    }
}
