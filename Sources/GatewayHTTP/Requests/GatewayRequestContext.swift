import GatewayCore
import Hummingbird
import NIOCore

/// What travels with one request.
struct GatewayRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The same for all hooks of the request, and in the log.
    var requestID = ""
    /// The request's hooks, from the moment in which it has begun.
    var hooks: (any RequestHooks)?
    /// Where its route leaves the hooks that know the caller; `nil` if nobody will ask for them.
    var identified: IdentifiedHooks?
    /// The other end of the connection.
    let client: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        client = source.channel.remoteAddress
    }
}
