/// What `server` says about a gateway's HTTP server, with the defaults for what it leaves out.
package struct ServerSettings: Sendable, Equatable {
    package var host = "127.0.0.1"
    package var port = 4444
    /// Bytes of one request's body.
    package var maxBodyBytes = 8 * 1024 * 1024
    /// Bytes of all bodies that are being read at the same time.
    package var maxBufferedBytes = 256 * 1024 * 1024
    /// Bytes of one request's headers.
    package var maxHeaderBytes = 32 * 1024
    /// Headers of one request.
    package var maxHeaderFields = 1_000
    /// Containers within one another in a body.
    package var maxJSONDepth = 64
    /// Values in a body, each key counted as one.
    package var maxJSONValues = 200_000
    package var maxConnections = 16_384
    /// How long a client may take for one request, from its first byte to its last.
    package var requestTimeout: Duration = .seconds(30)
    /// How long a connection may stay open without a request.
    package var idleTimeout: Duration = .seconds(60)
    /// How long requests may take after the gateway was told to stop.
    package var drainTimeout: Duration = .seconds(25)

    package init() {}
}
