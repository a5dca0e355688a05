import GatewayCore
import GatewayTesting
import PluginPayloads

extension FuzzTarget {
    /// Requests to one gateway, which are answered, and never with an error of the gateway itself.
    ///
    /// An input is a list of parts between bytes 0x1E: the first is what other servers answer, each further one a
    /// request, with its method and path in the first line and its body behind that.
    package static let request = FuzzTarget(
        "request",
        suspending: { input in
            let parts = input.split(separator: 0x1E, maxSplits: 4, omittingEmptySubsequences: false)
            let upstream = ClosureUpstream(String(decoding: parts[0], as: UTF8.self))
            let gateway = try await InMemoryGateway(hooks: ClosureHooks(), upstream: upstream)
            for request in preparation {
                let answer = try await gateway.client.send(request)
                try demand(answer.status == 200, "\(request.path) is prepared: \(answer.line)")
            }
            var verdict = Verdict.refused
            for part in parts.dropFirst() {
                guard let request = ClientRequest(part) else { continue }
                let answer = try await gateway.client.send(request)
                try demandAnswer(answer, to: request)
                if answer.status < 300 { verdict = .accepted }
            }
            return verdict
        }
    )

    /// One record of each kind, for requests that ask for them.
    private static let preparation = [
        ("prompts", #"{"name": "p", "template": "{{ a }} {% for x in b %}{{ x }}{% endfor %}"}"#),
        ("tools", #"{"name": "t", "url": "http://tool/{id}", "method": "POST"}"#),
        ("resources", #"{"name": "r", "uri": "file:///r", "content": "text"}"#),
        ("resources", #"{"name": "u", "uri": "file:///{folder}/{+path}", "url": "http://files/{folder}"}"#),
        ("agents", #"{"name": "a", "endpoint_url": "http://agent/"}"#),
        ("servers", #"{"name": "s"}"#),
    ].map { ClientRequest("POST /\($0)", Array($1.utf8)) }

    private static func demandAnswer(_ answer: ClientResponse, to request: ClientRequest) throws {
        let line = "\(request.method) \(request.path)"
        try demand((200..<600).contains(answer.status), "\(line) is answered with \(answer.status)")
        try demand(answer.status != 500, "\(line) is answered with an error of the gateway: \(answer.text)")
        try demand(answer.headers["x-request-id"]?.isEmpty == false, "the answer to \(line) has an id")
        // A notification of JSON-RPC is taken, and no more.
        if request.method == "HEAD" || answer.status == 202 || answer.status == 204 {
            return try demand(answer.text.isEmpty, "the answer to \(line) has no body")
        }
        do { _ = try answer.json } catch {
            throw BrokenInvariant("the answer to \(line) is no JSON: \(error): \(answer.text)")
        }
    }
}

extension ClientRequest {
    /// Reads a line and a body; `nil` if the line is none that a server would see.
    fileprivate init?(_ part: some Collection<UInt8>) {
        let end = part.firstIndex(of: 0x0A) ?? part.endIndex
        let words = part[..<end].split(separator: 0x20)
        guard words.count == 2, words[0].count <= 8, words[0].allSatisfy({ (0x41...0x5A).contains($0) }),
            words[1].first == UInt8(ascii: "/"), words[1].allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        let body = part[end...].dropFirst()
        let line = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        self.init(line, body.isEmpty ? nil : Array(body))
    }
}
