package import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import TestSupport

/// Another server, on a real port of this process.
package enum LoopbackServer {
    /// Starts a server, lets a test use it, and stops it.
    ///
    /// - Parameters:
    ///   - router: What it answers.
    ///   - body: Is told where it is: `http://127.0.0.1:40000`.
    /// - Returns: What the test returns.
    /// - Throws: What the test throws, or that the server cannot start.
    package static func run<Value>(
        _ router: Router<BasicRequestContext>,
        _ body: (String) async throws -> Value
    ) async throws -> Value {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            logger: .silent
        )
        let group = ServiceGroup(services: [application], logger: .silent)
        let running = Task {
            defer { port.finish() }
            try await group.run()
        }
        // To cancel it would end the process if it had just accepted a connection.
        defer { Task { await group.triggerGracefulShutdown() } }
        guard let number = await ports.first(where: { _ in true }) else {
            try await running.value
            throw SetupFailure("the server did not listen")
        }
        return try await body("http://127.0.0.1:\(number)")
    }
}
