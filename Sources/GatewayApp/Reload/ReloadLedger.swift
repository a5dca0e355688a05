import GatewayCore
import Glibc
package import Logging
import Synchronization

/// What was asked for and what was done, for `/ready` and for those who wait for a reload.
package final class ReloadLedger: Sendable {
    private struct State {
        var turns = ReloadTurns()
        var last: ReloadReport?
    }

    private let state = Mutex(State())
    private let path: String
    private let logger: Logger

    /// - Parameters:
    ///   - path: The file that others read.
    ///   - logger: Is told if it cannot be written.
    package init(path: String, logger: Logger) {
        self.path = path
        self.logger = logger
        write(state.withLock { $0 })
    }

    /// The last reload that ended.
    var last: ReloadReport? { state.withLock { $0.last } }

    func receive() {
        change { $0.turns.receive() }
    }

    func begin() -> ReloadTurns.Turn? {
        state.withLock { $0.turns.begin() }
    }

    func end(_ report: ReloadReport) {
        change { state in
            state.turns.end()
            state.last = report
        }
    }

    /// The file is written under the lock: it never goes back to an earlier state.
    private func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            write(state)
        }
    }

    private func write(_ state: State) {
        do {
            try ReloadRecord(process: Int(getpid()), received: state.turns.received, last: state.last).write(to: path)
        } catch {
            logger.error("cannot write the record of reloads", metadata: ["file": "\(path)", "reason": "\(error)"])
        }
    }
}
