import Glibc
import PluginLoader

/// How a worker's process ended, and why it was killed if the gateway did that.
package struct WorkerEnd: Sendable, Hashable {
    /// Why the gateway ended a worker itself.
    package enum Verdict: Sendable, Hashable {
        /// It was told to stop.
        case stopped
        /// A call did not end in its time: the hook, and the request.
        case overdue(hook: String, request: String)
        /// It had nothing to do, and did not take a call until its time was over.
        case deaf
        /// It closed the descriptors by which the gateway hears it.
        case closed
        /// It did not say that it was ready.
        case notReady(seconds: String)
        /// What it wrote breaks the protocol.
        case breach(String)
        /// The plugin could not be loaded.
        case refused(String)
    }

    /// The status, as of `waitpid`; -1 if the system has none.
    package let status: Int32
    package let verdict: Verdict?
    /// What the worker itself recorded of a fatal signal, if it had the time to; it may not be true.
    package let crash: String?

    package init(status: Int32, verdict: Verdict?, crash: String? = nil) {
        self.status = status
        self.verdict = verdict
        self.crash = crash
    }

    /// Whether the plugin is to blame.
    package var isFault: Bool { verdict != .stopped }

    /// What happened, for the log and the status.
    package var description: String {
        switch verdict {
        case .stopped: "it was stopped"
        case .overdue(let hook, let request): "killed: \(hook) of request \(request) had not ended at its deadline"
        case .deaf: "killed: it took no calls"
        case .closed: "it closed the descriptors by which the gateway hears it"
        case .notReady(let seconds): "killed: it was not ready within \(seconds) s"
        case .breach(let what): "killed: what it wrote to its memory cannot be: \(what)"
        case .refused(let reason): reason
        case nil where status < 0: "it ended, and the system does not say how"
        case nil: signalText ?? "it ended itself with status \(status >> 8 & 0xFF)"
        }
    }

    private var signalText: String? {
        let number = status & 0x7F
        guard number != 0 else { return nil }
        return "it died of \(Signals.name(number))" + (crash.map { " \($0)" } ?? "")
    }
}
