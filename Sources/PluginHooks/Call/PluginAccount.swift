package import Synchronization

/// What is counted about one plugin, and whether it may be called at all.
package final class PluginAccount: Sendable {
    package let name: String
    package let calls = Atomic<Int>(0)
    package let blocks = Atomic<Int>(0)
    package let modifications = Atomic<Int>(0)
    package let errors = Atomic<Int>(0)
    package let timeouts = Atomic<Int>(0)
    /// Calls that ended after they were answered.
    package let late = Atomic<Int>(0)
    /// Inline calls that took longer than their timeout, which could not be enforced.
    package let overruns = Atomic<Int>(0)
    /// Threads that were given up because the plugin's code did not return in time, and still has not.
    package let lostThreads = Atomic<Int>(0)
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

    package init(name: String, isSerial: Bool) {
        self.name = name
        self.gate = isSerial ? SerialGate() : nil
    }
}
