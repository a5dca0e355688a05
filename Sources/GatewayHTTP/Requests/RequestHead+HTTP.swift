import GatewayCore
import HTTPTypes
import Hummingbird
import NIOCore
import PluginPayloads

extension RequestHead {
    /// A request as plugins see it.
    init(_ request: Request, _ client: SocketAddress?) {
        var headers: HTTPHeaders = [:]
        if let authority = request.head.authority { headers["host"] = authority }
        for field in request.headers {
            let name = field.name.canonicalName
            let separator = field.name == .cookie ? "; " : ", "
            headers[name] = headers[name].map { $0 + separator + field.value } ?? field.value
        }
        self.init(
            path: request.uri.path,
            method: request.method.rawValue,
            clientHost: client?.ipAddress,
            clientPort: client?.port,
            headers: headers
        )
    }
}

extension HTTPHeaders {
    /// The headers of a response as plugins see them.
    init(_ fields: HTTPFields) {
        self.init(fields.map { ($0.name.canonicalName, $0.value) })
    }
}

/// Headers that a request may have only once: what stands behind the gateway could believe another of them than it does.
enum SingleHeaders {
    private static let names = [
        "host", "authorization", "proxy-authorization", "x-api-key", "content-type", "content-length", "x-request-id",
    ]

    /// Refuses a request that has one of them twice.
    static func check(_ request: Request) throws(GatewayError) {
        // One bit for each name; the server below has taken the first host out of the headers.
        var seen = request.head.authority == nil ? 0 : 1
        for field in request.headers {
            guard let place = names.firstIndex(of: field.name.canonicalName) else { continue }
            guard seen & (1 << place) == 0 else {
                throw .badRequest("the header \(field.name.canonicalName) is repeated")
            }
            seen |= 1 << place
        }
    }
}
