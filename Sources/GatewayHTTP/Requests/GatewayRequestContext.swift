import GatewayCore
import Hummingbird

/// What travels with one request.
struct GatewayRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The same for all hooks of the request, and in the log.
    var requestID = ""
    /// The request's hooks, from the moment in which it has begun.
    var hooks: (any RequestHooks)?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}
