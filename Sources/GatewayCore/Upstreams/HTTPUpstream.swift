package import PluginPayloads

/// Asks other servers.
package protocol HTTPUpstream: Sendable {
    /// Sends a request and waits for the whole answer, within limits.
    func send(_ request: UpstreamRequest) async throws(UpstreamError) -> UpstreamResponse
}

/// A request to another server.
package struct UpstreamRequest: Sendable, Equatable {
    package var method: String
    /// An absolute URL of the scheme `http` or `https`.
    package var url: String
    package var headers: HTTPHeaders
    package var body: [UInt8]?

    package init(method: String, url: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What another server has answered.
package struct UpstreamResponse: Sendable, Equatable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]

    package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var isSuccess: Bool { (200...299).contains(status) }

    /// The body's type without parameters, in lower case: `application/json`.
    var mediaType: String? {
        headers["Content-Type"]?.split(separator: ";", maxSplits: 1).first.map { type in
            type.trimmingPrefix(while: \.isWhitespace).prefix { !$0.isWhitespace }.lowercased()
        }
    }

    /// The body, if it is UTF-8.
    var text: String? { String(validating: body, as: UTF8.self) }
}

/// Why another server has not answered.
package enum UpstreamError: Error, Sendable, Equatable {
    /// Not within this time.
    case timeout(Duration)
    /// The answer is larger than these bytes.
    case tooLarge(Int)
    /// It sends the request to another server, where it would not be followed, or on and on.
    case redirected
    /// It cannot be reached, or does not speak HTTP.
    case unreachable
    /// Nobody waits for the answer any more.
    case cancelled
}

extension UpstreamError {
    /// What clients are told: nothing of what stands between.
    var clientText: String {
        switch self {
        case .timeout(let limit): "no answer within \(Self.seconds(limit))s"
        case .tooLarge(let bytes): "the answer is larger than \(bytes) bytes (upstreams.max_response_bytes)"
        case .redirected: "it redirects to another server, or in circles"
        case .unreachable: "it cannot be reached"
        case .cancelled: "the request was cancelled"
        }
    }

    /// A number of seconds as people write it: `30`, `0.5`.
    static func seconds(_ duration: Duration) -> String {
        let seconds = duration / .seconds(1)
        return seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
    }

    /// What a client of the gateway is told.
    func gatewayError(_ name: String) -> GatewayError {
        switch self {
        case .cancelled: .cancelled
        case .timeout: GatewayError(status: 504, "\(name): \(clientText)")
        default: GatewayError(status: 502, "\(name): \(clientText)")
        }
    }
}
