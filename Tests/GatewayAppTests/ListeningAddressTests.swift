import GatewayApp
import Glibc
import NIOCore
import Testing

@Suite("The address of a gateway")
struct ListeningAddressTests {
    private static let address = ListeningAddress(host: "::1", port: 80)

    @Test(
        "is written as in a URL",
        arguments: [("127.0.0.1", "127.0.0.1:80"), ("::1", "[::1]:80"), ("localhost", "localhost:80")]
    )
    func text(host: String, text: String) {
        #expect(ListeningAddress(host: host, port: 80).description == text)
    }

    @Test(
        "can be reached by other machines, or not",
        arguments: [
            ("127.0.0.1", true), ("127.8.9.1", true), ("::1", true), ("localhost", true), ("0.0.0.0", false),
            ("::", false), ("203.0.113.7", false), ("no.such.host.invalid", true),
        ]
    )
    func loopback(host: String, isLoopback: Bool) {
        #expect(ListeningAddress(host: host, port: 80).isLoopback == isLoopback)
    }

    @Test(
        "may not be ours to listen at",
        arguments: [
            (
                EADDRINUSE,
                "cannot listen on [::1]:80: Address already in use; stop what listens there, or name another port with "
                    + "--port"
            ),
            (EACCES, "cannot listen on [::1]:80: Permission denied; name a port from 1024 on with --port"),
            (
                EADDRNOTAVAIL,
                "cannot listen on [::1]:80: Cannot assign requested address; name an address of this machine with --host"
            ),
        ]
    )
    func failure(code: Int32, text: String) {
        #expect(Self.address.failure(IOError(errnoCode: code, reason: "bind")) == GatewayFailure(text))
    }

    @Test("may have a name that nobody knows; other errors are none of the address")
    func otherErrors() throws {
        // Two dots are in no name, so that nobody has to be asked.
        let error = #expect(throws: (any Error).self) {
            try SocketAddress.makeAddressResolvingHost("no..host", port: 0)
        }
        let text = "cannot listen on [::1]:80: there is no such host; name an address of this machine with --host"
        #expect(Self.address.failure(try #require(error)) == GatewayFailure(text))
        #expect(Self.address.failure(IOError(errnoCode: EPIPE, reason: "write")) == nil)
        #expect(Self.address.failure(CancellationError()) == nil)
    }
}
