/// How a plugin's workers are run.
package struct WorkerSettings: Sendable, Hashable {
    /// Processes that serve calls.
    package var workers = 1
    /// Processes that are ready to take the place of one that dies.
    package var standby = 1
    /// Threads of each that run calls, as long as none is stuck.
    package var threads = 2
    /// How long a call may go on after its deadline before its worker is killed, in nanoseconds.
    package var killGrace: UInt64 = 50_000_000
    /// How long a worker may take to end after it was told to stop, in nanoseconds.
    package var stopTimeout: UInt64 = 5_000_000_000
    package var startupTimeout: UInt64 = 5_000_000_000
    /// Whether callers look for a result all the time for a moment, before they let others run.
    package var spins = true
    /// Calls that may wait for a slot.
    package var queue = 1024
    /// Hooks whose calls are repeated if their worker dies; a call that was not begun always is.
    package var idempotentHooks: Set<String> = []
    package var restart = RestartPolicy.Settings()

    package init() {}
}
