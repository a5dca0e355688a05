/// When a plugin's breaker opens, and for how long.
package struct BreakerSettings: Sendable, Hashable {
    /// Failures in a row after which it opens.
    package var failures = 20
    /// Crashes within ``crashWindow`` after which it opens.
    package var crashes = 5
    package var crashWindow: Duration = .seconds(60)
    /// How long it stays open at first; each trial that fails doubles it, up to ten times as much.
    package var openFor: Duration = .seconds(30)

    package init() {}

    /// How long it stays open after trials that have failed, in nanoseconds.
    func openTime(afterTrials failed: Int) -> UInt64 {
        let first = openFor.nanoseconds
        // 2 to the power of 4 is above the limit already.
        return min(first << UInt64(min(failed, 4)), first * 10)
    }
}
