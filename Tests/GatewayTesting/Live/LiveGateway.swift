import GatewayApp
package import GatewayCore
package import GatewayHTTP
import Logging
package import PluginRuntime
import ServiceLifecycle
import TestSupport

/// A gateway that serves on a real port of this process, with a real runtime and real plugins.
package struct LiveGateway: Sendable {
    package let client: GatewayClient
    package let runtime: PluginRuntime
    package let access: RecordedAccess
    package let port: Int

    /// Starts a gateway, lets a test use it, and stops it.
    ///
    /// - Parameters:
    ///   - site: Where its configuration and plugins are.
    ///   - limits: What requests may cost; the port is any that is free.
    ///   - users: Those who may send requests.
    ///   - tokens: Verifies bearer tokens; `nil` if authentication is off.
    ///   - upstream: Other servers; without one none can be reached.
    ///   - body: The test.
    /// - Returns: What the test returns.
    /// - Throws: What the test throws, or that the gateway cannot start.
    package static func run<Value>(
        _ site: GatewaySite,
        limits: ServerLimits = ServerLimits(),
        users: InMemoryUsers = InMemoryUsers(),
        tokens: (any TokenVerifying)? = nil,
        upstream: any HTTPUpstream = ClosureUpstream(),
        _ body: (LiveGateway) async throws -> Value
    ) async throws -> Value {
        let runtime = try await PluginRuntime(configuration: site.configuration, options: try options(site))
        let access = RecordedAccess()
        let ledger = ReloadLedger(path: site.directory("reload.json"), logger: .silent)
        let services = GatewayServices(
            dispatch: try await GatewayDispatch(InMemoryStores(), upstream: upstream) { _, _, _ in },
            hooks: RuntimeHooks(runtime: runtime),
            status: RuntimeStatus(runtime, ledger),
            administration: RuntimeAdministration(runtime, ModeFile(path: site.directory("mode_overrides.json"))),
            access: AccessControl(
                users: UserDirectory(users),
                tokens: tokens,
                powers: { PluginPowers() },
                logger: .silent
            )
        )
        var limits = limits
        limits.port = 0
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = GatewayServer(services, limits: limits, accessLog: access, logger: .silent) { port.yield($0) }
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [server], logger: .silent))
        let running = Task(executorPreference: runtime.executor) {
            defer { port.finish() }
            try await group.run()
        }
        let result: Result<Value, any Error>
        do {
            guard let port = await ports.first(where: { _ in true }) else {
                try await running.value
                throw SetupFailure("the server did not listen")
            }
            result = .success(
                try await body(
                    LiveGateway(client: GatewayClient(port: port), runtime: runtime, access: access, port: port)
                )
            )
        } catch {
            result = .failure(error)
        }
        await group.triggerGracefulShutdown()
        try? await running.value
        await runtime.shutdown()
        return try result.get()
    }

    private static func options(_ site: GatewaySite) throws -> RuntimeOptions {
        var options = RuntimeOptions(
            installation: try BuiltProducts.directory(),
            storeDirectory: site.directory("store")
        )
        options.libraryDirectory = nil
        options.bundledPluginDirectory = nil
        options.logger = .silent
        options.environment["PLUGINS_ISOLATION"] = site.isolationVariable
        return options
    }
}
