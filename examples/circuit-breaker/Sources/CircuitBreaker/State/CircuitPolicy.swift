/// When a circuit opens, and how it closes again.
package struct CircuitPolicy: Sendable {
    /// How many failures in the window open it; `nil` if their number does not count.
    package var failureThreshold: Int?
    /// Which share of the calls in the window has to fail; `nil` if that does not count.
    package var failureRate: Double?
    /// From how many calls on the share counts.
    package var minimumCalls: Int
    package var window: Duration
    /// How long it stays open.
    package var openTime: Duration
    /// How many calls may try whether the tool works again, at the same time.
    package var halfOpenMaxCalls: Int
    /// How long the place of such a call is kept for it.
    package var probeTimeout: Duration

    package init(
        failureThreshold: Int? = 5,
        failureRate: Double? = nil,
        minimumCalls: Int = 10,
        window: Duration = .seconds(60),
        openTime: Duration = .seconds(30),
        halfOpenMaxCalls: Int = 1,
        probeTimeout: Duration = .seconds(60)
    ) {
        self.failureThreshold = failureThreshold
        self.failureRate = failureRate
        self.minimumCalls = minimumCalls
        self.window = window
        self.openTime = openTime
        self.halfOpenMaxCalls = halfOpenMaxCalls
        self.probeTimeout = probeTimeout
    }

    /// Whether these are too many failures.
    func opens(_ counts: SlidingWindow.Counts) -> Bool {
        if let failureThreshold, counts.failures >= failureThreshold { return true }
        guard let failureRate, counts.calls >= minimumCalls else { return false }
        return Double(counts.failures) >= failureRate * Double(counts.calls)
    }
}
