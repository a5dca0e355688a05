import PluginHooks
import PluginLoader
import Synchronization
import WorkerProtocol

/// What the plugin writes: log lines go to the gateway at once, counts with the next result.
final class WorkerServices: HostServices {
    private let control: ControlSocket
    private let counts = Mutex<[String: Int64]>([:])
    private let hasCounts = Atomic<Bool>(false)

    init(_ control: ControlSocket) {
        self.control = control
    }

    func log(_ level: LogLevel, _ message: String) {
        control.send(.log(level: level.rawValue, message))
    }

    func count(_ counter: String, by amount: Int64) {
        counts.withLock { counts in
            guard counts[counter] != nil || counts.count < CounterLimits.names else { return }
            counts[counter, default: 0] &+= amount
        }
        hasCounts.store(true, ordering: .releasing)
    }

    /// Takes what was counted since this was last called.
    func takeCounts() -> [String: Int64] {
        guard hasCounts.load(ordering: .acquiring), hasCounts.exchange(false, ordering: .acquiringAndReleasing) else {
            return [:]
        }
        return counts.withLock { counts in
            defer { counts = [:] }
            return counts
        }
    }
}
