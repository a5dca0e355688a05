extension GatewayClient {
    /// Sends requests to a server on this machine, each on a connection of its own.
    init(port: Int) {
        self.init { request in
            let connection = try await RawConnection(port: port)
            // A server that refuses a request may not read it to its end: what counts is its answer.
            await connection.send(request.bytes(isLast: true))
            return try await connection.lastAnswer()
        }
    }
}

extension ClientRequest {
    /// The request as it is sent; after the answer to the last one the connection is to be closed.
    package func bytes(isLast: Bool) -> [UInt8] {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost"]
        if isLast { lines.append("Connection: close") }
        if let body { lines.append(isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(body.count)") }
        lines += (Array(headers) + repeatedHeaders).map { "\($0.name): \($0.value)" }
        let content = body ?? []
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (isChunked ? Self.chunks(content) : content)
    }

    private static func chunks(_ body: [UInt8]) -> [UInt8] {
        stride(from: 0, to: body.count, by: 4_096).flatMap { start in
            let part = body[start..<min(start + 4_096, body.count)]
            return Array("\(String(part.count, radix: 16))\r\n".utf8) + part + Array("\r\n".utf8)
        } + Array("0\r\n\r\n".utf8)
    }
}
