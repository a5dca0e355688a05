import Glibc
import PluginPayloads
import TestSupport
import Testing

@Suite("A client that is slow")
struct SlowClientTests {
    /// What came of a slow client.
    struct Outcome: Sendable {
        /// The answer, if there was one.
        var answer: HTTPAnswer?
        /// How long the connection lasted; `nil` if it outlasted all patience.
        var lifetime: Duration?
        /// Whether others are served afterwards.
        var serves: Bool
    }

    /// Sends one byte now and then, and watches.
    private static func trickle(_ start: String, then byte: String) throws -> Outcome {
        // That it is never idle for long must not matter.
        let gateway = try HostileGateway(["idle_timeout": 300])
        let connection = try gateway.connect()
        let port = connection.localPort
        let began = ContinuousClock.now
        connection.send(start)
        var outcome = Outcome(answer: nil, lifetime: nil, serves: false)
        while ContinuousClock.now - began < HostileGateway.requestTimeout + HostileGateway.patience {
            if outcome.answer == nil { outcome.answer = try? connection.answer(within: .milliseconds(100)) }
            _ = connection.isClosed(within: .milliseconds(100))
            connection.send(byte, within: .milliseconds(10))
            guard try ProcessFiles.hasConnection(gateway.process.process, to: port) else {
                outcome.lifetime = .now - began
                break
            }
        }
        outcome.answer = outcome.answer ?? (try? connection.answer(within: .zero))
        outcome.serves = try gateway.serves()
        return outcome
    }

    @Test("with its body is told so when its time is over, and the connection ends")
    func slowBody() async throws {
        let outcome = try await Blocking.run {
            try Self.trickle(post("Content-Length: 1000") + "{\"text\": \"", then: "x")
        }
        #expect(outcome.answer?.status == 408)
        #expect(outcome.answer?.message == "the request was not complete in time (server.request_timeout)")
        let lifetime = try #require(outcome.lifetime)
        #expect(lifetime >= HostileGateway.requestTimeout)
        #expect(outcome.serves)
    }

    @Test("with its head loses the connection when its time is over")
    func slowHead() async throws {
        let outcome = try await Blocking.run { try Self.trickle("GET /health HTTP/1.1\r\nCookie: ", then: "x") }
        let lifetime = try #require(outcome.lifetime)
        #expect(lifetime >= HostileGateway.requestTimeout)
        #expect(outcome.serves)
    }

    @Test("that has been refused, but sends on, loses the connection", arguments: [413, 400])
    func sendsOn(status: Int) async throws {
        let start = status == 413 ? post("Transfer-Encoding: chunked") : "nonsense\r\n\r\n"
        let chunk = "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n"
        let (answer, isClosed, growth) = try await Blocking.run {
            let gateway = try HostileGateway()
            let connection = try gateway.connect()
            let before = try ProcessFiles.memory(of: gateway.process.process).resident
            connection.send(start)
            let end = ContinuousClock.now + HostileGateway.requestTimeout + HostileGateway.patience
            while ContinuousClock.now < end, connection.send(chunk, within: .seconds(1)) == chunk.utf8.count {}
            let growth = try ProcessFiles.memory(of: gateway.process.process).resident - before
            let answer = try? connection.answer(within: .seconds(1))
            return (answer, connection.isClosed(within: .seconds(1)), growth)
        }
        // What is reset may take the answer with it.
        if let answer { #expect(answer.status == status) }
        #expect(isClosed)
        #expect(growth < 32 << 20)
    }

    @Test(
        "that never reads its answers loses the connection, and the answers take no memory",
        arguments: [1, 1_000_000]
    )
    func neverReads(readingFirst bytes: Int) async throws {
        let (time, growth, serves) = try await Blocking.run { () -> (Duration?, Int, Bool) in
            let gateway = try HostileGateway(["idle_timeout": 300])
            let process = gateway.process.process
            let before = try ProcessFiles.memory(of: process).resident
            let connection = try gateway.connect(receiveBuffer: 4_096)
            // 300 answers of 60 KB: more than the system keeps for a connection.
            connection.send(String(repeating: "GET /prompts/large HTTP/1.1\r\nHost: a\r\n\r\n", count: 300))
            connection.read(bytes, within: .seconds(20))
            let start = ContinuousClock.now
            let growth = try ProcessFiles.memory(of: process).resident - before
            let limit = HostileGateway.requestTimeout + HostileGateway.patience
            let isGone: Void? = try? Waiting.until("the end of the connection", within: limit) {
                try !ProcessFiles.hasConnection(process, to: connection.localPort)
            }
            return (isGone.map { .now - start }, growth, try gateway.serves())
        }
        let lifetime = try #require(time)
        #expect(lifetime > HostileGateway.requestTimeout - .milliseconds(500))
        #expect(growth < 32 << 20)
        #expect(serves)
    }

    @Test("that sends nothing loses the connection when it has been idle for long", arguments: ["", "GET /health"])
    func idle(first path: String) async throws {
        let lifetime = try await Blocking.run {
            let gateway = try HostileGateway.shared()
            let connection = try gateway.connect()
            if !path.isEmpty { connection.send("\(path) HTTP/1.1\r\nHost: a\r\n\r\n") }
            if !path.isEmpty { _ = try connection.answer() }
            let start = ContinuousClock.now
            let isClosed = connection.isClosed(within: HostileGateway.idleTimeout + HostileGateway.patience)
            return isClosed ? ContinuousClock.now - start : nil
        }
        let time = try #require(lifetime)
        // The timer of the gateway may have begun a little before ours.
        #expect(time > HostileGateway.idleTimeout - .milliseconds(500))
    }
}
