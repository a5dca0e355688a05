extension Breaker {
    /// How a breaker does.
    package struct Status: Sendable, Equatable {
        package enum State: String, Sendable {
            case off
            case closed
            case open
            case halfOpen = "half_open"
        }

        package var state: State
        /// Failures in a row.
        package var failures: Int
        /// How often it has opened.
        package var opens: Int
        /// Calls that were not made.
        package var refusals: Int
        /// Until a call is let through again.
        package var retryNanoseconds: UInt64?
        package var lastError: String?
        /// Why the plugin is not called; `nil` if it is.
        package var reason: String?

        package init(
            state: State,
            failures: Int = 0,
            opens: Int = 0,
            refusals: Int = 0,
            retryNanoseconds: UInt64? = nil,
            lastError: String? = nil,
            reason: String? = nil
        ) {
            self.state = state
            self.failures = failures
            self.opens = opens
            self.refusals = refusals
            self.retryNanoseconds = retryNanoseconds
            self.lastError = lastError
            self.reason = reason
        }
    }
}
