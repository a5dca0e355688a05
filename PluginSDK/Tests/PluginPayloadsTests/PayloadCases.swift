import PluginPayloads
import Testing

/// One standard hook: a payload with every field, and a function that reads each field and makes a new payload of it.
struct PayloadCase: Sendable, CustomTestStringConvertible {
    let hook: HookName
    let json: JSONObject
    let copy: @Sendable (PayloadBlock) throws -> any StandardPayload

    var testDescription: String { hook.text }

    static let all: [PayloadCase] = [
        PayloadCase(
            hook: .promptPreFetch,
            json: ["prompt_id": "greeting", "args": ["user": "Ada", "deep": [1, nil]]]
        ) {
            let payload = try PromptPreFetchPayload(block: $0)
            return PromptPreFetchPayload(promptID: payload.promptID, args: payload.args)
        },
        PayloadCase(
            hook: .promptPostFetch,
            json: [
                "prompt_id": "greeting",
                "result": ["messages": [["role": "user", "content": "hi"]], "description": nil, "_meta": [:]],
            ]
        ) {
            let payload = try PromptPostFetchPayload(block: $0)
            return PromptPostFetchPayload(promptID: payload.promptID, result: payload.result)
        },
        PayloadCase(
            hook: .toolPreInvoke,
            json: ["name": "search", "args": ["q": "hello", "n": .number("1.10")], "headers": ["X-Key": "1"]]
        ) {
            let payload = try ToolPreInvokePayload(block: $0)
            return ToolPreInvokePayload(name: payload.name, args: payload.args, headers: payload.headers)
        },
        PayloadCase(hook: .toolPostInvoke, json: ["name": "search", "result": ["content": ["a", 1, true]]]) {
            let payload = try ToolPostInvokePayload(block: $0)
            return ToolPostInvokePayload(name: payload.name, result: payload.result)
        },
        PayloadCase(hook: .resourcePreFetch, json: ["uri": "file:///a", "metadata": ["size": 3]]) {
            let payload = try ResourcePreFetchPayload(block: $0)
            return ResourcePreFetchPayload(uri: payload.uri, metadata: payload.metadata)
        },
        PayloadCase(hook: .resourcePostFetch, json: ["uri": "file:///a", "content": ["text": "abc"]]) {
            let payload = try ResourcePostFetchPayload(block: $0)
            return ResourcePostFetchPayload(uri: payload.uri, content: payload.content)
        },
        PayloadCase(
            hook: .agentPreInvoke,
            json: [
                "agent_id": "helper", "messages": [["role": "user", "content": ["type": "text", "text": "hi"]]],
                "tools": ["search", "fetch"], "headers": ["a": "b"], "model": "m", "system_prompt": "be kind",
                "parameters": ["temperature": 0.5],
            ]
        ) {
            let payload = try AgentPreInvokePayload(block: $0)
            return AgentPreInvokePayload(
                agentID: payload.agentID,
                messages: payload.messages,
                tools: payload.tools,
                headers: payload.headers,
                model: payload.model,
                systemPrompt: payload.systemPrompt,
                parameters: payload.parameters
            )
        },
        PayloadCase(
            hook: .agentPostInvoke,
            json: ["agent_id": "helper", "messages": ["bare"], "tool_calls": [["name": "search"]]]
        ) {
            let payload = try AgentPostInvokePayload(block: $0)
            return AgentPostInvokePayload(
                agentID: payload.agentID,
                messages: payload.messages,
                toolCalls: payload.toolCalls
            )
        },
        PayloadCase(
            hook: .httpPreRequest,
            json: [
                "path": "/rpc", "method": "POST", "client_host": "127.0.0.1", "client_port": 1234,
                "headers": ["Host": "localhost"],
            ]
        ) {
            let payload = try HTTPPreRequestPayload(block: $0)
            return HTTPPreRequestPayload(
                path: payload.path,
                method: payload.method,
                clientHost: payload.clientHost,
                clientPort: payload.clientPort,
                headers: payload.headers
            )
        },
        PayloadCase(
            hook: .httpPostRequest,
            json: [
                "path": "/rpc", "method": "POST", "client_host": nil, "client_port": nil, "headers": [:],
                "response_headers": ["Vary": "*"], "status_code": 404,
            ]
        ) {
            let payload = try HTTPPostRequestPayload(block: $0)
            return HTTPPostRequestPayload(
                path: payload.path,
                method: payload.method,
                clientHost: payload.clientHost,
                clientPort: payload.clientPort,
                headers: payload.headers,
                responseHeaders: payload.responseHeaders,
                statusCode: payload.statusCode
            )
        },
        PayloadCase(
            hook: .httpAuthResolveUser,
            json: [
                "credentials": ["scheme": "bearer", "credentials": "t"], "headers": ["a": "b"], "client_host": "::1",
                "client_port": 1,
            ]
        ) {
            let payload = try HTTPAuthResolveUserPayload(block: $0)
            return HTTPAuthResolveUserPayload(
                credentials: payload.credentials,
                headers: payload.headers,
                clientHost: payload.clientHost,
                clientPort: payload.clientPort
            )
        },
        PayloadCase(
            hook: .httpAuthCheckPermission,
            json: [
                "user_email": "ada@example.com", "permission": "tools.invoke", "resource_type": "tool",
                "team_id": "t1", "is_admin": true, "auth_method": "jwt", "client_host": "::1", "user_agent": "curl",
            ]
        ) {
            let payload = try HTTPAuthCheckPermissionPayload(block: $0)
            return HTTPAuthCheckPermissionPayload(
                userEmail: payload.userEmail,
                permission: payload.permission,
                resourceType: payload.resourceType,
                teamID: payload.teamID,
                isAdmin: payload.isAdmin,
                authMethod: payload.authMethod,
                clientHost: payload.clientHost,
                userAgent: payload.userAgent
            )
        },
        PayloadCase(hook: .serverPreRegister, json: ["server": ["name": "s", "tools": []]]) {
            ServerPreRegisterPayload(server: try ServerPreRegisterPayload(block: $0).server)
        },
        PayloadCase(hook: .serverPostRegister, json: ["server": ["name": "s"]]) {
            ServerPostRegisterPayload(server: try ServerPostRegisterPayload(block: $0).server)
        },
        PayloadCase(hook: .federationPreSync, json: federation) {
            let payload = try FederationPreSyncPayload(block: $0)
            return FederationPreSyncPayload(
                gatewayID: payload.gatewayID,
                url: payload.url,
                tools: payload.tools,
                prompts: payload.prompts,
                resources: payload.resources,
                error: payload.error
            )
        },
        PayloadCase(hook: .federationPostSync, json: federation) {
            let payload = try FederationPostSyncPayload(block: $0)
            return FederationPostSyncPayload(
                gatewayID: payload.gatewayID,
                url: payload.url,
                tools: payload.tools,
                prompts: payload.prompts,
                resources: payload.resources,
                error: payload.error
            )
        },
    ]

    private static let federation: JSONObject = [
        "gateway_id": "g", "url": "https://example.com", "tools": [["name": "t"]], "prompts": [], "resources": nil,
        "error": "timeout",
    ]
}

extension PayloadCase {
    /// What the fields of an empty object read as.
    static let defaults: [HookName: JSONObject] = [
        .promptPreFetch: ["prompt_id": "", "args": [:]],
        .promptPostFetch: ["prompt_id": "", "result": nil],
        .toolPreInvoke: ["name": "", "args": [:], "headers": nil],
        .toolPostInvoke: ["name": "", "result": nil],
        .resourcePreFetch: ["uri": "", "metadata": [:]],
        .resourcePostFetch: ["uri": "", "content": nil],
        .agentPreInvoke: [
            "agent_id": "", "messages": [], "tools": nil, "headers": nil, "model": nil, "system_prompt": nil,
            "parameters": [:],
        ],
        .agentPostInvoke: ["agent_id": "", "messages": [], "tool_calls": nil],
        .httpPreRequest: ["path": "", "method": "", "client_host": nil, "client_port": nil, "headers": [:]],
        .httpPostRequest: [
            "path": "", "method": "", "client_host": nil, "client_port": nil, "headers": [:],
            "response_headers": nil, "status_code": nil,
        ],
        .httpAuthResolveUser: ["credentials": nil, "headers": [:], "client_host": nil, "client_port": nil],
        .httpAuthCheckPermission: [
            "user_email": "", "permission": "", "resource_type": nil, "team_id": nil, "is_admin": false,
            "auth_method": nil, "client_host": nil, "user_agent": nil,
        ],
        .serverPreRegister: ["server": [:]],
        .serverPostRegister: ["server": [:]],
        .federationPreSync: [
            "gateway_id": "", "url": "", "tools": nil, "prompts": nil, "resources": nil, "error": nil,
        ],
        .federationPostSync: [
            "gateway_id": "", "url": "", "tools": nil, "prompts": nil, "resources": nil, "error": nil,
        ],
    ]
}
