import GatewayTesting
import PluginPayloads
import TestSupport
import Testing

/// A request, and what it is answered with.
struct Refusal: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let status: Int
    let message: String

    init(_ name: String, _ bytes: [UInt8], _ status: Int, _ message: String) {
        self.name = name
        self.bytes = bytes
        self.status = status
        self.message = message
    }

    init(_ name: String, _ text: String, _ status: Int, _ message: String) {
        self.init(name, Array(text.utf8), status, message)
    }

    var testDescription: String { name }
}

@Suite("A request that is not acceptable is answered with its fault, and harms nobody:")
struct RefusedRequestTests {
    private static let limit = HostileGateway.maxBodyBytes
    private static let tooLarge = "the body is larger than \(limit) bytes (server.max_body_bytes)"
    private static let spaces = String(repeating: " ", count: limit + 1)

    static let bodies = [
        Refusal("a length that is too large", post("Content-Length: \(limit + 1)"), 413, tooLarge),
        Refusal("a length of 19 digits", post("Content-Length: 9223372036854775807"), 413, tooLarge),
        Refusal(
            "more than is allowed in chunks",
            post("Transfer-Encoding: chunked") + String(limit + 1, radix: 16) + "\r\n\(spaces)",
            413,
            tooLarge
        ),
        Refusal("deep JSON", post(body: String(repeating: "[", count: 30_000)), 400, ""),
        Refusal(
            "a deep object",
            post(body: String(repeating: #"{"a":"#, count: 9) + "1" + String(repeating: "}", count: 9)),
            400,
            ""
        ),
        Refusal("a key twice", post(body: #"{"text": "a", "text": "b"}"#), 400, ""),
        Refusal("invalid UTF-8", post(body: Array(#"{"text": ""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)), 400, ""),
        Refusal("a NUL in a text", post(body: Array(#"{"text": ""#.utf8) + [0] + Array(#""}"#.utf8)), 400, ""),
        Refusal("half a surrogate pair", post(body: #"{"text": "\ud800"}"#), 400, ""),
        Refusal("too many values", post(body: "{\"text\": [" + String(repeating: "1,", count: 1_000) + "1]}"), 400, ""),
        Refusal("a number without an end", post(body: #"{"text": 1e}"#), 400, ""),
        Refusal("half a body", post(body: #"{"text": "#), 400, ""),
        Refusal("something after the body", post(body: "{} {}"), 400, ""),
        Refusal("a list", post(body: "[]"), 422, "expected a JSON object, found an array"),
    ]

    static let heads = [
        Refusal("a line that is no request", "nonsense\r\n\r\n", 400, "HTTP"),
        Refusal("a TLS handshake", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03], 400, "HTTP"),
        Refusal("a NUL in the path", "GET /hea\0lth HTTP/1.1\r\nHost: a\r\n\r\n", 400, "HTTP"),
        Refusal("an unknown version", "GET /health HTTP/9.9\r\nHost: a\r\n\r\n", 400, "HTTP"),
        Refusal("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "HTTP"),
        Refusal("a header without a colon", "GET /health HTTP/1.1\r\nHost\r\n\r\n", 400, "HTTP"),
        Refusal("a NUL in a header", "GET /health HTTP/1.1\r\nHost: a\0b\r\n\r\n", 400, "HTTP"),
        Refusal("a length that is no number", post("Content-Length: many"), 400, "HTTP"),
        Refusal("a negative length", post("Content-Length: -1"), 400, "HTTP"),
        Refusal("a length of 30 digits", post("Content-Length: \(digits(30))"), 400, "HTTP"),
        Refusal("two lengths", post("Content-Length: 2", "Content-Length: 3") + "{}", 400, "HTTP"),
        Refusal(
            "a length and chunks",
            post("Content-Length: 2", "Transfer-Encoding: chunked") + "2\r\n{}\r\n0\r\n\r\n",
            400,
            "HTTP"
        ),
        Refusal("no size of a chunk", post("Transfer-Encoding: chunked") + "zz\r\n{}", 400, "HTTP"),
        Refusal("a chunk that goes on", post("Transfer-Encoding: chunked") + "2\r\n{}{}", 400, "HTTP"),
        Refusal(
            "an enormous header",
            "GET /health HTTP/1.1\r\nCookie: \(digits(9_000))\r\n\r\n",
            431,
            "max_header_bytes"
        ),
        Refusal(
            "a header without an end",
            "GET /health HTTP/1.1\r\nCookie: \(digits(60_000))",
            431,
            "max_header_bytes"
        ),
        Refusal("an enormous path", "GET /\(digits(60_000)) HTTP/1.1\r\nHost: a\r\n\r\n", 431, "max_header_bytes"),
        Refusal(
            "many headers",
            "GET /health HTTP/1.1\r\n" + (0..<1_200).map { "a\($0):\r\n" }.joined() + "\r\n",
            431,
            "max_header_fields"
        ),
    ]

    @Test("in its body", arguments: bodies)
    func body(refusal: Refusal) async throws {
        let answer = try await Self.answer(to: refusal)
        #expect(answer.status == refusal.status)
        #expect(answer.headers["content-type"] == "application/json")
        let message = try #require(answer.message)
        #expect(refusal.message.isEmpty ? !message.isEmpty : message == refusal.message)
    }

    @Test("in its head or its form", arguments: heads)
    func head(refusal: Refusal) async throws {
        let answer = try await Self.answer(to: refusal)
        #expect(answer.status == refusal.status)
        #expect(answer.headers["content-type"] == "application/json")
        #expect(answer.headers["connection"] == "close")
        #expect(answer.message?.contains(refusal.message) == true)
    }

    /// A request with so many headers, whose path, names and values have so many bytes.
    private static func head(fields: Int, bytes: Int) -> String {
        let (path, names) = ("/health", (100..<100 + fields).map { "a\($0)" })
        let rest = bytes - (path + names.joined()).utf8.count
        return "GET \(path) HTTP/1.1\r\n" + names.map { "\($0): " }.joined(separator: "\r\n") + digits(rest)
            + "\r\n\r\n"
    }

    @Test("if its headers are more than the limit, and not if they are exactly as many")
    func headerFields() async throws {
        let limit = HostileGateway.maxHeaderFields
        #expect(try await Self.status(of: Self.head(fields: limit, bytes: 1_000)) == 200)
        #expect(try await Self.status(of: Self.head(fields: limit + 1, bytes: 1_000)) == 431)
    }

    @Test("if its head is larger than the limit, and not if it is exactly as large", arguments: [1, 4])
    func headerBytes(fields: Int) async throws {
        let limit = HostileGateway.maxHeaderBytes
        #expect(try await Self.status(of: Self.head(fields: fields, bytes: limit)) == 200)
        #expect(try await Self.status(of: Self.head(fields: fields, bytes: limit + 1)) == 431)
    }

    private static func status(of head: String) async throws -> Int {
        let connection = try await HostileGateway.shared().connect()
        await connection.send(head)
        return try await connection.answer().status
    }

    @Test("of a client that says too early that it has sent all", arguments: ["POST /prom", "{\"text\":"])
    func halfRequest(sent: String) async throws {
        let gateway = try await HostileGateway.shared()
        let connection = try await gateway.connect()
        await connection.send(sent.hasPrefix("{") ? post("Content-Length: 10") + sent : sent)
        connection.endSending()
        #expect(await connection.isClosed(within: HostileGateway.patience))
        #expect(try await gateway.serves())
    }

    private static func answer(to refusal: Refusal) async throws -> ClientResponse {
        let gateway = try await HostileGateway.shared()
        let connection = try await gateway.connect()
        await connection.send(refusal.bytes)
        let answer = try await connection.answer()
        #expect(try await gateway.serves())
        return answer
    }

    private static func digits(_ count: Int) -> String { String(repeating: "1", count: count) }
}
