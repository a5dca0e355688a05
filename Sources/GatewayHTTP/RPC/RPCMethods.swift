import GatewayCore
import PluginPayloads

/// The methods of `/rpc`, each with what it asks of its caller.
struct RPCMethods: Sendable {
    private struct Method: Sendable {
        let permission: Permission?
        let answer: @Sendable (BlockValue, RouteCall) async throws -> DispatchAnswer
    }

    private let dispatch: GatewayDispatch
    private let methods: [String: Method]

    init(_ dispatch: GatewayDispatch) {
        self.dispatch = dispatch
        methods = [
            "ping": Method(permission: nil) { _, _ in DispatchAnswer(result: PayloadBlock.emptyObject.root) },
            "tools/list": Self.list("tools", .toolsRead) { dispatch.tools.records.map(\.listing) },
            "tools/call": Method(permission: .toolsExecute) { parameters, call in
                let arguments = try parameters.object("arguments")
                return try await dispatch.callTool(try parameters.text("name"), arguments, call.hooks)
            },
            "prompts/list": Self.list("prompts", .promptsRead) { dispatch.prompts.records.map(\.listing) },
            "prompts/get": Method(permission: .promptsRead) { parameters, call in
                let arguments = try parameters.object("arguments")
                return try await dispatch.renderPrompt(try parameters.text("name"), arguments, call.hooks)
            },
            "resources/list": Self.list("resources", .resourcesRead) {
                dispatch.resources.records.filter { !$0.isTemplate }.map(\.listing)
            },
            "resources/templates/list": Self.list("resourceTemplates", .resourcesRead) {
                dispatch.resources.records.filter(\.isTemplate).map(\.listing)
            },
            "resources/read": Method(permission: .resourcesRead) { parameters, call in
                try ResourceContents.of(try await dispatch.readResource(try parameters.text("uri"), call.hooks))
            },
        ]
    }

    /// The names of the methods; any other is the name of a tool.
    var names: [String] { methods.keys.sorted() }

    /// Answers a request.
    ///
    /// A method that is none is the name of a tool, as older clients have it.
    func answer(_ request: RPCRequest, _ call: RouteCall) async throws -> DispatchAnswer {
        if let method = methods[request.method] {
            if let permission = method.permission { try await call.require(permission) }
            return try await method.answer(request.parameters, call)
        }
        try await call.require(.toolsExecute)
        guard (try? dispatch.tools.record(request.method)) != nil else {
            throw GatewayError.notFound("there is no method \(request.method), and no tool of that name")
                .with(rpcCode: RPCFault.methodNotFound)
        }
        return try await dispatch.callTool(request.method, request.parameters, call.hooks)
    }

    private static func list(
        _ key: String,
        _ permission: Permission,
        _ records: @escaping @Sendable () -> [JSONObject]
    ) -> Method {
        Method(permission: permission) { _, _ in
            let block = try PayloadBlock.payload { writer in
                writer.beginObject()
                writer.key(key)
                writer.add(JSONValue.array(records().map(JSONValue.object)))
                writer.end()
            }
            return DispatchAnswer(result: block.root)
        }
    }
}
