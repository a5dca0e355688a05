/// What the runtime offers to a plugin for as long as it lives.
///
/// A plugin keeps the value that its initializer gets and uses it from any thread.
/// What comes after the plugin was released is dropped.
public struct PluginHost: Sendable {
    let connection: HostConnection

    /// Writes log lines under the plugin's name: `host.log.info("ready")` or `host.log(.info, "ready")`.
    public var log: PluginLog { PluginLog(connection: connection) }

    /// Adds to a counter of the plugin, which is made at its first use.
    ///
    /// - Parameters:
    ///   - counter: Letters, digits, `_` and `.`, such as `requests_processed`.
    ///   - amount: What to add.
    public func count(_ counter: String, by amount: Int = 1) {
        connection.count(counter, by: Int64(amount))
    }

    /// Warns about the configuration.
    ///
    /// Outside ``Plugin/init(configuration:host:)`` and ``Plugin/register(on:)`` it becomes a line of the log.
    ///
    /// - Parameters:
    ///   - pointer: A JSON pointer into the configuration, such as `/words/1/search`; empty for all of it.
    ///   - message: What is wrong, and how to mend it.
    public func warn(at pointer: String = "", _ message: String) {
        let problem = ConfigurationProblem(at: pointer, message)
        if !connection.report(problem, .warning) { connection.log(.warning, problem.description) }
    }
}

/// The plugin's part of the log.
public struct PluginLog: Sendable {
    /// How much a line matters.
    public enum Level: Sendable, CaseIterable {
        /// For those who look for an error in the plugin.
        case debug
        /// What happens in good order.
        case info
        /// What an operator should look at some day.
        case warning
        /// What an operator should look at now.
        case error
    }

    let connection: HostConnection

    /// Writes a line.
    ///
    /// - Parameters:
    ///   - level: How much it matters.
    ///   - message: One line, without secrets.
    public func callAsFunction(_ level: Level, _ message: String) { connection.log(level, message) }

    /// Writes a line for those who look for an error in the plugin.
    public func debug(_ message: String) { connection.log(.debug, message) }

    /// Writes a line about what happens in good order.
    public func info(_ message: String) { connection.log(.info, message) }

    /// Writes a line that an operator should look at some day.
    public func warning(_ message: String) { connection.log(.warning, message) }

    /// Writes a line that an operator should look at now.
    public func error(_ message: String) { connection.log(.error, message) }
}
