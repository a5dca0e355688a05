import Glibc
import NIOCore

/// Where a gateway listens, or was told to.
package struct ListeningAddress: Sendable, CustomStringConvertible {
    let host: String
    let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `127.0.0.1:4444`, `[::1]:4444`.
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Whether only this machine can reach it; a name of which nothing is known cannot be reached at all.
    package var isLoopback: Bool {
        guard let address = try? SocketAddress.makeAddressResolvingHost(host, port: port) else { return true }
        guard let text = address.ipAddress else { return false }
        return text.hasPrefix("127.") || text == "::1"
    }

    /// Takes the address, and gives it back.
    ///
    /// A server finds the same out later, but then its services are cancelled, and that can wait for ever: a sequence of
    /// AsyncAlgorithms, by which Hummingbird keeps the date, suspends under a lock that its cancellation needs too.
    ///
    /// - Throws: Why a server cannot listen here.
    func check() throws {
        do {
            let address = try SocketAddress.makeAddressResolvingHost(host, port: port)
            let socket = socket(address.protocol.rawValue, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            guard socket >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
            defer { close(socket) }
            var yes: Int32 = 1
            unsafe setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
            // The address is read while it is lent.
            let status = unsafe address.withSockAddr { address, size in
                unsafe bind(socket, address, socklen_t(size))
            }
            guard status == 0 else { throw IOError(errnoCode: errno, reason: "bind") }
        } catch {
            throw failure(error) ?? error
        }
    }

    /// Why a server could not listen here; `nil` for errors that mean something else.
    package func failure(_ error: any Error) -> GatewayFailure? {
        if error is SocketAddressError.UnknownHost {
            return failure("there is no such host", "name an address of this machine with --host")
        }
        guard let code = (error as? IOError)?.errnoCode else { return nil }
        switch code {
        case EADDRINUSE:
            return failure(SystemError.text(code), "stop what listens there, or name another port with --port")
        case EACCES: return failure(SystemError.text(code), "name a port from 1024 on with --port")
        case EADDRNOTAVAIL: return failure(SystemError.text(code), "name an address of this machine with --host")
        default: return nil
        }
    }

    private func failure(_ reason: String, _ mend: String) -> GatewayFailure {
        GatewayFailure("cannot listen on \(self): \(reason); \(mend)")
    }
}
