package import PluginPayloads

/// Sends requests to a gateway, however deep the test goes: into its memory, to its server, or to its process.
package struct GatewayClient: Sendable {
    private let transport: @Sendable (ClientRequest) async throws -> ClientResponse

    package init(_ transport: @escaping @Sendable (ClientRequest) async throws -> ClientResponse) {
        self.transport = transport
    }

    /// Sends a request: `try await client("POST /prompts", ["name": "greeting"])`.
    package func callAsFunction(
        _ line: String,
        _ body: JSONValue? = nil,
        headers: HTTPHeaders = [:]
    ) async throws -> ClientResponse {
        try await send(ClientRequest(line, body.map { Array($0.description.utf8) }, headers))
    }

    /// Sends any request.
    package func send(_ request: ClientRequest) async throws -> ClientResponse {
        try await transport(request)
    }
}

/// A request as a test writes it.
package struct ClientRequest: Sendable {
    package var method: String
    package var path: String
    package var body: [UInt8]?
    package var headers: HTTPHeaders
    /// Headers that are sent beside the others, even if they have the same names.
    package var repeatedHeaders: [HTTPHeaders.Element] = []
    /// Is told when a gateway in memory reads the body.
    package var onBodyRead: (@Sendable () -> Void)?
    /// Whether the body's length is left out of the head.
    package var isChunked = false

    /// - Parameters:
    ///   - line: Method and path: `GET /health`.
    ///   - body: The body; `nil` for none.
    ///   - headers: Further headers.
    package init(_ line: String, _ body: [UInt8]? = nil, _ headers: HTTPHeaders = [:]) {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        method = words[0]
        path = words[1]
        self.body = body
        self.headers = headers
    }
}

/// What a gateway has answered.
package struct ClientResponse: Sendable, Equatable {
    package var status: Int
    package var headers: HTTPHeaders
    /// The body.
    package var text: String

    package init(status: Int, headers: HTTPHeaders, text: String) {
        self.status = status
        self.headers = headers
        self.text = text
    }

    /// The body as JSON.
    package var json: JSONValue {
        get throws { try JSONValue(json: text) }
    }

    /// The text of `message` in the body.
    package var message: String? { try? json["message"]?.string }

    /// Status and body: `200 {"status":"ok"}`.
    package var line: String { "\(status) \(text)" }

    /// ``line`` with `ID` and `TIME` for the values of `id`, `created_at`, `updated_at` and `at`, if they have the
    /// form that they should have.
    package var stableLine: String {
        get throws { "\(status) \(try json.stable.description)" }
    }

    /// The text of the first message of a rendered prompt.
    package var rendered: String? {
        get throws { try json["messages"]?[0]?["content"]?["text"]?.string }
    }
}

extension JSONValue {
    /// The value with `ID` and `TIME` for what differs between any two runs.
    package var stable: JSONValue {
        if let array { return .array(array.map(\.stable)) }
        guard let object else { return self }
        return .object(
            JSONObject(
                object.map { key, value in
                    switch key {
                    case "id" where value.string?.isIdentifier == true: (key, "ID")
                    case "created_at" where value.string?.isTime == true: (key, "TIME")
                    case "updated_at" where value.string?.isTime == true: (key, "TIME")
                    case "at" where value.string?.isTime == true: (key, "TIME")
                    default: (key, value.stable)
                    }
                }
            )
        )
    }
}

extension String {
    /// Whether the text is of 32 hexadecimal digits.
    fileprivate var isIdentifier: Bool {
        utf8.count == 32 && allSatisfy { "0123456789abcdef".contains($0) }
    }

    /// Whether the text has the form `2026-01-31T12:34:56.789Z`.
    package var isTime: Bool {
        let digits = utf8.map { (0x30...0x39).contains($0) ? UInt8(ascii: "0") : $0 }
        return String(decoding: digits, as: UTF8.self) == "0000-00-00T00:00:00.000Z"
    }
}
