import PluginConfig
import PluginPayloads

extension FuzzTarget {
    private static let limits = {
        let limits = ServerSettings()
        return JSONLimits(
            maxBytes: limits.maxBodyBytes,
            maxDepth: limits.maxJSONDepth,
            maxNodes: limits.maxJSONValues
        )
    }()

    /// A body as a payload of each hook: what has the hook's shape is one, and what a plugin would see of it.
    package static let body = FuzzTarget("body") { input in
        guard let block = try? PayloadBlock(json: input, limits: limits) else { return .refused }
        var fitting = 0
        for hook in HookName.standard {
            guard let shape = hook.payloadShape else { throw BrokenInvariant("\(hook) has a shape") }
            let problem = shape.problem(in: block.root)
            if problem == nil {
                fitting += 1
                try demandPayload(block)
                try demand(shape.problem(in: block.root, isReply: true) == nil, "a payload of \(hook) is a reply, too")
            } else {
                try demand(problem?.isEmpty == false, "a refusal says why")
            }
        }
        if let outcome = try? HookOutcome(block: block.root) {
            try demand(!outcome.object.description.isEmpty, "an outcome prints")
        }
        return fitting > 0 ? .accepted : .refused
    }

    private static func demandPayload(_ block: PayloadBlock) throws {
        var payload = try ToolPreInvokePayload(block: block)
        let original = try payload.block
        try demand(original == block, "an unchanged payload is the same block")
        guard let value = block.root[0] else { return }
        payload.setValue(value, of: block.root.key(at: 0))
        let changed = try payload.block
        try demand(changed == block, "a field set to its own value changes nothing")
    }
}
