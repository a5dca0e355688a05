import PluginPayloads
import TestSupport

/// Reads HTTP/1.1 responses.
package enum ResponseParser {
    private static let lineEnd = Array("\r\n".utf8)

    /// Takes a response from the start of what was received; `nil` if it is not there as a whole.
    ///
    /// - Throws: That it is no response.
    package static func takeResponse(from received: inout [UInt8]) throws -> ClientResponse? {
        let end = received.indices.first { received[$0...].starts(with: lineEnd + lineEnd) }
        guard let end else { return nil }
        let lines = String(decoding: received[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw SetupFailure("no HTTP response: \(lines.first ?? "")")
        }
        let headers = HTTPHeaders(
            lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), String((parts.dropFirst().first ?? "").drop { $0 == " " || $0 == "\t" }))
            }
        )
        var rest = received[(end + 4)...]
        guard let body = try takeBody(headers, from: &rest) else { return nil }
        received = Array(rest)
        return ClientResponse(status: status, headers: headers, text: String(decoding: body, as: UTF8.self))
    }

    private static func takeBody(_ headers: HTTPHeaders, from rest: inout ArraySlice<UInt8>) throws -> [UInt8]? {
        if headers["transfer-encoding"]?.lowercased() == "chunked" { return try takeChunks(from: &rest) }
        guard let text = headers["content-length"] else { return [] }
        guard let length = Int(text), length >= 0 else { throw SetupFailure("no length of a body: \(text)") }
        guard rest.count >= length else { return nil }
        defer { rest.removeFirst(length) }
        return Array(rest.prefix(length))
    }

    /// The chunks of a body, put together.
    private static func takeChunks(from rest: inout ArraySlice<UInt8>) throws -> [UInt8]? {
        var body: [UInt8] = []
        while let end = rest.firstIndex(of: UInt8(ascii: "\r")) {
            guard let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), size >= 0 else {
                throw SetupFailure("no size of a chunk after \(body.count) bytes")
            }
            let count = end - rest.startIndex + 2 + size + 2
            guard rest.count >= count else { return nil }
            body += rest[(end + 2)...].prefix(size)
            rest.removeFirst(count)
            if size == 0 { return body }
        }
        return nil
    }
}
