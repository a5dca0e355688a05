package import PluginPayloads

/// A request without its body, as the `http_*` plugins see it.
package struct RequestHead: Sendable, Equatable {
    /// Without the query.
    package var path: String
    package var method: String
    /// The address of the client; `nil` if the connection has none.
    package var clientHost: String?
    package var clientPort: Int?
    /// Names in small letters; the values of a repeated header are put together.
    package var headers: HTTPHeaders

    package init(
        path: String,
        method: String,
        clientHost: String? = nil,
        clientPort: Int? = nil,
        headers: HTTPHeaders = [:]
    ) {
        self.path = path
        self.method = method
        self.clientHost = clientHost
        self.clientPort = clientPort
        self.headers = headers
    }
}
