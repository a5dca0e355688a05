import GatewayCore
import HTTPTypes
import Hummingbird
import PluginPayloads

/// `/health`, `/ready` and `/version`: for those who operate the gateway.
struct StatusRoutes {
    let status: any GatewayStatus

    var routes: [Route] {
        [
            Route(.get, "health", .open) { _ in Response(["status": "ok"]) },
            Route(.get, "ready", .open) { [status] _ in
                let readiness = status.readiness
                return Response(
                    status: readiness.isReady ? .ok : .serviceUnavailable,
                    .object(readiness.object)
                )
            },
            Route(.get, "version", .open) { [status] _ in Response(.object(status.version)) },
        ]
    }
}
