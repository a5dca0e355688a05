import GatewayCore
import PluginPayloads

import enum NIOHTTP1.HTTPParserError

/// What a client is told about a connection that cannot go on.
extension GatewayError {
    /// The request is not valid HTTP.
    init(_ fault: HTTPParserError) {
        switch fault {
        case .headerOverflow:
            self.init(
                status: 431,
                "the head is too large or has too many fields (server.max_header_bytes, server.max_header_fields)"
            )
        case .invalidEOFState, .closedConnection: self = .cutOff
        default: self.init(status: 400, "the request is not valid HTTP/1.1: \(fault)")
        }
        headers = Self.close
    }

    /// The request was not complete in time.
    static var late: GatewayError {
        GatewayError(
            status: 408,
            "the request was not complete in time (server.request_timeout)",
            headers: close
        )
    }

    /// The connection ended before the request did.
    static var cutOff: GatewayError {
        GatewayError(status: 400, "the client closed the connection within the request", headers: close)
    }

    private static var close: HTTPHeaders { ["Connection": "close"] }
}
