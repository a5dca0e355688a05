import GatewayCore
import HTTPTypes
import Hummingbird
import PluginPayloads

/// `/health`, `/ready` and `/version`: for those who operate the gateway.
struct StatusRoutes {
    let status: any GatewayStatus

    func add(to router: RouterGroup<GatewayRequestContext>) {
        router.get("health") { _, _ in Response(["status": "ok"]) }
        router.get("ready") { _, _ in
            let readiness = status.readiness
            return Response(
                status: readiness.isReady ? .ok : .serviceUnavailable,
                .object(readiness.object)
            )
        }
        router.get("version") { _, _ in Response(.object(status.version)) }
    }
}
