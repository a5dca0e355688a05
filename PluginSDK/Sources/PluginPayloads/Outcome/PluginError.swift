/// A plugin that failed, and why: it threw, was late, answered nonsense, or could not be asked.
///
/// A *violation* is not an error: it is a plugin's verdict on a request.
public struct PluginError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name that clients and logs see.
        public let description: String

        init(_ description: String) { self.description = description }

        /// The plugin threw or returned a failure.
        public static let failed = Code("PLUGIN_ERROR")
        /// The plugin's reply breaks a rule of the interface.
        public static let badReply = Code("PLUGIN_BAD_REPLY")
        /// The plugin was not done at its deadline.
        public static let timeout = Code("PLUGIN_TIMEOUT")
        /// A plugin that must not be missing is, or its breaker is open.
        public static let unavailable = Code("PLUGIN_UNAVAILABLE")
        /// The plugin has too many calls that never returned.
        public static let overloaded = Code("PLUGIN_OVERLOADED")
        /// The process that ran the plugin has died.
        public static let crashed = Code("PLUGIN_CRASHED")
        /// The payload is larger than the configuration allows, whatever the plugins say.
        public static let payloadTooLarge = Code("PAYLOAD_TOO_LARGE")
    }

    /// What kind of failure it was.
    public var code: Code

    /// What happened, for the operator; it may quote the plugin's own text.
    public var message: String

    /// The plugin's name in the configuration; empty if no single plugin is to blame.
    public var pluginName: String

    /// Makes an error.
    public init(code: Code, message: String, pluginName: String = "") {
        self.code = code
        self.message = message
        self.pluginName = pluginName
    }

    /// Code, plugin and message in one line.
    public var description: String {
        pluginName.isEmpty ? "\(code): \(message)" : "\(code): plugin \(pluginName): \(message)"
    }
}
