/// What `process` says about a plugin's worker processes, with the defaults for what it leaves out.
package struct ProcessSettings: Sendable, Hashable {
    /// How much of the processors processes get while the gateway or others want them, too.
    package enum Priority: String, Sendable, CaseIterable {
        /// As much as the gateway.
        case normal
        /// A third of that.
        case low
        /// What others leave.
        case idle
    }

    /// Processes that serve calls.
    package var workers = 1
    /// Processes that are ready to take the place of one that dies.
    package var standby = 1
    /// Threads of each that run calls, as long as none is stuck.
    package var threads = 2
    /// How they get the processors.
    package var priority = Priority.low
    /// Calls that may wait while all slots of the workers are taken.
    package var queue = 1024
    /// How long a call may go on after its deadline before its worker is killed.
    package var killGrace: Duration = .milliseconds(50)
    /// How long a worker may take to stop its plugin.
    package var stopTimeout: Duration = .seconds(5)
    /// Whether callers look for a result all the time for a moment, before they let others run.
    package var spin = true
    /// Hooks whose calls are repeated if their worker dies.
    package var idempotentHooks: Set<String> = []
    /// The pause before the first new worker after a death, and the longest one.
    package var restartPause: Duration = .milliseconds(100)
    package var restartPauseLimit: Duration = .seconds(30)
    /// How long a worker has to live for its death to count as the first one again.
    package var stableAfter: Duration = .seconds(60)

    package init() {}
}
