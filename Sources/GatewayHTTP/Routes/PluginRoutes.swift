import GatewayCore
import Hummingbird
import PluginPayloads

/// `/plugins`: what runs.
struct PluginRoutes {
    let status: any GatewayStatus

    func add(to router: RouterGroup<GatewayRequestContext>) {
        router.get("plugins") { _, _ in Response(.array(status.plugins.map(JSONValue.object))) }
        router.get("plugins/:name") { _, context in
            let name = try context.name()
            guard let plugin = status.plugins.first(where: { $0["name"] == .string(name) }) else {
                throw GatewayError.notFound("plugin not found: \(name); GET /plugins lists all")
            }
            return Response(.object(plugin))
        }
    }
}
