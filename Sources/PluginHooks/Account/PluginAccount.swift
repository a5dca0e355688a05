package import PluginPayloads
package import Synchronization

/// What is counted about one plugin, and whether it may be called at all.
package final class PluginAccount: Sendable {
    package let name: String
    /// What the configuration calls the plugin's kind.
    package let kind: String?
    /// The keys of the plugin's configuration, whose values may be secrets.
    package let configurationKeys: [String]
    private let hooks = Mutex<[HookName: HookCounters]>([:])
    /// Calls that ended after they were answered.
    package let late = Atomic<Int>(0)
    /// Inline calls that took longer than their timeout, which could not be enforced.
    package let overruns = Atomic<Int>(0)
    /// Calls in the background that were dropped, because too many were waiting.
    package let dropped = Atomic<Int>(0)
    /// Threads that were given up because the plugin's code did not return in time, and still has not.
    package let lostThreads = Atomic<Int>(0)
    /// Whether so many threads were given up that no call is made.
    let isAtThreadLimit = Mutex(false)
    /// Switches the plugin off for a while that fails again and again.
    package let breaker: Breaker
    /// Set by `on_error: disable`, for the rest of the process.
    package let isSwitchedOff = Atomic<Bool>(false)
    /// Cancellations that are going on.
    let cancellations = Atomic<Int>(0)
    /// Lets one call in at a time, if the plugin cannot bear more.
    let gate: SerialGate?

    /// Whether calls come one at a time.
    package var isSerial: Bool { gate != nil }

    /// Calls that wait for their turn.
    package var waitingCalls: Int { gate?.waitingCount ?? 0 }

    package init(
        name: String,
        isSerial: Bool,
        kind: String? = nil,
        configurationKeys: [String] = [],
        breaker: consuming Breaker = Breaker(nil)
    ) {
        self.name = name
        self.kind = kind
        self.configurationKeys = configurationKeys
        self.gate = isSerial ? SerialGate() : nil
        self.breaker = breaker
    }

    /// The counters of one hook, the same as long as the account lives.
    package func counters(for hook: HookName) -> HookCounters {
        hooks.withLock { hooks in
            if let counters = hooks[hook] { return counters }
            let counters = HookCounters()
            hooks[hook] = counters
            return counters
        }
    }

    /// What was counted for each hook that the plugin was planned for.
    package var hookCounts: [HookName: HookCounts] { hooks.withLock { $0 }.mapValues(\.counts) }

    /// What was counted for all hooks together, without how long they took.
    package var totals: HookCounts {
        hookCounts.values.reduce(into: HookCounts()) { total, counts in
            total.calls += counts.calls
            total.blocks += counts.blocks
            total.modifications += counts.modifications
            total.errors += counts.errors
            total.timeouts += counts.timeouts
        }
    }
}
