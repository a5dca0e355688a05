import Logging
import PluginLoader
import Synchronization

/// What a plugin writes: log lines, under its name, and counters.
final class PluginCounters: HostServices {
    private let counters = Mutex<[String: Int64]>([:])
    let logger: Logger

    init(logger: Logger, plugin: String) {
        var logger = logger
        logger[metadataKey: "plugin"] = "\(plugin)"
        self.logger = logger
    }

    /// All counters.
    var values: [String: Int64] { counters.withLock { $0 } }

    func log(_ level: LogLevel, _ message: String) {
        logger.log(level: level.loggerLevel, "\(message)")
    }

    func count(_ counter: String, by amount: Int64) {
        counters.withLock { counters in
            guard counters[counter] != nil || counters.count < CounterLimits.names else { return }
            counters[counter, default: 0] &+= amount
        }
    }
}

extension LogLevel {
    fileprivate var loggerLevel: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }
}
