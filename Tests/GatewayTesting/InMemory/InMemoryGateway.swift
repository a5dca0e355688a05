package import GatewayCore
package import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOEmbedded
import PluginPayloads
import TestSupport

/// A gateway's routes without a socket, over prompts and hooks that a test has made up.
package struct InMemoryGateway: Sendable {
    package let client: GatewayClient
    package let stores: InMemoryStores
    package let access: RecordedAccess
    package let routes: [RouteSummary]
    package let rpcMethods: [String]

    /// - Parameters:
    ///   - hooks: The hooks of all requests.
    ///   - stores: What is stored.
    ///   - upstream: Other servers.
    ///   - repetition: How calls are repeated.
    ///   - status: What the gateway says of itself.
    ///   - users: Those who may send requests.
    ///   - tokens: Verifies bearer tokens; `nil` if authentication is off.
    ///   - powers: What plugins may do.
    ///   - limits: What requests may cost.
    ///   - accessLog: Gets an entry for each request.
    ///   - logger: Gets what is not for clients.
    /// - Throws: What the store throws.
    package init(
        hooks: any HookDispatching = ClosureHooks(),
        stores: InMemoryStores = InMemoryStores(),
        upstream: any HTTPUpstream = ClosureUpstream(),
        repetition: Repetition = Repetition(),
        status: any GatewayStatus = FixedStatus(),
        users: InMemoryUsers = InMemoryUsers(),
        tokens: (any TokenVerifying)? = nil,
        powers: PluginPowers = PluginPowers(),
        limits: ServerLimits = ServerLimits(),
        access accessLog: RecordedAccess = RecordedAccess(),
        logger: Logger = .silent
    ) async throws {
        let dispatch = try await GatewayDispatch(stores, upstream: upstream, repetition: repetition) { _, _, _ in }
        let access = AccessControl(
            users: UserDirectory(users),
            tokens: tokens,
            powers: { powers },
            logger: logger
        )
        let services = GatewayServices(
            dispatch: dispatch,
            hooks: hooks,
            status: status,
            administration: FixedAdministration(),
            access: access
        )
        let server = GatewayServer(services, limits: limits, accessLog: accessLog, logger: logger)
        self.stores = stores
        self.access = accessLog
        routes = server.routes
        rpcMethods = server.rpcMethods
        client = try await Self.client(of: server.application, logger)
    }

    private static func client<Server: ApplicationProtocol>(
        of application: Server,
        _ logger: Logger
    ) async throws -> GatewayClient {
        let responder = try await application.responder
        return GatewayClient { given in
            let channel = NIOAsyncTestingChannel()
            let source = ApplicationRequestContextSource(channel: channel, logger: logger)
            let response = try await responder.respond(
                to: try request(given),
                context: Server.Context(source: source)
            )
            var text = ByteBuffer()
            try await response.body.write(BodyCollector { text.writeImmutableBuffer($0) })
            // A channel that is never closed is never freed.
            _ = try await channel.finish(acceptAlreadyClosed: true)
            return ClientResponse(
                status: response.status.code,
                headers: HTTPHeaders(response.headers.map { ($0.name.rawName, $0.value) }),
                text: String(buffer: text)
            )
        }
    }

    private static func request(_ given: ClientRequest) throws -> Request {
        var fields = HTTPFields()
        if let body = given.body, !given.isChunked { fields[.contentLength] = "\(body.count)" }
        for (name, value) in Array(given.headers) + given.repeatedHeaders {
            guard let name = HTTPField.Name(name) else { throw SetupFailure("no name of a header: \(name)") }
            fields.append(HTTPField(name: name, value: value))
        }
        guard let method = HTTPRequest.Method(given.method) else { throw SetupFailure("no method: \(given.method)") }
        let head = HTTPRequest(
            method: method,
            scheme: "http",
            authority: "localhost",
            path: given.path,
            headerFields: fields
        )
        let content = ByteBuffer(bytes: given.body ?? [])
        guard let onRead = given.onBodyRead else {
            return Request(head: head, body: RequestBody(buffer: content))
        }
        let parts = AsyncStream<ByteBuffer>(unfolding: {
            onRead()
            return nil
        })
        return Request(head: head, body: RequestBody(asyncSequence: parts))
    }
}

private final class BodyCollector: ResponseBodyWriter {
    private let add: (ByteBuffer) -> Void

    init(_ add: @escaping (ByteBuffer) -> Void) {
        self.add = add
    }

    func write(_ buffer: ByteBuffer) async throws { add(buffer) }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension Logger {
    /// A logger whose lines nobody reads.
    package static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
