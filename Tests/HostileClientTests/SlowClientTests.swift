import GatewayTesting
import TestSupport
import Testing

@Suite("A client that is slow")
struct SlowClientTests {
    /// What came of a slow client.
    struct Outcome: Sendable {
        /// The answer, if there was one.
        var answer: ClientResponse?
        /// How long the connection lasted; `nil` if it outlasted all patience.
        var lifetime: Duration?
        /// Whether others are served afterwards.
        var serves: Bool
    }

    /// Sends one byte now and then, and watches.
    private static func trickle(_ start: String, then byte: String) async throws -> Outcome {
        // That it is never idle for long must not matter.
        let gateway = try await HostileGateway(["idle_timeout": 300])
        let connection = try await gateway.connect()
        let port = connection.localPort
        let began = ContinuousClock.now
        await connection.send(start)
        var outcome = Outcome(answer: nil, lifetime: nil, serves: false)
        while ContinuousClock.now - began < HostileGateway.requestTimeout + HostileGateway.patience {
            if outcome.answer == nil { outcome.answer = try? await connection.answer(within: .milliseconds(100)) }
            _ = await connection.isClosed(within: .milliseconds(100))
            await connection.send(byte, within: .milliseconds(10))
            guard try ProcessFiles.hasConnection(gateway.process.pid, to: port) else {
                outcome.lifetime = .now - began
                break
            }
        }
        if outcome.answer == nil { outcome.answer = try? await connection.answer(within: .zero) }
        outcome.serves = try await gateway.serves()
        return outcome
    }

    @Test("with its body is told so when its time is over, and the connection ends")
    func slowBody() async throws {
        let outcome = try await Self.trickle(post("Content-Length: 1000") + "{\"text\": \"", then: "x")
        #expect(outcome.answer?.status == 408)
        #expect(outcome.answer?.message == "the request was not complete in time (server.request_timeout)")
        let lifetime = try #require(outcome.lifetime)
        #expect(lifetime >= HostileGateway.requestTimeout)
        #expect(outcome.serves)
    }

    @Test("with its head loses the connection when its time is over")
    func slowHead() async throws {
        let outcome = try await Self.trickle("GET /health HTTP/1.1\r\nCookie: ", then: "x")
        let lifetime = try #require(outcome.lifetime)
        #expect(lifetime >= HostileGateway.requestTimeout)
        #expect(outcome.serves)
    }

    @Test("that has been refused, but sends on, loses the connection", arguments: [413, 400])
    func sendsOn(status: Int) async throws {
        let start = status == 413 ? post("Transfer-Encoding: chunked") : "nonsense\r\n\r\n"
        let chunk = "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n"
        let gateway = try await HostileGateway()
        let connection = try await gateway.connect()
        let before = try ProcessFiles.memory(of: gateway.process.pid).resident
        await connection.send(start)
        let end = ContinuousClock.now + HostileGateway.requestTimeout + HostileGateway.patience
        while ContinuousClock.now < end, await connection.send(chunk, within: .seconds(1)) == chunk.utf8.count {}
        let growth = try ProcessFiles.memory(of: gateway.process.pid).resident - before
        // What is reset may take the answer with it.
        if let answer = try? await connection.answer(within: .seconds(1)) { #expect(answer.status == status) }
        #expect(await connection.isClosed(within: HostileGateway.patience))
        #expect(growth < 32 << 20)
    }

    @Test(
        "that never reads its answers loses the connection, and the answers take no memory",
        arguments: [1, 1_000_000]
    )
    func neverReads(readingFirst bytes: Int) async throws {
        let gateway = try await HostileGateway(["idle_timeout": 300])
        let process = gateway.process.pid
        let before = try ProcessFiles.memory(of: process).resident
        let connection = try await gateway.connect(receiveBuffer: 4_096)
        // 300 answers of 60 KB: more than the system keeps for a connection.
        await connection.send(String(repeating: "GET /prompts/large HTTP/1.1\r\nHost: a\r\n\r\n", count: 300))
        await connection.read(bytes, within: .seconds(20))
        #expect(try ProcessFiles.memory(of: process).resident - before < 32 << 20)
        let limit = HostileGateway.requestTimeout + HostileGateway.patience
        try await eventually("the end of the connection", within: limit) {
            try !ProcessFiles.hasConnection(process, to: connection.localPort)
        }
        #expect(try await gateway.serves())
    }

    @Test("that sends nothing loses the connection when it has been idle for long", arguments: ["", "GET /health"])
    func idle(first path: String) async throws {
        let connection = try await HostileGateway.shared().connect()
        if !path.isEmpty {
            await connection.send("\(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await connection.answer()
        }
        #expect(await connection.isClosed(within: HostileGateway.idleTimeout + HostileGateway.patience))
    }
}
