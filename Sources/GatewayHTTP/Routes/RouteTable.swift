import GatewayCore
import Hummingbird

/// All routes of the gateway; each is there below `/v1`, too.
struct RouteTable: Sendable {
    let routes: [Route]
    private let access: AccessControl

    init(_ services: GatewayServices, bodies: BodyReader) {
        access = services.access
        routes =
            PromptRoutes(services: services, bodies: bodies).routes
            + PluginRoutes(status: services.status).routes
            + UserRoutes(users: services.access.users, bodies: bodies).routes
            + StatusRoutes(status: services.status).routes
    }

    /// The router that finds the route of a request.
    func router() -> Router<GatewayRequestContext> {
        let router = Router(context: GatewayRequestContext.self, options: .autoGenerateHeadEndpoints)
        for prefix in ["", "v1"] {
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
