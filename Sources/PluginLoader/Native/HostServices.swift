/// What a plugin's host functions reach outside its calls.
package protocol HostServices: Sendable {
    /// Writes a log line under the plugin's name.
    func log(_ level: LogLevel, _ message: String)
    /// Adds to one of the plugin's counters.
    func count(_ counter: String, by amount: Int64)
}

/// How much a log line matters.
package enum LogLevel: Int32, Sendable, Hashable {
    case debug
    case info
    case warning
    case error
}
