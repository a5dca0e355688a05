import Logging
import Synchronization

/// Tells once what the sandbox of probes lacks on this machine, and not for every plugin.
final class SandboxNotice: Sendable {
    private let logger: Logger
    private let told = Mutex<Set<String>>([])

    init(logger: Logger) {
        self.logger = logger
    }

    func tell(_ warning: String) {
        guard told.withLock({ $0.insert(warning).inserted }) else { return }
        logger.warning("new plugins are tried with less protection", metadata: ["reason": "\(warning)"])
    }
}
