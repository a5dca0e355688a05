import GatewayCore
import GatewayHTTP
import GatewayTesting
import PluginPayloads
import Testing

/// What each route and each method of JSON-RPC reaches; one that is new has to be entered here.
private enum Reach: Sendable {
    case tool, prompt, resource, agent
    /// Fires the hook that its path names.
    case namedHook
    /// The methods of `/rpc`, which have a table of their own.
    case methods
    /// Records, users, plugins or the status: neither another server nor a template.
    case nothing
    /// Servers are registered through hooks, and nothing is reached.
    case registration

    /// The hooks around what is reached.
    var hooks: [HookName] {
        switch self {
        case .tool: [.toolPreInvoke, .toolPostInvoke]
        case .prompt: [.promptPreFetch, .promptPostFetch]
        case .resource: [.resourcePreFetch, .resourcePostFetch]
        case .agent: [.agentPreInvoke, .agentPostInvoke]
        case .registration: [.serverPreRegister, .serverPostRegister]
        case .namedHook, .methods, .nothing: []
        }
    }

    /// What the answer has if it was reached.
    var content: String? {
        switch self {
        case .tool, .resource: "from upstream"
        case .agent: "from the agent"
        case .prompt: "from the template"
        case .namedHook, .methods, .nothing, .registration: nil
        }
    }
}

/// A route or a method, with a request that it answers.
private struct Row: Sendable {
    let reach: Reach
    let path: String
    let body: JSONValue?

    init(_ reach: Reach, _ path: String, _ body: JSONValue? = nil) {
        (self.reach, self.path, self.body) = (reach, path, body)
    }
}

/// A request that is sent.
private struct Sent: Sendable, CustomStringConvertible {
    let line: String
    let body: JSONValue?
    let reach: Reach
    /// Whether the answer does not say what became of it.
    let isSilent: Bool

    var isMethod: Bool { line.hasSuffix("/rpc") && body != nil }
    var description: String { line + (body.map { " \($0)" } ?? "") }
}

@Suite("No route reaches anything without its hooks")
struct RouteHookTests {
    private static let call: JSONValue = ["name": "known", "arguments": [:]]
    private static let message: JSONValue = ["parameters": ["query": "hi"]]
    private static let user: JSONValue = ["email": "ada@example.com", "role": "viewer"]

    private static let routes: [String: Row] = [
        "GET prompts": Row(.nothing, "prompts"),
        "POST prompts": Row(.nothing, "prompts", ["name": "new", "template": "from the template"]),
        "PUT prompts/:name": Row(.nothing, "prompts/known", ["description": "d"]),
        "DELETE prompts/:name": Row(.nothing, "prompts/known"),
        "GET prompts/:name": Row(.prompt, "prompts/known"),
        "POST prompts/:name": Row(.prompt, "prompts/known", [:]),
        "POST prompts/:name/render": Row(.prompt, "prompts/known/render", [:]),
        "GET tools": Row(.nothing, "tools"),
        "POST tools": Row(.nothing, "tools", ["name": "new", "url": "http://upstream"]),
        "PUT tools/:name": Row(.nothing, "tools/known", ["description": "d"]),
        "DELETE tools/:name": Row(.nothing, "tools/known"),
        "GET tools/:name": Row(.nothing, "tools/known"),
        "POST tools/invoke": Row(.tool, "tools/invoke", call),
        "GET resources": Row(.nothing, "resources"),
        "POST resources": Row(.nothing, "resources", ["uri": "new://x", "name": "new", "url": "http://upstream"]),
        "PUT resources/:name": Row(.nothing, "resources/doc%3A%2F%2Fknown", ["description": "d"]),
        "DELETE resources/:name": Row(.nothing, "resources/doc%3A%2F%2Fknown"),
        "GET resources/templates/list": Row(.nothing, "resources/templates/list"),
        "GET resources/:name": Row(.resource, "resources/doc%3A%2F%2Fknown"),
        "POST resources/read": Row(.resource, "resources/read", ["uri": "doc://known"]),
        "GET agents": Row(.nothing, "agents"),
        "POST agents": Row(.nothing, "agents", ["name": "new", "endpoint_url": "http://agent"]),
        "PUT agents/:name": Row(.nothing, "agents/known", ["description": "d"]),
        "DELETE agents/:name": Row(.nothing, "agents/known"),
        "GET agents/:name": Row(.nothing, "agents/known"),
        "POST agents/:name/invoke": Row(.agent, "agents/known/invoke", message),
        "GET a2a": Row(.nothing, "a2a"),
        "POST a2a": Row(.nothing, "a2a", ["name": "new", "endpoint_url": "http://agent"]),
        "PUT a2a/:name": Row(.nothing, "a2a/known", ["description": "d"]),
        "DELETE a2a/:name": Row(.nothing, "a2a/known"),
        "GET a2a/:name": Row(.nothing, "a2a/known"),
        "POST a2a/:name/invoke": Row(.agent, "a2a/known/invoke", message),
        "GET servers": Row(.nothing, "servers"),
        "POST servers": Row(.registration, "servers", ["name": "new"]),
        "PUT servers/:name": Row(.registration, "servers/known", ["description": "d"]),
        "DELETE servers/:name": Row(.nothing, "servers/known"),
        "GET servers/:name": Row(.nothing, "servers/known"),
        "POST hooks/:name/invoke": Row(.namedHook, "hooks/my_own_hook/invoke", ["payload": [:]]),
        "POST rpc": Row(.methods, "rpc"),
        "GET plugins": Row(.nothing, "plugins"),
        "GET plugins/:name": Row(.nothing, "plugins/Guard"),
        "GET admin/users": Row(.nothing, "admin/users"),
        "POST admin/users": Row(.nothing, "admin/users", user),
        "GET admin/users/:email": Row(.nothing, "admin/users/admin@example.com"),
        "PUT admin/users/:email": Row(.nothing, "admin/users/admin@example.com", ["full_name": "Ada"]),
        "DELETE admin/users/:email": Row(.nothing, "admin/users/viewer@example.com"),
        "GET health": Row(.nothing, "health"),
        "GET ready": Row(.nothing, "ready"),
        "GET version": Row(.nothing, "version"),
        "GET admin/plugins": Row(.nothing, "admin/plugins"),
        "GET admin/plugins/stats": Row(.nothing, "admin/plugins/stats"),
        "GET admin/plugins/:name": Row(.nothing, "admin/plugins/Guard"),
        "PUT admin/plugins/:name": Row(.nothing, "admin/plugins/Guard", ["mode": "audit"]),
    ]

    /// The methods of `/rpc`; `known` is none, and thus the name of a tool.
    private static let methods: [String: (reach: Reach, parameters: JSONValue)] = [
        "ping": (.nothing, [:]), "tools/list": (.nothing, [:]), "prompts/list": (.nothing, [:]),
        "resources/list": (.nothing, [:]), "resources/templates/list": (.nothing, [:]),
        "tools/call": (.tool, call), "known": (.tool, [:]), "prompts/get": (.prompt, call),
        "resources/read": (.resource, ["uri": "doc://known"]),
    ]

    /// What is sent: each route and each method below both prefixes, GET as HEAD, too, and methods as notifications.
    private static let requests: [Sent] = ["", "/v1"].flatMap { prefix in
        var all: [Sent] = []
        for (name, row) in routes.sorted(by: { $0.key < $1.key }) {
            let method = String(name.prefix { $0 != " " })
            for method in method == "GET" ? ["GET", "HEAD"] : [method] {
                let line = "\(method) \(prefix)/\(row.path)"
                all.append(Sent(line: line, body: row.body, reach: row.reach, isSilent: method == "HEAD"))
            }
        }
        for (method, row) in methods.sorted(by: { $0.key < $1.key }) {
            let body: JSONValue = ["jsonrpc": "2.0", "method": .string(method), "params": row.parameters]
            var call = body
            call["id"] = 1
            all.append(Sent(line: "POST \(prefix)/rpc", body: call, reach: row.reach, isSilent: false))
            all.append(Sent(line: "POST \(prefix)/rpc", body: body, reach: row.reach, isSilent: true))
        }
        return all
    }

    /// One request to a gateway that has one record of each kind, of which nothing was asked before.
    private static func answer(
        _ sent: Sent,
        _ hooks: ClosureHooks,
        template: String = "from the {{ 'template' }}"
    ) async throws -> (response: ClientResponse, upstream: ClosureUpstream) {
        let upstream = ClosureUpstream { request throws(UpstreamError) in
            let agent = #"{"jsonrpc": "2.0", "id": "x", "result": {"role": "ROLE_AGENT", "messageId": "m", "#
            let text =
                request.url.contains("agent")
                ? agent + #""parts": [{"text": "from the agent"}]}}"# : "from upstream"
            return UpstreamResponse(status: 200, headers: ["Content-Type": "text/plain"], body: Array(text.utf8))
        }
        let stores = InMemoryStores()
        let filling = try await InMemoryGateway(stores: stores).client
        for (path, record) in [
            ("tools", ["name": "known", "url": "http://upstream"]),
            ("prompts", ["name": "known", "template": .string(template)]),
            ("resources", ["uri": "doc://known", "name": "known", "url": "http://upstream"]),
            ("agents", ["name": "known", "endpoint_url": "http://agent"]), ("servers", ["name": "known"]),
        ] as [(String, JSONValue)] {
            let made = try await filling("POST /\(path)", record)
            #expect(made.status == 200, "\(made.line)")
        }
        let gateway = try await InMemoryGateway(
            hooks: hooks,
            stores: stores,
            upstream: upstream,
            users: .ofEachRole,
            tokens: PlainTokens()
        )
        let headers: HTTPHeaders = ["Authorization": "Bearer admin@example.com"]
        return (try await gateway.client(sent.line, sent.body, headers: headers), upstream)
    }

    /// Hooks at all points but those of `http_*`: those that come before anything is reached say `verdict`.
    private static func hooks(_ verdict: @escaping @Sendable () -> HookOutcome) -> ClosureHooks {
        var bodies: [HookName: ClosureHooks.Body] = [:]
        for hook in HookName.standard where !hook.description.hasPrefix("http_") {
            let isFirst = hook.description.contains("_pre_")
            bodies[hook] = { _ in isFirst ? verdict() : HookOutcome() }
        }
        bodies["my_own_hook"] = { _ in verdict() }
        return ClosureHooks(PromptPolicy(), bodies)
    }

    private static let violation = PluginViolation(reason: "no", description: "never", code: "NO")

    @Test("All routes and methods are in the tables of this test")
    func complete() async throws {
        let gateway = try await InMemoryGateway()
        #expect(Set(gateway.routes.map { "\($0.method) \($0.path)" }) == Set(Self.routes.keys))
        #expect(Set(gateway.rpcMethods + ["known"]) == Set(Self.methods.keys))
    }

    @Test("What reaches something asks its hooks before and after; what does not reaches nothing")
    func asks() async throws {
        for sent in Self.requests {
            let hooks = Self.hooks { HookOutcome() }
            let (response, upstream) = try await Self.answer(sent, hooks)
            let expected: [HookName] = if case .namedHook = sent.reach { ["my_own_hook"] } else { sent.reach.hooks }
            #expect(hooks.calls.map(\.hook) == expected, "\(sent)")
            switch sent.reach {
            case .tool, .resource, .agent: #expect(upstream.requests.count == 1, "\(sent)")
            case .prompt, .namedHook, .methods, .nothing, .registration: #expect(upstream.requests.isEmpty, "\(sent)")
            }
            #expect(response.status == Self.status(of: sent), "\(sent): \(response.line)")
            if let content = sent.reach.content, !sent.isSilent {
                #expect(response.text.contains(content), "\(sent): \(response.line)")
            }
        }
    }

    /// The status that a request has if no plugin refuses it.
    private static func status(of sent: Sent) -> Int {
        // `/rpc` itself needs a method, no plugin is called Guard, and nobody learns what became of a notification.
        if case .methods = sent.reach { return 400 }
        if sent.line.hasSuffix("plugins/Guard") { return 404 }
        return sent.isMethod && sent.isSilent ? 202 : 200
    }

    @Test("A plugin that refuses stops the request before a server is asked or a template is rendered")
    func stops() async throws {
        for sent in Self.requests {
            let hooks = Self.hooks { .blocked(Self.violation) }
            // Whoever rendered this template would answer that it cannot be.
            let (response, upstream) = try await Self.answer(sent, hooks, template: "{{ 'x' | replace('', 'y') }}")
            #expect(upstream.requests.isEmpty, "\(sent)")
            if case .namedHook = sent.reach {
                #expect(response.status == 422, "\(sent): \(response.line)")
            }
            guard let first = sent.reach.hooks.first else { continue }
            #expect(hooks.calls.map(\.hook) == [first], "\(sent)")
            // A method's answer is an envelope.
            let status = sent.isMethod ? Self.status(of: sent) : 422
            #expect(response.status == status, "\(sent): \(response.line)")
            guard !sent.isSilent else { continue }
            let text = "\(first) blocked by plugin Guard: NO - no (never)"
            #expect(response.text.contains(text), "\(sent): \(response.line)")
        }
    }

    @Test("A template that cannot be rendered is noticed, so that the test above is one")
    func renders() async throws {
        let sent = Sent(line: "GET /prompts/known", body: nil, reach: .prompt, isSilent: false)
        let hooks = Self.hooks { HookOutcome() }
        let (response, _) = try await Self.answer(sent, hooks, template: "{{ 'x' | replace('', 'y') }}")
        #expect(response.status == 422)
        #expect(response.text.contains("`replace` needs a text to replace"), "\(response.line)")
    }
}
