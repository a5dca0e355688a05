/// Neighbours in a plan that run at the same time, on the payload as it was before the first of them.
package struct HookGroup: Sendable, Equatable {
    /// Who decides when several members block.
    package enum Verdict: Sendable, Equatable {
        /// The first to block in time; the others are cancelled.
        case firstInTime
        /// The first to block in their order, after all have answered.
        case firstInOrder
    }

    package let range: Range<Int>
    package let verdict: Verdict

    /// Finds the groups of a plan: maximal runs of at least two neighbours that may run at the same time.
    static func groups(of hooks: [PlannedHook], runsBandsInParallel: Bool) -> [HookGroup] {
        var groups: [HookGroup] = []
        var start = 0
        while start < hooks.count {
            var end = start + 1
            while end < hooks.count, hooks[start].runsBeside(hooks[end], bands: runsBandsInParallel) { end += 1 }
            if end - start > 1 {
                let verdict: Verdict = hooks[start].mode == .concurrent ? .firstInTime : .firstInOrder
                groups.append(HookGroup(range: start..<end, verdict: verdict))
            }
            start = end
        }
        return groups
    }
}

extension PlannedHook {
    fileprivate func runsBeside(_ other: PlannedHook, bands: Bool) -> Bool {
        if mode == .concurrent || other.mode == .concurrent { return mode == other.mode }
        return bands && isReadOnly && other.isReadOnly && priority == other.priority
    }
}
