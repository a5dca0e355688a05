import GatewayCore
import Hummingbird
import PluginPayloads

/// `/plugins`: what runs.
struct PluginRoutes {
    let status: any GatewayStatus

    var routes: [Route] {
        [
            Route(.get, "plugins", .permission(.pluginsRead)) { [status] call in
                let filter = PluginFilter(call.request.uri.queryParameters)
                return Response(.array(status.plugins.filter(filter.accepts).map(JSONValue.object)))
            },
            Route(.get, "plugins/:name", .permission(.pluginsRead)) { [status] call in
                let name = try call.component("name")
                guard let plugin = status.plugins.first(where: { $0["name"] == .string(name) }) else {
                    throw GatewayError.notFound("plugin not found: \(name); GET /plugins lists all")
                }
                return Response(.object(plugin))
            },
        ]
    }
}
