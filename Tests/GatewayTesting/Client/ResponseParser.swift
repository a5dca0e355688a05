import PluginPayloads
import TestSupport

/// Reads a whole HTTP/1.1 response.
enum ResponseParser {
    static func parse(_ bytes: [UInt8]) throws -> ClientResponse {
        let separator = Array("\r\n\r\n".utf8)
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: separator) }) else {
            throw SetupFailure("the connection was closed after \(bytes.count) bytes, before the end of a head")
        }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n").map(String.init)
        let words = lines[0].split(separator: " ")
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw SetupFailure("no HTTP response: \(lines[0])")
        }
        let headers = HTTPHeaders(
            lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), String(parts.dropFirst().first ?? "").trimmed)
            }
        )
        let rest = bytes[(end + separator.count)...]
        if let text = headers["content-length"], Int(text) != rest.count {
            throw SetupFailure("the head says \(text) bytes, and \(rest.count) came")
        }
        let isChunked = headers["transfer-encoding"]?.lowercased() == "chunked"
        let body = isChunked ? try joined(rest) : Array(rest)
        return ClientResponse(status: status, headers: headers, text: String(decoding: body, as: UTF8.self))
    }

    /// The chunks of a body, put together.
    private static func joined(_ bytes: ArraySlice<UInt8>) throws -> [UInt8] {
        var rest = bytes
        var body: [UInt8] = []
        while true {
            let digits = rest.prefix { $0 != UInt8(ascii: "\r") }
            guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16) else {
                throw SetupFailure("no size of a chunk after \(body.count) bytes")
            }
            if size == 0 { return body }
            rest = rest.dropFirst(digits.count + 2)
            body += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " || $0 == "\t" })
    }
}
