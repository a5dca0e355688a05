import PluginText

/// One of the hooks, and what is filtered there.
enum Stage: String {
    case promptPreFetch = "prompt_pre_fetch"
    case promptPostFetch = "prompt_post_fetch"
    case toolPreInvoke = "tool_pre_invoke"
    case toolPostInvoke = "tool_post_invoke"

    /// The field of the payload.
    var field: String {
        switch self {
        case .promptPreFetch, .toolPreInvoke: "args"
        case .promptPostFetch, .toolPostInvoke: "result"
        }
    }

    /// Whether a text of the field is none to filter: of a prompt's result only the texts of the messages are.
    func skips(_ path: borrowing StringPath) -> Bool {
        guard self == .promptPostFetch else { return false }
        let text = path.text
        return !(text.hasPrefix("messages[") && (text.hasSuffix("].content") || text.hasSuffix(".text")))
    }

    /// The code and the reason of a violation.
    var violation: (code: String, reason: String) {
        switch self {
        case .promptPreFetch: ("PII_DETECTED", "PII detected in prompt")
        case .promptPostFetch: ("PII_DETECTED_IN_PROMPT_RESULT", "PII detected in prompt result")
        case .toolPreInvoke: ("PII_DETECTED_IN_TOOL_ARGS", "PII detected in tool arguments")
        case .toolPostInvoke: ("PII_DETECTED_IN_TOOL_RESULT", "PII detected in tool result")
        }
    }
}
