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
