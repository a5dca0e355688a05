import CLinux
import Glibc
import PluginHooks
import Synchronization

/// The thread that starts workers, waits for them, and takes their results when nobody else looks.
///
/// It lives as long as somebody holds this object. Everything about the life of workers happens on it, in one order.
package final class WorkerSupervisor: Sendable {
    typealias Command = @Sendable (SupervisorThread) -> Void

    private let commands = Mutex<[Command]>([])
    /// Ends the thread's wait.
    private let event: SupervisorEvent

    /// Starts the thread.
    package init() {
        event = SupervisorEvent()
        let thread = SupervisorThread(event: event)
        let hasStarted =
            event.descriptor >= 0
            && Thread.detach(name: "hookgate-super") { [weak self] in
                thread.run { self.map { $0.takeCommands() } }
            }
        guard hasStarted else { fatalError("cannot start the supervisor of workers: the system has no thread to give") }
    }

    deinit {
        // The thread ends when it sees that nobody is here any more.
        event.signal()
    }

    /// Has the thread do something.
    func perform(_ command: @escaping Command) {
        commands.withLock { $0.append(command) }
        event.signal()
    }

    private func takeCommands() -> [Command] {
        commands.withLock { commands in
            defer { commands = [] }
            return commands
        }
    }
}

/// Ends the wait of the supervisor's thread; it lives as long as that or the supervisor does.
final class SupervisorEvent: Sendable {
    let descriptor = hookgate_event()

    deinit {
        close(descriptor)
    }

    func signal() {
        var one: UInt64 = 1
        _ = unsafe write(descriptor, &one, 8)
    }
}
