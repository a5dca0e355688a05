import Logging
import PluginLoader
import PluginWorker
import Synchronization

/// Stops plugins that no generation uses any more.
final class Reaper: Sendable {
    private struct State {
        var last: Task<Void, Never>?
    }

    private let state = Mutex(State())
    private let logger: Logger
    private let timeout: UInt64

    /// - Parameters:
    ///   - logger: Gets a line when a plugin does not stop cleanly.
    ///   - timeout: How long a plugin may take to stop, in nanoseconds.
    init(logger: Logger, timeout: UInt64) {
        self.logger = logger
        self.timeout = timeout
    }

    /// Stops a plugin after those that were given up before it, and destroys it unless somebody else holds it.
    func stop(_ instance: NativeInstance, named name: String) {
        let held = Held(instance)
        state.withLock { state in
            let previous = state.last
            state.last = Task { [logger, timeout] in
                await previous?.value
                do throws(LoadError) {
                    try await held.take()?.stop(within: timeout)
                } catch {
                    logger.warning(
                        "plugin did not stop cleanly",
                        metadata: ["plugin": "\(name)", "reason": "\(error)"]
                    )
                }
            }
        }
    }

    /// Stops a plugin in its processes after those that were given up before it.
    func stop(_ pool: WorkerPool) {
        state.withLock { state in
            let previous = state.last
            state.last = Task { [timeout] in
                await previous?.value
                await pool.stop(within: timeout)
            }
        }
    }

    /// Waits until all plugins that were given up have stopped.
    func drain() async {
        await state.withLock { $0.last }?.value
    }
}

/// A plugin that somebody takes: a task that captured it would hold it beyond its own end.
private final class Held: Sendable {
    private let instance: Mutex<NativeInstance?>

    init(_ instance: NativeInstance) {
        self.instance = Mutex(instance)
    }

    func take() -> NativeInstance? {
        instance.withLock { instance in
            defer { instance = nil }
            return instance
        }
    }
}
