import AsyncHTTPClient
package import GatewayCore
package import Logging
import NIOCore
import NIOHTTP1
import PluginPayloads

/// Other servers, over the network.
package final class NetworkUpstream: HTTPUpstream {
    private let client: HTTPClient
    private let limits: UpstreamLimits
    private let logger: Logger

    /// - Parameters:
    ///   - limits: What other servers may cost.
    ///   - logger: Is told why a server was not reached; never of headers, bodies or queries.
    package init(_ limits: UpstreamLimits, logger: Logger) {
        self.limits = limits
        self.logger = logger
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .nanoseconds(Int64(limits.connectTimeout / .nanoseconds(1)))
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes all connections; nothing can be sent afterwards.
    package func shutdown() async throws {
        try await client.shutdown()
    }

    package func send(_ request: UpstreamRequest) async throws(UpstreamError) -> UpstreamResponse {
        let result: Result<UpstreamResponse, UpstreamError> = await withTaskGroup { group in
            group.addTask { [self] in await outcome(of: request) }
            group.addTask { [limits] in
                do { try await Task.sleep(for: limits.timeout) } catch { return .failure(.cancelled) }
                return .failure(.timeout(limits.timeout))
            }
            let first = await group.next() ?? .failure(.cancelled)
            group.cancelAll()
            return first
        }
        return try result.get()
    }

    private func outcome(of request: UpstreamRequest) async -> Result<UpstreamResponse, UpstreamError> {
        do throws(UpstreamError) { return .success(try await follow(request)) } catch { return .failure(error) }
    }

    /// Sends a request, and again wherever the server itself wants it.
    private func follow(_ request: UpstreamRequest) async throws(UpstreamError) -> UpstreamResponse {
        var request = request
        for _ in 0...limits.maxRedirects {
            let response = try await exchange(request)
            guard let target = try Redirect.target(of: response, to: request) else { return response }
            request = target
        }
        throw .redirected
    }

    private func exchange(_ request: UpstreamRequest) async throws(UpstreamError) -> UpstreamResponse {
        do {
            let deadline = NIODeadline.now() + .nanoseconds(Int64(limits.timeout / .nanoseconds(1)))
            let response = try await client.execute(HTTPClientRequest(request), deadline: deadline)
            return UpstreamResponse(
                status: Int(response.status.code),
                headers: HTTPHeaders(response.headers.map { ($0.name, $0.value) }),
                body: try await body(of: response)
            )
        } catch let error as UpstreamError {
            throw error
        } catch is CancellationError {
            throw .cancelled
        } catch let error as HTTPClientError where error == .cancelled {
            throw .cancelled
        } catch let error as HTTPClientError where error == .deadlineExceeded {
            throw .timeout(limits.timeout)
        } catch {
            logger.warning(
                "upstream not reached",
                metadata: ["server": "\(Redirect.origin(of: request.url))", "reason": "\(error)"]
            )
            throw .unreachable
        }
    }

    private func body(of response: HTTPClientResponse) async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await part in response.body {
            guard body.count + part.readableBytes <= limits.maxResponseBytes else {
                throw UpstreamError.tooLarge(limits.maxResponseBytes)
            }
            body += part.readableBytesView
        }
        return body
    }
}

extension HTTPClientRequest {
    fileprivate init(_ request: UpstreamRequest) {
        self.init(url: request.url)
        method = HTTPMethod(rawValue: request.method)
        for (name, value) in request.headers { headers.add(name: name, value: value) }
        if let body = request.body { self.body = .bytes(ByteBuffer(bytes: body)) }
    }
}
