import Logging
import Synchronization

/// Log lines of one site.
final class RecordedLog: Sendable {
    private let recorded = Mutex<[String]>([])

    /// All lines so far: `warning plugin did not stop cleanly plugin=a reason=…`.
    var lines: [String] { recorded.withLock { $0 } }

    /// The lines of warnings and worse.
    var complaints: [String] { lines.filter { !$0.hasPrefix("debug ") && !$0.hasPrefix("info ") } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(log: self) }
        logger.logLevel = .debug
        return logger
    }

    private func add(_ line: String) {
        recorded.withLock { $0.append(line) }
    }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let values = metadata.merging(event.metadata ?? [:]) { _, new in new }
            let words =
                ["\(event.level)", "\(event.message)"] + values.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
            log.add(words.joined(separator: " "))
        }
    }
}
