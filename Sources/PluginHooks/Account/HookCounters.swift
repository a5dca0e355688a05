import Synchronization

/// What is counted about one hook of one plugin.
package final class HookCounters: Sendable {
    let calls = Atomic<Int>(0)
    let blocks = Atomic<Int>(0)
    let modifications = Atomic<Int>(0)
    let errors = Atomic<Int>(0)
    let timeouts = Atomic<Int>(0)
    let latency = LatencyHistogram()

    /// Counts a call that begins.
    ///
    /// - Returns: Whether to measure it: the first ones, and then one of 64, since a look at the clock costs as much as
    ///   calling a small hook.
    package func begin() -> Bool {
        let number = calls.wrappingAdd(1, ordering: .relaxed).oldValue
        return number < 32 || number & 63 == 0
    }

    package var counts: HookCounts {
        HookCounts(
            calls: calls.load(ordering: .relaxed),
            blocks: blocks.load(ordering: .relaxed),
            modifications: modifications.load(ordering: .relaxed),
            errors: errors.load(ordering: .relaxed),
            timeouts: timeouts.load(ordering: .relaxed),
            latency: latency.percentiles
        )
    }
}

/// What was counted about one hook of one plugin, at one moment.
package struct HookCounts: Sendable, Equatable {
    package var calls = 0
    /// Requests that were stopped by a violation.
    package var blocks = 0
    /// Payloads that were changed.
    package var modifications = 0
    /// Calls that failed, without those that timed out.
    package var errors = 0
    /// Calls that were answered at their deadline.
    package var timeouts = 0
    /// How long calls took; `nil` before the first one.
    package var latency: LatencyPercentiles?

    package init(
        calls: Int = 0,
        blocks: Int = 0,
        modifications: Int = 0,
        errors: Int = 0,
        timeouts: Int = 0,
        latency: LatencyPercentiles? = nil
    ) {
        self.calls = calls
        self.blocks = blocks
        self.modifications = modifications
        self.errors = errors
        self.timeouts = timeouts
        self.latency = latency
    }
}
