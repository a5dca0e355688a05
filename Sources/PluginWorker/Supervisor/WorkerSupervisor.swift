import CLinux
import Glibc
import PluginHooks
import Synchronization

/// The thread that starts workers, waits for them, and takes their results when nobody else looks.
///
/// It lives as long as somebody holds this object. Everything about the life of workers happens on it, in one order.
package final class WorkerSupervisor: Sendable {
    typealias Command = @Sendable (SupervisorThread) -> Void

    private struct State {
        var commands: [Command] = []
        var hasEnded = false
    }

    private let state = Mutex(State())
    /// Ends the thread's wait.
    private let event: Int32

    /// Starts the thread.
    package init() {
        event = hookgate_event()
        let thread = SupervisorThread(event: event)
        let hasStarted =
            event >= 0
            && Thread.detach(name: "hookgate-super") { [weak self] in
                thread.run { self.map { $0.takeCommands() } }
            }
        guard hasStarted else { fatalError("cannot start the supervisor of workers: the system has no thread to give") }
    }

    deinit {
        // The thread closes the descriptor when it has seen that nobody is here any more.
        Self.signal(event)
    }

    /// Has the thread do something.
    func perform(_ command: @escaping Command) {
        state.withLock { $0.commands.append(command) }
        Self.signal(event)
    }

    private func takeCommands() -> [Command] {
        state.withLock { state in
            defer { state.commands = [] }
            return state.commands
        }
    }

    private static func signal(_ event: Int32) {
        var one: UInt64 = 1
        _ = unsafe write(event, &one, 8)
    }
}
