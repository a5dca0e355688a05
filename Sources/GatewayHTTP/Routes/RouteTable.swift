import GatewayCore
import Hummingbird

/// All routes of the gateway; each is there below `/v1`, too.
struct RouteTable: Sendable {
    let routes: [Route]
    private let access: AccessControl

    init(_ services: GatewayServices, bodies: BodyReader) {
        access = services.access
        routes =
            PromptRoutes(dispatch: services.dispatch, bodies: bodies).routes
            + ToolRoutes(dispatch: services.dispatch, bodies: bodies).routes
            + ResourceRoutes(dispatch: services.dispatch, bodies: bodies).routes
            + AgentRoutes(dispatch: services.dispatch, bodies: bodies).routes
            + RecordRoutes(library: services.dispatch.servers, bodies: bodies).all
            + HookRoutes(bodies: bodies).routes
            + RPCRoutes(dispatch: services.dispatch, bodies: bodies).routes
            + PluginRoutes(status: services.status).routes
            + UserRoutes(users: services.access.users, bodies: bodies).routes
            + StatusRoutes(status: services.status).routes
            + AdministrationRoutes(administration: services.administration, bodies: bodies).routes
    }

    private static let prefixes = ["", "v1"]

    /// The paths of routes that are open to anyone.
    var openPaths: Set<String> {
        Set(
            routes.filter { $0.access == .open }.flatMap { route in
                Self.prefixes.map { $0.isEmpty ? "/\(route.path)" : "/\($0)/\(route.path)" }
            }
        )
    }

    /// The router that finds the route of a request.
    func router() -> Router<GatewayRequestContext> {
        let router = Router(context: GatewayRequestContext.self, options: .autoGenerateHeadEndpoints)
        for prefix in Self.prefixes {
            let group = router.group(RouterPath(prefix))
            for route in routes {
                group.on(RouterPath(route.path), method: route.method) { [access] request, context in
                    try await route.handler(try await RouteCall(request, context, route.access, access))
                }
            }
        }
        return router
    }
}
