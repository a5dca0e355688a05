import GatewayCore
import GatewayHTTP
import GatewayTesting
import Glibc
import IsolationTesting
import PluginPayloads
import Synchronization
import TestSupport
import Testing

/// What 64 clients share: which request is next, and how those so far went.
private final class Tally: Sendable {
    private let total: Int
    private let state = Mutex<(sent: Int, right: Int, problems: [String])>((0, 0, []))

    init(_ total: Int) {
        self.total = total
    }

    var right: Int { state.withLock { $0.right } }
    var problems: [String] { state.withLock { $0.problems } }

    /// The number of a request that nobody has sent; `nil` when all are.
    func next() -> Int? {
        state.withLock { state in
            guard state.sent < total else { return nil }
            state.sent += 1
            return state.sent
        }
    }

    func note(_ problem: String?) {
        state.withLock { state in
            if let problem { state.problems.append(problem) } else { state.right += 1 }
        }
    }
}

/// Stateful plugins under many clients at once.
@Suite("64 clients at once", .inBothIsolations)
struct SeparateRequestTests {
    private static let clients = 64

    /// How many requests are sent: 2,000, or 100,000 where somebody has the time.
    private static var requests: Int {
        let value = unsafe getenv("HOOKGATE_SOAK").map { unsafe String(cString: $0) }
        return value == "1" ? 100_000 : 2_000
    }

    /// What clients ask, in turn: each answer has the marker.
    private static func question(_ number: Int, _ marker: String) -> (line: String, body: JSONValue) {
        let arguments: JSONValue = ["marker": .string(marker)]
        let call: JSONValue = ["name": "echo", "arguments": arguments]
        switch number % 4 {
        case 0: return ("POST /prompts/echo", arguments)
        case 1: return ("POST /tools/invoke", call)
        case 2: return ("POST /rpc", ["jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call])
        default: return ("POST /rpc", ["jsonrpc": "2.0", "id": 1, "method": "prompts/get", "params": call])
        }
    }

    /// What is wrong with an answer; `nil` if it is that of the marker's request, whole.
    private static func problem(_ response: ClientResponse, _ marker: String) -> String? {
        let carried = Array(repeating: marker, count: 4).joined(separator: " ")
        let isRight =
            response.status == 200 && response.text.contains("<\(marker)>")
            && response.text.split(separator: "<").count == 2
            && ["first", "second"].allSatisfy { key in
                response.headers["X-Carried-\(key)"] == carried && response.headers["X-Found-\(key)"] == "0"
            }
        guard !isRight else { return nil }
        let headers = response.headers.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
        return "\(marker): \(response.line) \(headers)"
    }

    @Test("each see their own marker, in all scopes of two plugins and in the result, and no other's")
    func markers() async throws {
        let path = try FixturePlugin.path("carries")
        let site = try GatewaySite(
            """
            plugins:
              - {name: First, path: "\(path)", config: {key: first}}
              - {name: Second, path: "\(path)", config: {key: second}}
            """
        )
        // The upstream gives the marker back from the URL that the gateway has made.
        let upstream = ClosureUpstream { request throws(UpstreamError) in
            let marker = request.url.split(separator: "/").last.map(String.init) ?? ""
            return UpstreamResponse(
                status: 200,
                headers: ["Content-Type": "text/plain"],
                body: Array("<\(marker)>".utf8)
            )
        }
        let total = Self.requests
        let tally = Tally(total)
        try await LiveGateway.run(site, upstream: upstream) { gateway in
            let client = gateway.client
            _ = try await client("POST /tools", ["name": "echo", "url": "http://upstream/{marker}"])
            _ = try await client("POST /prompts", ["name": "echo", "template": "<{{ marker }}>"])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<Self.clients {
                    group.addTask {
                        while let number = tally.next() {
                            let marker = "marker-\(number)"
                            let (line, body) = Self.question(number, marker)
                            tally.note(Self.problem(try await client(line, body), marker))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(gateway.access.entries.count == total + 2)
        }
        #expect(tally.problems.prefix(5) == [])
        #expect(tally.right == total)
        #expect(upstream.requests.count == total / 2)
    }
}
