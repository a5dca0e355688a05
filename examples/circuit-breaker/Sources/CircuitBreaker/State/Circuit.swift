/// The circuit of one tool: a state machine that is told the time.
///
///     closed ── too many failures ──▶ open ── some time ──▶ half open ── a probe succeeds ──▶ closed
///                                      ▲                        │
///                                      └──── a probe fails ─────┘
package struct Circuit: Sendable {
    /// Whether a call may be made.
    package enum Admission: Sendable, Equatable {
        case allowed
        /// It may, to find out whether the tool works again; its result is recorded with this number.
        case probe(Int)
        /// It may not; the time after which to ask again.
        case refused(Duration)
    }

    /// What a result has changed.
    package enum Change: Sendable, Equatable {
        /// By these calls; none if a probe has failed.
        case opened(SlidingWindow.Counts?)
        case closed
    }

    private enum State: Sendable {
        case closed(SlidingWindow)
        case open(until: ContinuousClock.Instant)
        case halfOpen(HalfOpen)
    }

    /// The probes on their way.
    private struct HalfOpen: Sendable {
        /// The number of the first one.
        let firstProbe: Int
        /// Until when a place is kept, by the probe's number.
        var places: [Int: ContinuousClock.Instant] = [:]
    }

    private let policy: CircuitPolicy
    private var state: State
    /// The next one's number; a number is never used twice.
    private var nextProbe = 0

    /// Makes a closed circuit.
    package init(_ policy: CircuitPolicy, now: ContinuousClock.Instant) {
        self.policy = policy
        state = .closed(SlidingWindow(length: policy.window, now: now))
    }

    /// Whether it is closed, so that little is lost when it is forgotten.
    package var isClosed: Bool {
        if case .closed = state { true } else { false }
    }

    /// Decides about a call that is about to be made.
    package mutating func admit(now: ContinuousClock.Instant) -> Admission {
        switch state {
        case .closed: return .allowed
        case .open(let until) where now < until: return .refused(until - now)
        case .open: return admitProbe(HalfOpen(firstProbe: nextProbe), now)
        case .halfOpen(let halfOpen): return admitProbe(halfOpen, now)
        }
    }

    private mutating func admitProbe(_ halfOpen: HalfOpen, _ now: ContinuousClock.Instant) -> Admission {
        var halfOpen = halfOpen
        // Without a result in time, as when another plugin has blocked the call, the place is free for somebody else.
        halfOpen.places = halfOpen.places.filter { $0.value > now }
        defer { state = .halfOpen(halfOpen) }
        guard halfOpen.places.count < policy.halfOpenMaxCalls else { return .refused(Self.probeWait) }
        halfOpen.places[nextProbe] = now + policy.probeTimeout
        nextProbe += 1
        return .probe(nextProbe - 1)
    }

    /// When to ask again while probes are on their way, which may end at any time.
    private static let probeWait = Duration.seconds(1)

    /// Takes note of a result.
    ///
    /// - Parameters:
    ///   - isFailure: What it is.
    ///   - probe: The number that the call was given; `nil` if it was none.
    ///   - now: The time.
    /// - Returns: What it changes; `nil` if nothing.
    package mutating func record(isFailure: Bool, probe: Int? = nil, now: ContinuousClock.Instant) -> Change? {
        switch state {
        case .closed(var window):
            window.add(isFailure: isFailure, now: now)
            state = .closed(window)
            let counts = window.counts(now: now)
            guard isFailure, policy.opens(counts) else { return nil }
            state = .open(until: now + policy.openTime)
            return .opened(counts)
        case .open:
            // Of a call that was made before.
            return nil
        case .halfOpen(let halfOpen):
            // One that comes late, when its place is somebody else's, tells as much.
            guard let probe, probe >= halfOpen.firstProbe else { return nil }
            if isFailure {
                state = .open(until: now + policy.openTime)
                return .opened(nil)
            }
            state = .closed(SlidingWindow(length: policy.window, now: now))
            return .closed
        }
    }
}
