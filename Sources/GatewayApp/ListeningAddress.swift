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
