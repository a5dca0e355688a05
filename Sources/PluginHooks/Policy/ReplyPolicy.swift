package import PluginPayloads

/// What a plugin's reply to a hook means, and which fields of the payload it may replace.
package enum ReplyPolicy: Sendable, Equatable {
    /// The reply replaces fields of the payload; only these may be replaced.
    case fields([String])
    /// The reply replaces fields of the payload; any may be replaced.
    case anyField
    /// The reply is a map of headers to set in this field.
    case headers(field: String)
    /// The reply is a value of its own kind; the payload stays as it is.
    case value
    /// As `value`, an object with `granted`: once a plugin has refused, no later one grants.
    case decision

    /// The policy of a hook.
    ///
    /// - Parameters:
    ///   - hook: The hook.
    ///   - allowsOthers: Whether plugins may change the payload of a hook that has no policy of its own.
    package init(hook: HookName, allowsOthers: Bool = true) {
        self =
            switch hook {
            case .toolPreInvoke: .fields(["name", "args", "headers"])
            case .toolPostInvoke: .fields(["result"])
            case .promptPreFetch: .fields(["args"])
            case .promptPostFetch: .fields(["result"])
            case .resourcePreFetch: .fields(["uri", "metadata"])
            case .resourcePostFetch: .fields(["content"])
            case .agentPreInvoke:
                .fields(["agent_id", "messages", "tools", "model", "system_prompt", "parameters", "headers"])
            case .agentPostInvoke: .fields(["messages", "tool_calls"])
            case .httpPreRequest: .headers(field: "headers")
            case .httpPostRequest: .headers(field: "response_headers")
            case .httpAuthResolveUser: .value
            case .httpAuthCheckPermission: .decision
            default: allowsOthers ? .anyField : .fields([])
            }
    }

    /// Whether the reply may replace a top-level field.
    func allows(_ field: String) -> Bool {
        switch self {
        case .fields(let names): names.contains(field)
        case .anyField: true
        case .headers, .value, .decision: false
        }
    }
}
