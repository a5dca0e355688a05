import GatewayHTTP
import Glibc
import HummingbirdCore
import Logging
import NIOCore
import NIOEmbedded
import Testing

@Suite("A connection that the server forgets before it serves it")
struct KeptConnectionsTests {
    /// Has a connection made, forgets it, and closes it when it is open, as a server does that is about to end.
    private static func forget(_ connections: some ServerChildChannel) throws {
        let channel = EmbeddedChannel()
        _ = try connections.setup(channel: channel, logger: Logger(label: "test")).wait()
        channel.pipeline.fireChannelActive()
        _ = try channel.finish()
    }

    private static let plain = HTTP1Channel { _, _, _ in }

    @Test("ends the process")
    func forgotten() async {
        let result = await #expect(processExitsWith: .failure) {
            var none = rlimit(rlim_cur: 0, rlim_max: 0)
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
            try Self.forget(Self.plain)
        }
        // A trap of Swift, by the processors that this runs on.
        #expect([.signal(SIGILL), .signal(SIGTRAP)].contains(result?.exitStatus))
    }

    @Test("does not do so when connections are kept")
    func kept() throws {
        try Self.forget(KeptConnections(Self.plain))
    }
}
