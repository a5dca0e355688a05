import PluginPayloads

/// A breaker as a pure value: what became of calls and the time go in, who may call comes out.
///
/// Closed, all may. After too many failures it opens, and nobody may for a time. Then it is half open: one call at a
/// time is let through, as a trial, and its result closes the breaker or opens it again.
package struct BreakerState: Sendable, Equatable {
    package enum Phase: Sendable, Equatable {
        case closed
        case open(until: UInt64)
        /// A trial may be going on.
        case halfOpen(isOnTrial: Bool)
    }

    /// Whether a call may be made.
    package enum Admission: Sendable, Equatable {
        case call
        /// This call is the trial, and its end has to be told.
        case trial
        /// Nobody is to be called for so many nanoseconds; `nil` while somebody else's trial goes on.
        case refuse(for: UInt64?)
    }

    package let settings: BreakerSettings
    package private(set) var phase = Phase.closed
    /// Failures in a row.
    package private(set) var failures = 0
    /// How often it has opened.
    package private(set) var opens = 0
    /// When the plugin has crashed within the window, the latest last.
    private var crashes: [UInt64] = []
    /// Trials in a row that have failed.
    private var failedTrials = 0

    package init(_ settings: BreakerSettings) {
        self.settings = settings
    }

    /// The same with other settings; what was counted stays.
    package func with(_ settings: BreakerSettings) -> BreakerState {
        var state = BreakerState(settings)
        (state.phase, state.failures, state.opens) = (phase, failures, opens)
        (state.crashes, state.failedTrials) = (crashes, failedTrials)
        return state
    }

    // MARK: Calls

    package mutating func admit(at now: UInt64) -> Admission {
        switch phase {
        case .closed: return .call
        case .open(let end) where now < end: return .refuse(for: end - now)
        case .halfOpen(isOnTrial: true): return .refuse(for: nil)
        case .open, .halfOpen(isOnTrial: false):
            phase = .halfOpen(isOnTrial: true)
            return .trial
        }
    }

    /// Takes the success of a call.
    ///
    /// - Returns: Whether it has closed the breaker.
    package mutating func succeed(isTrial: Bool) -> Bool {
        // What ends while the breaker is open, and is no trial, began before: it says nothing of how the plugin does since.
        guard isTrial, phase == .halfOpen(isOnTrial: true) else {
            if phase == .closed { failures = 0 }
            return false
        }
        phase = .closed
        (failures, failedTrials, crashes) = (0, 0, [])
        return true
    }

    /// Takes the failure of a call.
    ///
    /// - Returns: Why the breaker opens, if it does.
    package mutating func fail(isTrial: Bool, isCrash: Bool, at now: UInt64) -> BreakerCause? {
        // The trial of a breaker that was taken away meanwhile is a call like others for the one in its place.
        let isTrial = isTrial && phase == .halfOpen(isOnTrial: true)
        guard isTrial || phase == .closed else { return nil }
        failures += 1
        if isCrash {
            let window = settings.crashWindow.nanoseconds
            crashes = crashes.filter { now &- $0 < window } + [now]
        }
        let cause: BreakerCause
        if isTrial {
            failedTrials += 1
            cause = .trial
        } else if isCrash, crashes.count >= settings.crashes {
            cause = .crashes(crashes.count, within: settings.crashWindow)
        } else if failures >= settings.failures {
            cause = .failures(failures)
        } else {
            return nil
        }
        open(at: now)
        return cause
    }

    private mutating func open(at now: UInt64) {
        let (end, isTooLate) = now.addingReportingOverflow(settings.openTime(afterTrials: failedTrials))
        phase = .open(until: isTooLate ? .max : end)
        opens += 1
    }

    /// Takes the end of a trial that has told nothing of the plugin: it was not called, or nobody waited for it.
    package mutating func abandonTrial() {
        if phase == .halfOpen(isOnTrial: true) { phase = .halfOpen(isOnTrial: false) }
    }
}

/// Why a breaker has opened.
package enum BreakerCause: Sendable, Equatable {
    /// So many calls in a row have failed.
    case failures(Int)
    case crashes(Int, within: Duration)
    /// The trial has failed.
    case trial
}

extension BreakerCause: CustomStringConvertible {
    package var description: String {
        switch self {
        case .failures(let count): "\(count) failure\(count == 1 ? "" : "s") in a row"
        case .crashes(let count, let window):
            "\(count) crash\(count == 1 ? "" : "es") within \(Seconds.text(window.nanoseconds)) s"
        case .trial: "a trial call that has failed"
        }
    }
}

extension PluginError.Code {
    /// Whether the plugin has failed, and was not kept from being called by somebody else.
    var isFailureOfPlugin: Bool {
        switch self {
        case .unavailable, .overloaded, .payloadTooLarge: false
        default: true
        }
    }
}
