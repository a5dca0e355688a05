import GatewayCore
package import GatewayHTTP
package import Logging

/// One line of the log, not yet formatted.
package struct LogLine: Sendable {
    enum Content: Sendable {
        case message(String, Logger.Metadata)
        case access(AccessEntry)
    }

    let level: Logger.Level
    let time: Timestamp
    let content: Content

    package init(level: Logger.Level, message: String, metadata: Logger.Metadata) {
        self.level = level
        time = .now
        content = .message(message, metadata)
    }

    package init(_ entry: AccessEntry) {
        level = .info
        time = .now
        content = .access(entry)
    }
}
