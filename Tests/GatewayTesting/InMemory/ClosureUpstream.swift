package import GatewayCore
import PluginPayloads
import Synchronization

/// Another server that is a closure, and remembers what it was asked.
package final class ClosureUpstream: HTTPUpstream {
    package typealias Body = @Sendable (UpstreamRequest) throws(UpstreamError) -> UpstreamResponse

    private let body: Body
    private let recorded = Mutex<[UpstreamRequest]>([])

    /// - Parameter body: What it answers; without one it cannot be reached.
    package init(_ body: @escaping Body = { _ throws(UpstreamError) in throw .unreachable }) {
        self.body = body
    }

    /// A server that always answers the same.
    package convenience init(_ text: String, type: String = "application/json", status: Int = 200) {
        self.init { _ throws(UpstreamError) in
            UpstreamResponse(status: status, headers: ["Content-Type": type], body: Array(text.utf8))
        }
    }

    /// What it was asked.
    package var requests: [UpstreamRequest] { recorded.withLock { $0 } }

    package func send(_ request: UpstreamRequest) async throws(UpstreamError) -> UpstreamResponse {
        recorded.withLock { $0.append(request) }
        return try body(request)
    }
}

extension UpstreamRequest {
    /// The request in a few lines: method and URL, headers, body.
    package var text: String {
        let lines = ["\(method) \(url)"] + headers.map { "\($0.name): \($0.value)" }
        return (lines + (body.map { [String(decoding: $0, as: UTF8.self)] } ?? [])).joined(separator: "\n")
    }
}
