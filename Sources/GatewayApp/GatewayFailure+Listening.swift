import Glibc

extension GatewayFailure {
    /// Why a gateway cannot listen; `nil` for errors that mean something else.
    init?(listeningOn address: (host: String, port: Int), _ code: Int32) {
        let mend: String
        switch code {
        case EADDRINUSE: mend = "stop what listens there, or name another port with --port"
        case EACCES: mend = "name a port from 1024 on with --port"
        case EADDRNOTAVAIL: mend = "name an address of this machine with --host"
        default: return nil
        }
        self.init("cannot listen on \(address.host):\(address.port): \(SystemError.text(code)); \(mend)")
    }
}
