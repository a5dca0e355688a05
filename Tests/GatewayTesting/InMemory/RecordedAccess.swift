package import GatewayHTTP
import Synchronization

/// An access log that a test reads.
package final class RecordedAccess: AccessLog {
    private let recorded = Mutex<[AccessEntry]>([])
    package let isEnabled: Bool

    package init(isEnabled: Bool = true) {
        self.isEnabled = isEnabled
    }

    package var entries: [AccessEntry] { recorded.withLock { $0 } }

    package func record(_ entry: AccessEntry) {
        recorded.withLock { $0.append(entry) }
    }
}
