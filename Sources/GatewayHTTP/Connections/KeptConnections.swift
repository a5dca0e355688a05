package import HummingbirdCore
package import Logging
package import NIOCore

/// Connections that are kept until they are closed, also if the server ends before it has got to them.
///
/// A server that closes its listening socket, or is cancelled, forgets the connections that it has accepted and not yet
/// served, and NIO ends the process when an open one is forgotten: see its issue 2813.
package struct KeptConnections<Base: ServerChildChannel>: ServerChildChannel {
    private let base: Base

    package init(_ base: Base) { self.base = base }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        base.setup(channel: channel, logger: logger).map { connection in
            channel.closeFuture.whenComplete { _ in extendLifetime(connection) }
            return connection
        }
    }

    package func handle(value: Base.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
