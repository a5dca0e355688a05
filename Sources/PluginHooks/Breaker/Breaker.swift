import PluginPayloads
import Synchronization

/// Switches a plugin off for a while that fails again and again.
///
/// While it is closed and nothing has failed, a call costs two relaxed loads of one byte, and no look at the clock.
package struct Breaker: ~Copyable, Sendable {
    struct State {
        /// `nil` if there is to be no breaker.
        var breaker: BreakerState?
        /// Why it has opened last.
        var cause: BreakerCause?
        /// What the plugin has failed with last: the code, and the plugin's own words.
        var lastError: (code: PluginError.Code, message: String)?
        var refusals = 0
    }

    /// What has changed, for a line in the log.
    package enum Change: Sendable, Equatable {
        case opened(BreakerCause, for: UInt64, lastError: String)
        case triesAgain
        case closed
    }

    /// Whether calls have to ask.
    private static let isShut: UInt8 = 1
    /// Whether successes have to be told.
    private static let hasFailures: UInt8 = 2

    private let signal = Atomic<UInt8>(0)
    private let state: Mutex<State>
    private let now: @Sendable () -> UInt64

    /// Makes a breaker that is closed.
    ///
    /// - Parameters:
    ///   - settings: When it opens; `nil` for never.
    ///   - now: The time, in nanoseconds.
    package init(_ settings: BreakerSettings?, now: @escaping @Sendable () -> UInt64 = { Clock.coarseNow() }) {
        state = Mutex(State(breaker: settings.map(BreakerState.init)))
        self.now = now
    }

    /// Goes on with other settings; what has happened stays, unless there is to be no breaker.
    package func use(_ settings: BreakerSettings?) {
        state.withLock { state in
            if let settings {
                state.breaker = state.breaker?.with(settings) ?? BreakerState(settings)
            } else {
                state.breaker = nil
            }
            raise(for: state)
        }
    }

    // MARK: Calls

    /// Whether a call has to ask by `admit` before it is made.
    @inline(__always)
    var asksBefore: Bool { signal.load(ordering: .relaxed) & Self.isShut != 0 }

    /// Whether a success has to be told.
    @inline(__always)
    var listens: Bool { signal.load(ordering: .relaxed) != 0 }

    /// What becomes of a call.
    enum Admission {
        case call(isTrial: Bool)
        /// It is not made; the text says why, of a plugin that it follows.
        case refuse(String)
    }

    /// Asks whether a call may be made.
    ///
    /// - Returns: The answer, and what has changed by asking.
    func admit() -> (admission: Admission, change: Change?) {
        state.withLock { state in
            let isOpen = state.phase.isOpen
            switch state.breaker?.admit(at: now()) ?? .call {
            case .call: return (.call(isTrial: false), nil)
            case .trial: return (.call(isTrial: true), isOpen ? .triesAgain : nil)
            case .refuse(let time):
                state.refusals += 1
                return (.refuse(state.reason(for: time, last: state.errorText)), nil)
            }
        }
    }

    /// Counts a call that nobody made, for another reason.
    func countRefusal() {
        state.withLock { $0.refusals += 1 }
    }

    func succeed(isTrial: Bool) -> Change? {
        state.withLock { state in
            let hasClosed = state.breaker?.succeed(isTrial: isTrial) ?? false
            raise(for: state)
            return hasClosed ? .closed : nil
        }
    }

    /// Takes the failure of a call.
    ///
    /// That a call was lost with its worker counts only as the end of a trial: a worker has many calls, and dies once,
    /// which `crash` is told.
    func fail(_ code: PluginError.Code, _ message: String, isTrial: Bool) -> Change? {
        state.withLock { state -> Change? in
            guard code.isFailureOfPlugin, isTrial || code != .crashed else {
                if isTrial { state.breaker?.abandonTrial() }
                return nil
            }
            return fail(&state, code, message, isTrial: isTrial)
        }
    }

    /// Takes the death of a worker that had calls, however many.
    func crash(_ message: String) -> Change? {
        state.withLock { fail(&$0, .crashed, message, isTrial: false) }
    }

    private func fail(_ state: inout State, _ code: PluginError.Code, _ message: String, isTrial: Bool) -> Change? {
        guard state.breaker != nil else { return nil }
        let time = now()
        let wasClosed = state.phase == .closed
        let cause = state.breaker?.fail(isTrial: isTrial, isCrash: code == .crashed, at: time)
        if wasClosed || cause != nil {
            state.lastError = (code, String(message.prefix(Self.longestError)))
        }
        raise(for: state)
        guard let cause else { return nil }
        // A trial that fails changes nothing of why the breaker had opened.
        state.cause = cause == .trial ? state.cause ?? cause : cause
        return .opened(cause, for: state.phase.time(from: time), lastError: state.errorText ?? "")
    }

    /// Takes the end of a trial that has told nothing of the plugin.
    func abandonTrial() {
        state.withLock { $0.breaker?.abandonTrial() }
    }

    private func raise(for state: borrowing State) {
        let hasFailures = (state.breaker?.failures ?? 0) > 0
        let bits = (state.phase == .closed ? 0 : Self.isShut) | (hasFailures ? Self.hasFailures : 0)
        signal.store(bits, ordering: .relaxed)
    }

    private static let longestError = 500

    // MARK: Status

    package var status: Status {
        state.withLock { state in
            let retry = state.phase.isOpen ? state.phase.time(from: now()) : nil
            var status = Status(
                state: state.breaker == nil ? .off : state.phase.word,
                failures: state.breaker?.failures ?? 0,
                opens: state.breaker?.opens ?? 0,
                refusals: state.refusals,
                retryNanoseconds: retry,
                lastError: state.errorText
            )
            // What the plugin said is not for everybody who may see the status.
            if state.phase != .closed {
                status.reason = state.reason(for: retry, last: state.lastError?.code.description)
            }
            return status
        }
    }
}

extension Breaker.State {
    var phase: BreakerState.Phase { breaker?.phase ?? .closed }

    fileprivate var errorText: String? { lastError.map { "\($0.code): \($0.message)" } }

    /// Why the plugin is not called, and for how long.
    fileprivate func reason(for time: UInt64?, last: String?) -> String {
        let how =
            time.map { "for another \(($0 + 999_999_999) / 1_000_000_000) s" } ?? "until a trial call has succeeded"
        let why = cause.map { " after \($0)" } ?? ""
        return "is switched off \(how)\(why)" + (last.map { ", last: \($0)" } ?? "")
    }
}

extension BreakerState.Phase {
    fileprivate var isOpen: Bool { if case .open = self { true } else { false } }

    /// How long it stays open.
    fileprivate func time(from now: UInt64) -> UInt64 {
        if case .open(let end) = self, end > now { end - now } else { 0 }
    }

    fileprivate var word: Breaker.Status.State {
        switch self {
        case .closed: .closed
        case .open: .open
        case .halfOpen: .halfOpen
        }
    }
}
