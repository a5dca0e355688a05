/// What `upstreams` says about the servers that a gateway asks, with the defaults for what it leaves out.
package struct UpstreamSettings: Sendable, Equatable {
    /// How long a connection may take to come about.
    package var connectTimeout: Duration = .seconds(5)
    /// How long one request may take, to the last byte of the answer.
    package var timeout: Duration = .seconds(30)
    /// Bytes of one answer's body.
    package var maxResponseBytes = 8 * 1024 * 1024
    /// How often a call is made at most, if plugins want it repeated.
    package var maxAttempts = 3

    package init() {}
}
