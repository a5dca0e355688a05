package import PluginPayloads

/// The plugins of one hook, in the order in which they run.
package final class HookPlan: Sendable {
    package let hook: HookName
    package let hooks: [PlannedHook]
    let replyPolicy: ReplyPolicy
    let limits: PayloadLimits
    let observer: any HookObserver

    package init(hook: HookName, hooks: [PlannedHook], limits: PayloadLimits, observer: any HookObserver) {
        self.hook = hook
        self.hooks = hooks
        self.replyPolicy = ReplyPolicy(hook: hook)
        self.limits = limits
        self.observer = observer
    }
}

/// How large a payload may be, before and after every plugin.
package struct PayloadLimits: Sendable, Equatable {
    package var maxBlockBytes: Int
    /// Unicode scalars of all texts, keys not counted.
    package var maxCharacters: Int

    package init(maxBlockBytes: Int = 16 << 20, maxCharacters: Int = 1_000_000) {
        self.maxBlockBytes = maxBlockBytes
        self.maxCharacters = maxCharacters
    }

    /// Says what is too large, if anything is.
    func violation(of payload: PayloadBlock) -> String? {
        if payload.size > maxBlockBytes {
            return "Payload of \(payload.size) bytes exceeds limit of \(maxBlockBytes) bytes (max_block_bytes)"
        }
        // Every scalar takes at least one byte of the block, so most payloads need no counting.
        guard payload.size > maxCharacters else { return nil }
        let characters = Self.characters(in: payload.root)
        guard characters > maxCharacters else { return nil }
        return "Payload size \(characters) exceeds limit of \(maxCharacters) characters (max_payload_characters)"
    }

    private static func characters(in value: BlockValue) -> Int {
        if let text = value.string { return text.unicodeScalars.count }
        return (0..<value.count).reduce(0) { sum, index in sum + (value[index].map(characters) ?? 0) }
    }
}

/// The plans of all hooks; immutable.
package struct HookRegistry: Sendable {
    private let standard: [HookPlan?]
    private let custom: [String: HookPlan]

    package init(_ plans: [HookPlan] = []) {
        var standard = [HookPlan?](repeating: nil, count: HookName.standard.count)
        var custom: [String: HookPlan] = [:]
        for plan in plans {
            if let index = plan.hook.standardIndex { standard[index] = plan } else { custom[plan.hook.text] = plan }
        }
        self.standard = standard
        self.custom = custom
    }

    /// The plan of a hook; `nil` if no plugin has registered it.
    package func plan(for hook: HookName) -> HookPlan? {
        if let index = hook.standardIndex { return standard[index] }
        return custom.isEmpty ? nil : custom[hook.text]
    }

    /// All plans.
    package var plans: [HookPlan] { standard.compactMap(\.self) + custom.values }
}
