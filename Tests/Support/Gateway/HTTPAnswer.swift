package import PluginPayloads

/// A server's answer.
package struct HTTPAnswer: Sendable, Equatable {
    package var status: Int
    /// By names in lower case.
    package var headers: [String: String]
    package var body: String

    /// The body, if it is JSON.
    package var json: JSONValue? { try? JSONValue(json: body) }

    /// The text of `message` in the body.
    package var message: String? { json?["message"]?.string }

    /// Takes an answer from the start of what was received; `nil` if it is not there as a whole.
    init?(takingFrom received: inout [UInt8]) {
        let text = String(decoding: received, as: UTF8.self)
        guard let end = received.indices.first(where: { received[$0...].starts(with: Array("\r\n\r\n".utf8)) }) else {
            return nil
        }
        let lines = String(decoding: received[..<end], as: UTF8.self).split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            preconditionFailure("not an HTTP answer: \(text.prefix(200))")
        }
        let pairs = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
            return (parts[0].lowercased(), parts.count > 1 ? String(parts[1]) : "")
        }
        headers = Dictionary(pairs) { first, _ in first }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard received.count >= end + 4 + length else { return nil }
        self.status = status
        body = String(decoding: received[(end + 4)..<(end + 4 + length)], as: UTF8.self)
        received.removeFirst(end + 4 + length)
    }
}
