import GatewayCore
import Hummingbird

/// All routes of the gateway; each is there below `/v1`, too.
struct RouteTable: Sendable {
    let routes: [Route]

    init(_ services: GatewayServices, bodies: BodyReader) {
        routes =
            PromptRoutes(services: services, bodies: bodies).routes
            + PluginRoutes(status: services.status).routes
            + StatusRoutes(status: services.status).routes
            + AdministrationRoutes(administration: services.administration, bodies: bodies).routes
    }

    /// The router that finds the route of a request.
    func router() -> Router<GatewayRequestContext> {
        let router = Router(context: GatewayRequestContext.self, options: .autoGenerateHeadEndpoints)
        for prefix in ["", "v1"] {
            let group = router.group(RouterPath(prefix))
            for route in routes {
                group.on(RouterPath(route.path), method: route.method) { request, context in
                    guard let hooks = context.hooks else { preconditionFailure("the responder has begun the request") }
                    let call = RouteCall(request: request, context: context, hooks: hooks, caller: .anyone)
                    return try await route.handler(call)
                }
            }
        }
        return router
    }
}
