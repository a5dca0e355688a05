/// Where the server listens, and what clients may cost.
package struct ServerLimits: Sendable, Equatable {
    package var host = "127.0.0.1"
    /// 0 for any that is free.
    package var port = 4444
    /// Bytes of one request's body.
    package var maxBodyBytes = 8 << 20
    /// Bytes of all bodies that are being read at the same time.
    package var maxBufferedBytes = 256 << 20
    /// Bytes of one request's headers.
    package var maxHeaderBytes = 32 << 10
    /// Headers of one request.
    package var maxHeaderFields = 1_000
    /// Containers within one another in a body.
    package var maxJSONDepth = 64
    /// Values in a body, each key counted as one.
    package var maxJSONValues = 200_000
    /// Connections; further ones wait in the system's queue.
    package var maxConnections = 16_384
    /// How long a client may take to send one request, and to read one response.
    package var requestTimeout: Duration = .seconds(30)
    /// How long a connection may stay open without a request.
    package var idleTimeout: Duration = .seconds(60)

    package init() {}
}
