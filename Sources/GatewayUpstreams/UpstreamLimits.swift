/// What other servers may cost.
package struct UpstreamLimits: Sendable, Equatable {
    /// How long a connection may take to come about.
    package var connectTimeout: Duration = .seconds(5)
    /// How long one request may take, to the last byte of the answer.
    package var timeout: Duration = .seconds(30)
    /// Bytes of one answer's body.
    package var maxResponseBytes = 8 << 20
    /// How often one request is sent on to another path of the same server.
    package var maxRedirects = 5

    package init() {}
}
