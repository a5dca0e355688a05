import PluginPayloads

/// How messages of A2A are written.
package enum A2AVersion: String, Sendable, Equatable {
    case current = "1.0"
    case former = "0.3"

    /// The method that sends a message.
    var sendMethod: String { self == .current ? "SendMessage" : "message/send" }

    /// The version whose method it is; `nil` for other methods.
    init?(sendMethod: String) {
        switch sendMethod {
        case Self.current.sendMethod: self = .current
        case Self.former.sendMethod: self = .former
        default: return nil
        }
    }

    /// The version in which a message is written.
    init(of message: JSONObject) {
        let isCurrent = message["kind"] == nil && message["role"]?.string?.hasPrefix("ROLE_") ?? true
        self = isCurrent ? .current : .former
    }
}
