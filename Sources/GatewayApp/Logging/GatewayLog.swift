import GatewayHTTP
import Glibc
package import Logging

/// The gateway's log, on standard error: JSON, or text on a terminal.
package struct GatewayLog: Sendable {
    private let output: LogOutput
    private let level: Logger.Level

    /// - Parameters:
    ///   - level: Lines below it are not written.
    ///   - format: How lines look; `nil` for text on a terminal and JSON elsewhere.
    ///   - environment: Says whether colours are welcome (`NO_COLOR`, `TERM`).
    package init(level: Logger.Level, format: LogFormat?, environment: GatewayEnvironment) {
        let isTerminal = isatty(STDERR_FILENO) == 1
        let hasColours = environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
        let formatter = LogFormatter(
            format: format ?? (isTerminal ? .text : .json),
            usesColour: isTerminal && hasColours
        )
        output = LogOutput(descriptor: STDERR_FILENO, formatter: formatter)
        self.level = level
    }

    /// What everything but requests is logged by.
    package var logger: Logger {
        var logger = Logger(label: "hookgate") { _ in GatewayLogHandler(output: output) }
        logger.logLevel = level
        return logger
    }

    /// What requests are logged by.
    var access: any AccessLog { RequestLog(output: output, isEnabled: level <= .info) }

    /// Waits until all lines so far are written.
    package func flush() { output.flush() }
}

private struct RequestLog: AccessLog {
    let output: LogOutput
    let isEnabled: Bool

    func record(_ entry: AccessEntry) { output.add(LogLine(entry)) }
}

private struct GatewayLogHandler: LogHandler {
    let output: LogOutput
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    init(output: LogOutput) {
        self.output = output
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = event.metadata.map { metadata.merging($0) { _, given in given } } ?? metadata
        output.add(LogLine(level: event.level, message: "\(event.message)", metadata: all))
    }
}
