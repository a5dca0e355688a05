import PluginHooks
import PluginPayloads
import WorkerProtocol

/// The shared memory of a worker that nobody has started.
struct TestedMemory {
    let memory: WorkerMemory
    static let limits = BlockLimits(maxBytes: 64 << 10)

    init(maxBlockBytes: Int = 64 << 10) throws {
        let geometry = RegionGeometry(maxBlockBytes: maxBlockBytes)
        let requests = try SharedFile("test-requests", size: geometry.regionBytes)
        let replies = try SharedFile("test-replies", size: geometry.regionBytes)
        memory = try WorkerMemory(
            geometry,
            requests: SharedMemory(mapping: requests.descriptor, size: geometry.regionBytes, isWritable: true),
            replies: SharedMemory(mapping: replies.descriptor, size: geometry.regionBytes, isWritable: true)
        )
    }

    /// Writes a result, and reads it as the gateway does.
    func roundTrip(_ response: HookResponse, counts: [String: Int64] = [:]) throws -> ResultFrame {
        try ResultFrame(response, counts: counts).parts().write(to: memory, slot: 3, at: RegionGeometry.slotArea(3))
        return try readResult()
    }

    func readResult() throws(BlockError) -> ResultFrame { try ResultFrame(memory, slot: 3, limits: Self.limits) }

    /// What the gateway says of a result with a header, or "accepted".
    func verdict(_ header: ResultFrame.Header) -> String {
        memory.replies.store(header, at: memory.resultHeader(3))
        do {
            _ = try readResult()
            return "accepted"
        } catch { return "\(error)" }
    }
}

/// All that a response says, as text.
func text(_ response: HookResponse) -> String {
    switch response {
    case .completed(nil): return "nothing"
    case .failed(let code, let message): return "\(code): \(message)"
    case .completed(let effects?):
        var object: JSONObject = [:]
        if let reply = effects.reply { object["reply"] = reply.value }
        if let denial = effects.denial { object["denial"] = .object(denial.object) }
        if let report = effects.report { object["report"] = .object(report.object) }
        if !effects.metadata.isEmpty { object["metadata"] = .object(effects.metadata) }
        if !effects.httpHeaders.isEmpty { object["headers"] = .object(effects.httpHeaders) }
        if effects.retryDelayMilliseconds != 0 { object["retry"] = .int(Int64(effects.retryDelayMilliseconds)) }
        if !effects.stateWrites.isEmpty {
            object["state"] = .array(
                effects.stateWrites.map { write in
                    [
                        "scope": .string("\(write.scope)"), "key": .string(write.key),
                        "value": write.value?.value ?? .null,
                    ]
                }
            )
        }
        return JSONValue.object(object).description
    }
}
