package import PluginPayloads

/// The plans of all hooks; immutable.
package struct HookRegistry: Sendable {
    private let standard: [HookPlan?]
    private let custom: [String: HookPlan]

    /// No hooks at all.
    package static let empty = HookRegistry([])

    package init(_ plans: [HookPlan]) {
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

/// Who knows the plans of all hooks, and lives as long as somebody needs them.
package protocol HookPlans: AnyObject, Sendable {
    /// The plans.
    var registry: HookRegistry { get }
}
