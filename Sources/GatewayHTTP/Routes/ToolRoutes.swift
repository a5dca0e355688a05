import GatewayCore
import Hummingbird
import PluginPayloads

/// `/tools`: management, and calls through the hooks.
struct ToolRoutes: Sendable {
    let dispatch: GatewayDispatch
    let bodies: BodyReader

    var routes: [Route] {
        RecordRoutes(library: dispatch.tools, bodies: bodies).all + [
            Route(.post, "tools/invoke", .permission(.toolsExecute)) { call in
                let body = try await bodies.object(of: call.request)
                let arguments = try body.object("arguments")
                return Response(try await dispatch.callTool(try body.text("name"), arguments, call.hooks))
            }
        ]
    }
}
