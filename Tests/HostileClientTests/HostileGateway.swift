import GatewayTesting
import Glibc
import PluginPayloads
import Synchronization
import TestSupport

/// The whole gateway, with limits that a test reaches quickly.
struct HostileGateway: Sendable {
    static let maxBodyBytes = 64 << 10
    static let maxHeaderBytes = 8 << 10
    static let maxHeaderFields = 50
    static let requestTimeout = Duration.seconds(3)
    static let idleTimeout = Duration.seconds(4)
    /// What a busy machine may add to a time limit.
    static let patience = Duration.seconds(30)

    private static let settings = [
        "max_body_bytes": maxBodyBytes, "max_buffered_bytes": 4 * maxBodyBytes, "max_header_bytes": maxHeaderBytes,
        "max_header_fields": maxHeaderFields, "max_json_depth": 8, "max_json_values": 1_000, "request_timeout": 3,
        "idle_timeout": 4,
    ]

    let process: GatewayProcess
    private let port: Int
    private let client: GatewayClient

    /// Starts a gateway.
    ///
    /// - Parameter settings: What its server has to do otherwise.
    /// - Throws: That it does not start.
    init(_ settings: [String: Int] = [:]) async throws {
        let lines = Self.settings.merging(settings) { _, other in other }.map { "  \($0.key): \($0.value)\n" }.sorted()
        process = try await GatewayProcess.serving(try GatewaySite("server:\n" + lines.joined()))
        port = try await process.port
        client = try await process.client
        for (name, template) in [("echo", "{{ text }}"), ("large", String(repeating: "x", count: 60_000))] {
            let answer = try await client("POST /prompts", ["name": .string(name), "template": .string(template)])
            guard answer.status == 200 else { throw SetupFailure("cannot make a prompt: \(answer.line)") }
        }
    }

    /// One gateway for all tests that leave nothing behind; it ends with this process.
    static func shared() async throws -> HostileGateway { try await common.value }

    private static let common = Task {
        let gateway = try await HostileGateway()
        process.store(Int(gateway.process.pid), ordering: .relaxed)
        atexit { kill(Int32(HostileGateway.process.load(ordering: .relaxed)), SIGKILL) }
        return gateway
    }
    private static let process = Atomic<Int>(0)

    func connect(receiveBuffer: Int? = nil) async throws -> RawConnection {
        try await RawConnection(port: port, receiveBuffer: receiveBuffer)
    }

    /// Whether a client that does nothing wrong is served.
    func serves() async throws -> Bool {
        let answer = try await client("POST /prompts/echo", ["text": "hello"])
        return try answer.status == 200 && answer.rendered == "hello"
    }
}

/// The start of a request that brings a body.
func post(_ fields: String...) -> String {
    (["POST /prompts/echo HTTP/1.1", "Host: gateway"] + fields).map { $0 + "\r\n" }.joined() + "\r\n"
}

/// A request with a body.
func post(body: [UInt8]) -> [UInt8] { Array(post("Content-Length: \(body.count)").utf8) + body }

func post(body: String) -> [UInt8] { post(body: Array(body.utf8)) }
