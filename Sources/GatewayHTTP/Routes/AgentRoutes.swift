import GatewayCore
import Hummingbird
import PluginPayloads

/// `/agents`, and `/a2a` as another word for it: management, and messages through the hooks.
struct AgentRoutes: Sendable {
    let dispatch: GatewayDispatch
    let bodies: BodyReader

    var routes: [Route] {
        ["agents", "a2a"].flatMap { path in
            RecordRoutes(library: dispatch.agents, bodies: bodies, path: path).all + [
                Route(.post, "\(path)/:name/invoke", .permission(.agentsInvoke), invoke)
            ]
        }
    }

    private func invoke(_ call: RouteCall) async throws -> Response {
        let request = try AgentRequest(try await bodies.object(of: call.request))
        return Response(try await dispatch.invokeAgent(try call.component("name"), request, call.hooks))
    }
}
