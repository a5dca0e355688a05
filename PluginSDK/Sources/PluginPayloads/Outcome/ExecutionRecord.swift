/// What one plugin did when a hook ran, and what became of it.
public struct ExecutionRecord: Sendable, Hashable {
    /// How the call ended.
    public enum Status: String, Sendable, Hashable {
        /// The plugin has answered.
        case completed
        /// It failed.
        case error
        /// It did not answer in time.
        case timeout
        /// It was not called: its conditions do not match the request.
        case skipped
        /// Another plugin decided first.
        case cancelled
        /// It was not called: `on_error: disable` has switched it off.
        case disabled
    }

    /// The plugin's place among all plugins, the same as long as nothing is reloaded.
    public var pluginID: Int
    /// The plugin's name in the configuration.
    public var pluginName: String
    /// The plugin's kind.
    public var pluginKind: String?
    /// The hook.
    public var hook: HookName
    /// The plugin's mode.
    public var mode: String
    /// How the call ended.
    public var status: Status
    /// Whether the plugin let the request pass.
    public var requestedAllow = true
    /// Whether the request may go on after it.
    public var effectiveAllow = true
    /// Whether the plugin's conditions match the request.
    public var matched = true
    /// Whether its answer had an effect on the request.
    public var applied = false
    /// Whether it changed the payload that the next plugin sees.
    public var payloadModified = false
    /// How long the call took, in nanoseconds.
    public var durationNanoseconds: UInt64 = 0
    /// Why it blocked or failed.
    public var reason: String?
    /// The code of the violation or error.
    public var errorCode: String?
    /// The keys of the plugin's configuration, at most 64.
    public var configurationKeys: [String] = []

    /// Makes a record of a call.
    public init(
        pluginID: Int,
        pluginName: String,
        pluginKind: String?,
        hook: HookName,
        mode: String,
        status: Status
    ) {
        self.pluginID = pluginID
        self.pluginName = Self.bounded(pluginName)
        self.pluginKind = pluginKind.map(Self.bounded)
        self.hook = hook
        self.mode = mode
        self.status = status
    }

    /// The longest text of a record, in bytes of UTF-8.
    public static let maxTextBytes = 256
    /// How many keys of a configuration a record names.
    public static let maxKeys = 64

    /// A text, cut to what a record may hold.
    public static func bounded(_ text: String) -> String {
        guard text.utf8.count > maxTextBytes else { return text }
        var size = 0
        return String(
            text.prefix { character in
                size += character.utf8.count
                return size <= maxTextBytes
            }
        )
    }

    /// The record as programs read it.
    public var object: JSONObject {
        [
            "plugin_id": .int(Int64(pluginID)), "plugin_name": .string(pluginName),
            "plugin_kind": JSONValue(pluginKind), "hook_name": .string(hook.text), "mode": .string(mode),
            "status": .string(status.rawValue), "requested_allow": .bool(requestedAllow),
            "effective_allow": .bool(effectiveAllow), "matched": .bool(matched), "applied": .bool(applied),
            "payload_modified": .bool(payloadModified), "duration_ns": .int(Int64(clamping: durationNanoseconds)),
            "reason": JSONValue(reason), "error_code": JSONValue(errorCode),
            "config_keys": .array(configurationKeys.map(JSONValue.string)),
        ]
    }
}
