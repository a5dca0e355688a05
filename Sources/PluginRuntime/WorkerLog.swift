import Logging
import PluginHooks
import PluginSandbox
import PluginWorker

/// Writes what becomes of a plugin's workers to the log.
struct WorkerLog: WorkerObserver {
    /// Names the plugin in each line.
    let logger: Logger

    func record(_ event: WorkerEvent) {
        switch event {
        case .ready(let process, let isStandby, let warning):
            if let warning { logger.warning("\(warning)", metadata: ["pid": "\(process)"]) }
            logger.debug("worker is ready", metadata: ["pid": "\(process)", "standby": "\(isStandby)"])
        case .refused(let process, let violations):
            logger.warning(
                "the sandbox has refused a system call of the plugin",
                metadata: [
                    "pid": "\(process)", "last": "\(violations.last ?? "unknown")", "count": "\(violations.count)",
                ]
            )
        case .died(let process, let end, let calls, let pause):
            logger.error(
                "worker has died",
                metadata: [
                    "pid": "\(process)", "reason": "\(end.description)",
                    "calls": "\(calls.isEmpty ? "none" : calls.joined(separator: "; "))",
                    "restart_seconds": "\(Seconds.text(pause / 1_000_000 * 1_000_000))",
                ]
            )
        case .notStopped(let reason):
            logger.warning("plugin did not stop cleanly", metadata: ["reason": "\(reason)"])
        case .notStarted(let reason, let pause):
            logger.error(
                "worker cannot be started",
                metadata: [
                    "reason": "\(reason)", "restart_seconds": "\(Seconds.text(pause / 1_000_000 * 1_000_000))",
                ]
            )
        }
    }
}
