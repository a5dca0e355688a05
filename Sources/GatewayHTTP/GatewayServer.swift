import GatewayCore
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

/// The gateway's HTTP server.
package struct GatewayServer: Service {
    private let services: GatewayServices
    private let limits: ServerLimits
    private let accessLog: any AccessLog
    private let logger: Logger
    private let onListening: @Sendable (_ port: Int) async -> Void

    /// Describes a server, which begins to listen when it is run.
    ///
    /// - Parameters:
    ///   - services: What its routes work with.
    ///   - limits: Where it listens, and what clients may cost.
    ///   - accessLog: Gets an entry for each request.
    ///   - logger: Gets the server's own lines.
    ///   - onListening: Is told the port once connections are accepted.
    package init(
        _ services: GatewayServices,
        limits: ServerLimits,
        accessLog: any AccessLog,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.services = services
        self.limits = limits
        self.accessLog = accessLog
        self.logger = logger
        self.onListening = onListening
    }

    @concurrent
    package func run() async throws {
        try await application.run()
    }

    /// The application, for a test that calls it without a socket.
    package var application: some ApplicationProtocol {
        Application(
            responder: responder,
            server: HTTPServerBuilder { [connections] responder in
                KeptConnections(HTTP1Channel(responder: responder, configuration: connections))
            },
            configuration: ApplicationConfiguration(
                address: .hostname(limits.host, port: limits.port),
                backlog: 4_096,
                availableConnectionsDelegate: .maximum(limits.maxConnections, logger: logger)
            ),
            onServerRunning: { [onListening] channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: logger
        )
    }

    private var connections: HTTP1Channel.Configuration {
        let requestTimeout = TimeAmount.nanoseconds(Int64(limits.requestTimeout / .nanoseconds(1)))
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                // The others must not take its answer for a response.
                ContinueHandler(maxBodyBytes: limits.maxBodyBytes),
                MalformedRequestHandler(),
                RequestClockHandler(timeout: requestTimeout),
            ],
            idleTimeout: .nanoseconds(Int64(limits.idleTimeout / .nanoseconds(1))),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: limits.maxHeaderBytes,
                maxHeaderListSize: limits.maxHeaderBytes,
                maxHeaderFieldCount: limits.maxHeaderFields
            )
        )
    }

    /// All routes with what they ask of their callers.
    package var routes: [RouteSummary] { table.routes.map(RouteSummary.init) }

    /// The names of the methods of `/rpc`; any other is the name of a tool.
    package var rpcMethods: [String] { RPCMethods(services.dispatch).names }

    private var table: RouteTable { RouteTable(services, bodies: BodyReader(limits)) }

    private var responder: GatewayResponder {
        let table = table
        return GatewayResponder(
            router: table.router().buildResponder(),
            openPaths: table.openPaths,
            hooks: services.hooks,
            access: services.access,
            accessLog: accessLog,
            logger: logger
        )
    }
}
