import Glibc
import PluginPayloads
import Synchronization
import TestSupport

/// The whole gateway, with limits that a test reaches quickly.
struct HostileGateway: Sendable {
    static let maxBodyBytes = 64 << 10
    static let maxHeaderBytes = 8 << 10
    static let requestTimeout = Duration.seconds(3)
    static let idleTimeout = Duration.seconds(4)
    /// What a busy machine may add to a time limit.
    static let patience = Duration.seconds(30)

    private static let settings = [
        "port": 0, "max_body_bytes": maxBodyBytes, "max_buffered_bytes": 4 * maxBodyBytes,
        "max_header_bytes": maxHeaderBytes, "max_json_depth": 8, "max_json_values": 1_000, "request_timeout": 3,
        "idle_timeout": 4,
    ]

    private let directory: TemporaryDirectory
    let process: RunningGateway

    /// Starts a gateway.
    ///
    /// - Parameter settings: What its server has to do otherwise.
    /// - Throws: That it does not start.
    init(_ settings: [String: Int] = [:]) throws {
        directory = try TemporaryDirectory()
        let lines = Self.settings.merging(settings) { _, other in other }.map { "  \($0.key): \($0.value)\n" }.sorted()
        process = try RunningGateway(
            BuiltProducts.directory() + "/hookgate",
            "server:\n" + lines.joined(),
            in: directory
        )
        for (name, template) in [("echo", "{{ text }}"), ("large", String(repeating: "x", count: 60_000))] {
            let answer = try process.answer("POST", "/prompts", #"{"name": "\#(name)", "template": "\#(template)"}"#)
            guard answer.status == 200 else { throw SetupFailure("cannot make a prompt: \(answer)") }
        }
    }

    /// One gateway for all tests that leave nothing behind; it ends with this process.
    static func shared() throws -> HostileGateway { try common.get() }

    private static let common = Result {
        let gateway = try HostileGateway()
        process.store(Int(gateway.process.process), ordering: .relaxed)
        atexit { kill(Int32(HostileGateway.process.load(ordering: .relaxed)), SIGKILL) }
        return gateway
    }
    private static let process = Atomic<Int>(0)

    func connect(receiveBuffer: Int? = nil) throws -> RawConnection {
        try RawConnection(port: process.port, receiveBuffer: receiveBuffer)
    }

    /// Whether a client that does nothing wrong is served.
    func serves() throws -> Bool {
        let answer = try process.answer("POST", "/prompts/echo", #"{"text": "hello"}"#)
        return answer.status == 200 && answer.body.contains(#""text":"hello""#)
    }
}

/// The start of a request that brings a body.
func post(_ fields: String...) -> String {
    (["POST /prompts/echo HTTP/1.1", "Host: gateway"] + fields).map { $0 + "\r\n" }.joined() + "\r\n"
}

/// A request with a body.
func post(body: [UInt8]) -> [UInt8] { Array(post("Content-Length: \(body.count)").utf8) + body }

func post(body: String) -> [UInt8] { post(body: Array(body.utf8)) }
