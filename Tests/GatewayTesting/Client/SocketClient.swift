import Glibc
import PluginPayloads
import TestSupport

/// Sends requests over TCP, each on a connection of its own and on a thread that may wait.
package enum SocketClient {
    /// A client of a server on this machine.
    package static func client(port: Int) -> GatewayClient {
        GatewayClient { request in
            try await Blocking.run { try exchange(request, port: port) }
        }
    }

    private static func exchange(_ request: ClientRequest, port: Int) throws -> ClientResponse {
        let connection = try connect(port: port)
        defer { close(connection) }
        // A server that refuses a request may not read it to its end: what counts is its answer.
        send(head(of: request) + body(of: request), to: connection)
        return try ResponseParser.parse(receive(from: connection))
    }

    private static func connect(port: Int) throws -> Int32 {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var timeout = timeval(tv_sec: 30, tv_usec: 0)
        unsafe setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe Glibc.connect(connection, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connection >= 0, status == 0 else {
            close(connection)
            throw SetupFailure("cannot connect to port \(port): error \(errno)")
        }
        return connection
    }

    private static func head(of request: ClientRequest) -> [UInt8] {
        var lines = ["\(request.method) \(request.path) HTTP/1.1", "Host: localhost", "Connection: close"]
        if let body = request.body {
            lines.append(request.isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(body.count)")
        }
        lines += request.headers.map { "\($0.name): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    private static func body(of request: ClientRequest) -> [UInt8] {
        guard let body = request.body else { return [] }
        guard request.isChunked else { return body }
        return stride(from: 0, to: body.count, by: 4_096).flatMap { start in
            let part = body[start..<min(start + 4_096, body.count)]
            return Array("\(String(part.count, radix: 16))\r\n".utf8) + part + Array("\r\n".utf8)
        } + Array("0\r\n\r\n".utf8)
    }

    private static func send(_ bytes: [UInt8], to connection: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.send(
                    connection,
                    buffer.baseAddress.map { unsafe $0 + sent },
                    bytes.count - sent,
                    Int32(MSG_NOSIGNAL)
                )
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            sent += count
        }
    }

    private static func receive(from connection: Int32) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe recv(connection, &part, part.count, 0)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { throw SetupFailure("no answer within 30 s") }
            // A connection that is reset after the answer was sent counts as closed.
            guard count > 0 else { return bytes }
            bytes += part[..<count]
        }
    }
}
