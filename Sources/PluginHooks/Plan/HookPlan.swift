package import PluginPayloads

/// The plugins of one hook, in the order in which they run.
package final class HookPlan: Sendable {
    package let hook: HookName
    /// The plugins that the request waits for.
    package let hooks: [PlannedHook]
    /// The plugins that nobody waits for.
    package let background: [PlannedHook]
    /// Those of them without which no request may pass.
    let requiredBackground: [PlannedHook]
    /// Neighbours that run at the same time; none overlap.
    package let groups: [HookGroup]
    let replyPolicy: ReplyPolicy
    let limits: PayloadLimits
    let observer: any HookObserver

    /// Plans a hook.
    ///
    /// - Parameters:
    ///   - hook: The hook.
    ///   - hooks: Its plugins, in the order in which they run.
    ///   - limits: How large payloads may be.
    ///   - allowsUnknownChanges: Whether plugins may change the payload of a hook that has no policy of its own.
    ///   - runsBandsInParallel: Whether neighbours of one priority that only read run at the same time.
    ///   - observer: Is told what is worth a log line.
    package init(
        hook: HookName,
        hooks: [PlannedHook],
        limits: PayloadLimits,
        allowsUnknownChanges: Bool = true,
        runsBandsInParallel: Bool = false,
        observer: any HookObserver
    ) {
        self.hook = hook
        self.hooks = hooks.filter { $0.mode != .fireAndForget }
        self.background = hooks.filter { $0.mode == .fireAndForget }
        self.requiredBackground = background.filter(\.isRequired)
        self.groups = HookGroup.groups(of: self.hooks, runsBandsInParallel: runsBandsInParallel)
        self.replyPolicy = ReplyPolicy(hook: hook, allowsOthers: allowsUnknownChanges)
        self.limits = limits
        self.observer = observer
    }

    /// Whether no plugin runs.
    var isEmpty: Bool { hooks.isEmpty && background.isEmpty }

    /// The group that begins at a place.
    func group(at position: Int) -> HookGroup? {
        groups.isEmpty ? nil : groups.first { $0.range.lowerBound == position }
    }
}
