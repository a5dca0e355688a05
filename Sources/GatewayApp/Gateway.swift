import GatewayCore
import GatewayHTTP
import GatewayStore
import GatewayUpstreams
import Glibc
import Logging
import NIOCore
import PluginConfig
import PluginRuntime
import ServiceLifecycle
import UnixSignals

/// A gateway: plugins, prompts and an HTTP server, put together.
package struct Gateway {
    private let options: GatewayOptions
    private let log: GatewayLog
    private let logger: Logger

    package init(_ options: GatewayOptions, _ log: GatewayLog) {
        self.options = options
        self.log = log
        logger = log.logger
    }

    /// Runs until the process is told to stop, and requests are done.
    ///
    /// - Throws: ``GatewayFailure`` or `RuntimeError` if it cannot start.
    package func run() async throws {
        // A parent may have had it ignored: then nobody learns how a worker has ended.
        signal(SIGCHLD, SIG_DFL)
        // From here on SIGHUP is counted and no longer ends the process.
        let signals = await UnixSignalsSequence(trapping: .sighup)
        let directory = try DataDirectory(options.dataDirectory)
        let lock = try ProcessLock(directory)
        let runtime = try await startRuntime(directory)
        do {
            try await withTaskExecutorPreference(runtime.executor) {
                try await serve(runtime, directory, signals)
            }
        } catch {
            await runtime.shutdown()
            throw error
        }
        await runtime.shutdown()
        // Until here no other gateway may touch the folder.
        _ = consume lock
        logger.info("stopped")
    }

    private func startRuntime(_ directory: DataDirectory) async throws -> PluginRuntime {
        var runtimeOptions = RuntimeOptions(storeDirectory: directory.store)
        runtimeOptions.pluginDirectories = options.pluginDirectories
        runtimeOptions.logger = logger
        runtimeOptions.environment = options.environment.variables
        runtimeOptions.flags = options.settingFlags
        runtimeOptions.isEnabled = options.pluginsEnabled
        runtimeOptions.crashJournal = directory.crashJournal
        runtimeOptions.quarantineFile = directory.quarantineFile
        runtimeOptions.modes = try directory.modeFile.modes()
        let runtime = try await PluginRuntime(configuration: options.configuration, options: runtimeOptions)
        for plugin in runtime.plugins where plugin.state == .failed || plugin.state == .quarantined {
            logger.error(
                "plugin is left out",
                metadata: ["plugin": "\(plugin.name)", "reason": "\(plugin.reason ?? "")"]
            )
        }
        return runtime
    }

    private func serve(
        _ runtime: PluginRuntime,
        _ directory: DataDirectory,
        _ signals: UnixSignalsSequence
    ) async throws {
        let tokens = try await TokenAuthentication.start(
            runtime.configuration,
            at: address(runtime.configuration.server),
            isInsecureAllowed: options.isInsecureAllowed,
            logger
        )
        let database = try GatewayDatabase.open(in: directory)
        let upstream = NetworkUpstream(UpstreamLimits(runtime.configuration.upstreams), logger: quiet(logger))
        do {
            let dispatch = try await dispatch(database, upstream, runtime.configuration.upstreams)
            let access = accessControl(runtime, database, tokens)
            try await serve(dispatch, access, tokens, runtime, directory, signals)
        } catch {
            try? await upstream.shutdown()
            throw error
        }
        try await upstream.shutdown()
        try database.close()
    }

    private func serve(
        _ dispatch: GatewayDispatch,
        _ access: AccessControl,
        _ tokens: TokenAuthentication?,
        _ runtime: PluginRuntime,
        _ directory: DataDirectory,
        _ signals: UnixSignalsSequence
    ) async throws {
        let ledger = ReloadLedger(path: directory.reloadFile, logger: logger)
        let status = RuntimeStatus(runtime, ledger)
        let services = GatewayServices(
            dispatch: dispatch,
            hooks: RuntimeHooks(runtime: runtime),
            status: status,
            administration: RuntimeAdministration(runtime, directory.modeFile),
            access: access
        )
        let settings = runtime.configuration.server
        try address(settings).check()
        let server = server(services, settings) { announce($0, runtime, tokens) }
        var configuration = ServiceGroupConfiguration(
            services: [
                ReloadService(signals: signals, runtime: runtime, ledger: ledger, tokens: tokens, logger: logger),
                DrainingServer(server: server, address: address(settings), status: status),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            cancellationSignals: [.sigquit],
            logger: quiet(logger)
        )
        configuration.maximumGracefulShutdownDuration = settings.drainTimeout
        try await ServiceGroup(configuration: configuration).run()
    }

    private func dispatch(
        _ database: GatewayDatabase,
        _ upstream: NetworkUpstream,
        _ settings: UpstreamSettings
    ) async throws -> GatewayDispatch {
        try await GatewayDispatch(
            database,
            upstream: upstream,
            repetition: Repetition(maxAttempts: settings.maxAttempts)
        ) { kind, key, error in
            logger.error(
                "a stored \(kind) is not usable",
                metadata: ["\(kind)": "\(key)", "reason": "\(error.message)"]
            )
        }
    }

    private func accessControl(
        _ runtime: PluginRuntime,
        _ database: GatewayDatabase,
        _ tokens: TokenAuthentication?
    )
        -> AccessControl
    {
        AccessControl(
            users: UserDirectory(SQLiteUserStore(database)),
            tokens: tokens,
            powers: { PluginPowers(runtime.configuration.settings) },
            logger: logger
        )
    }

    private func server(
        _ services: GatewayServices,
        _ settings: ServerSettings,
        onListening: @escaping @Sendable (Int) async -> Void
    ) -> GatewayServer {
        var limits = ServerLimits(settings)
        let room = OpenFileLimit.raise()
        if room < limits.maxConnections {
            logger.warning(
                "server.max_connections is lowered to what the limit of open files leaves; raise that (ulimit -n)",
                metadata: ["max_connections": "\(limits.maxConnections)", "lowered_to": "\(room)"]
            )
            limits.maxConnections = room
        }
        let address = address(settings)
        (limits.host, limits.port) = (address.host, address.port)
        return GatewayServer(
            services,
            limits: limits,
            accessLog: log.access,
            logger: quiet(logger),
            onListening: onListening
        )
    }

    private func address(_ settings: ServerSettings) -> ListeningAddress {
        ListeningAddress(host: settings.host, port: settings.port)
    }

    private func announce(_ port: Int, _ runtime: PluginRuntime, _ tokens: TokenAuthentication?) {
        if tokens == nil {
            logger.warning("authentication is off: everyone who can reach the gateway may do everything")
        }
        let host = address(runtime.configuration.server).host
        let address = ListeningAddress(host: host, port: port)
        let active = runtime.plugins.count { $0.state == .active }
        logger.info(
            "listening",
            metadata: ["address": "http://\(address)", "port": "\(port)", "plugins": "\(active)"]
        )
    }

    /// The lines of the libraries below are for those who look into them.
    private func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        if logger.logLevel > .debug { logger.logLevel = max(logger.logLevel, .warning) }
        return logger
    }
}

/// The server, which says that it is not ready from the moment in which it is told to stop.
private struct DrainingServer: Service {
    let server: GatewayServer
    let address: ListeningAddress
    let status: RuntimeStatus

    @concurrent
    func run() async throws {
        do {
            try await withGracefulShutdownHandler {
                try await server.run()
            } onGracefulShutdown: {
                status.beginDraining()
            }
        } catch {
            throw address.failure(error) ?? error
        }
    }
}

extension PluginPowers {
    fileprivate init(_ settings: RuntimeSettings) {
        self.init(
            replacesCredentials: settings.canOverrideAuthHeaders,
            grantsBeyondRole: settings.canOverrideRBAC,
            seesUserRecord: settings.includeUserInfo,
            failsOnError: settings.failOnPluginError
        )
    }
}

extension UpstreamLimits {
    fileprivate init(_ settings: UpstreamSettings) {
        self.init()
        connectTimeout = settings.connectTimeout
        timeout = settings.timeout
        maxResponseBytes = settings.maxResponseBytes
    }
}

extension ServerLimits {
    fileprivate init(_ settings: ServerSettings) {
        self.init()
        host = settings.host
        port = settings.port
        maxBodyBytes = settings.maxBodyBytes
        maxBufferedBytes = settings.maxBufferedBytes
        maxHeaderBytes = settings.maxHeaderBytes
        maxHeaderFields = settings.maxHeaderFields
        maxJSONDepth = settings.maxJSONDepth
        maxJSONValues = settings.maxJSONValues
        maxConnections = settings.maxConnections
        requestTimeout = settings.requestTimeout
        idleTimeout = settings.idleTimeout
    }
}
