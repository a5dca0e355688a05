/// One of the hooks, and where its payload has what a line tells.
struct AuditedHook: Sendable {
    let name: String
    /// The field that says what the call is about.
    let subject: String?
    /// The field whose keys are those of the arguments.
    var arguments: String?

    static let promptPreFetch = AuditedHook(name: "prompt_pre_fetch", subject: "prompt_id", arguments: "args")
    static let promptPostFetch = AuditedHook(name: "prompt_post_fetch", subject: "prompt_id")
    static let toolPreInvoke = AuditedHook(name: "tool_pre_invoke", subject: "name", arguments: "args")
    static let toolPostInvoke = AuditedHook(name: "tool_post_invoke", subject: "name")
    static let resourcePreFetch = AuditedHook(name: "resource_pre_fetch", subject: "uri", arguments: "metadata")
    static let resourcePostFetch = AuditedHook(name: "resource_post_fetch", subject: "uri")
    static let agentPreInvoke = AuditedHook(name: "agent_pre_invoke", subject: "agent_id", arguments: "parameters")
    static let agentPostInvoke = AuditedHook(name: "agent_post_invoke", subject: "agent_id")
    static let httpPreRequest = AuditedHook(name: "http_pre_request", subject: "path")
    static let httpPostRequest = AuditedHook(name: "http_post_request", subject: "path")
    static let httpAuthResolveUser = AuditedHook(name: "http_auth_resolve_user", subject: nil)
    static let httpAuthCheckPermission = AuditedHook(name: "http_auth_check_permission", subject: "permission")
}
