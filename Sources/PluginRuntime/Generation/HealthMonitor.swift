import Logging
import PluginLoader
import PluginWorker
import Synchronization

/// Asks plugins from time to time whether they can work, and remembers what they said.
final class HealthMonitor: Sendable {
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Starts to ask.
    ///
    /// - Parameters:
    ///   - interval: The time between two rounds.
    ///   - timeout: How long a plugin may take to answer, in nanoseconds.
    ///   - logger: Gets a line when a plugin's health changes.
    ///   - instances: The plugins that run now.
    func start(
        every interval: Duration,
        timeout: UInt64,
        logger: Logger,
        instances: @escaping @Sendable () -> [PluginInstance]
    ) {
        let rounds = Task {
            while (try? await Task.sleep(for: interval)) != nil {
                for instance in instances() { await Self.ask(instance, timeout, logger) }
            }
        }
        task.withLock { $0 = rounds }
    }

    /// Stops to ask.
    func stop() {
        task.withLock { $0 }?.cancel()
    }

    /// Asks one plugin.
    static func ask(_ instance: PluginInstance, _ timeout: UInt64, _ logger: Logger) async {
        var problem: String?
        switch instance.code {
        case .plugin(let native):
            do throws(LoadError) { try await native.health(within: timeout) } catch { problem = error.description }
        case .workers(let pool): problem = await pool.health(within: timeout)
        case .function: return
        }
        guard instance.setHealthProblem(problem) else { return }
        let name = instance.identity.name
        if let problem {
            logger.warning("plugin says that it cannot work", metadata: ["plugin": "\(name)", "reason": "\(problem)"])
        } else {
            logger.notice("plugin can work again", metadata: ["plugin": "\(name)"])
        }
    }
}
