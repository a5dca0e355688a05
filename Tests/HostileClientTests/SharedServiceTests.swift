import GatewayTesting
import Glibc
import PluginPayloads
import TestSupport
import Testing

@Suite("Connections share the gateway:")
struct SharedServiceTests {
    @Test("pipelined requests are answered in their order")
    func pipelined() async throws {
        let connection = try await HostileGateway.shared().connect()
        await connection.send((0..<200).flatMap { post(body: #"{"text": "number \#($0)"}"#) })
        for number in 0..<200 {
            #expect(try await connection.answer().rendered == "number \(number)")
        }
    }

    @Test("a request is answered although its client has closed its side")
    func halfClosed() async throws {
        let connection = try await HostileGateway.shared().connect()
        await connection.send(post(body: #"{"text": "last"}"#))
        connection.endSending()
        #expect(try await connection.answer().status == 200)
        #expect(await connection.isClosed(within: HostileGateway.patience))
    }

    @Test(
        "a client that breaks off within its body, however it does, is nothing for the log",
        arguments: [true, false]
    )
    func breaksOff(resetting: Bool) async throws {
        let gateway = try await HostileGateway()
        let connection = try await gateway.connect()
        await connection.send(post("Content-Length: 1000") + "{\"text\": ")
        let port = connection.localPort
        try await eventually("the connection") { try ProcessFiles.hasConnection(gateway.process.pid, to: port) }
        connection.close(resetting: resetting)
        try await eventually("its end") { try !ProcessFiles.hasConnection(gateway.process.pid, to: port) }
        #expect(try await gateway.serves())
        #expect(try await gateway.process.stop() == 0)
        #expect(gateway.process.log.alarms == [])
    }

    @Test("bodies that are being read are bounded together, and large ones are told to come later")
    func bodyBudget() async throws {
        let gateway = try await HostileGateway(["request_timeout": 60])
        let part = String(repeating: " ", count: HostileGateway.maxBodyBytes - 1_000)
        // Five bodies, each with a little missing, of which four fit.
        var connections: [RawConnection] = []
        for _ in 0..<5 {
            let connection = try await gateway.connect()
            await connection.send(post("Content-Length: \(HostileGateway.maxBodyBytes)") + part)
            connections.append(connection)
        }
        var refused: [ClientResponse] = []
        try await eventually("a refusal", within: .seconds(30)) {
            for connection in connections {
                if let answer = try? await connection.answer(within: .milliseconds(20)) { refused.append(answer) }
            }
            return !refused.isEmpty
        }
        for connection in connections { connection.close() }
        try await eventually("the memory of the bodies") {
            let connection = try await gateway.connect()
            await connection.send(post(body: "{}" + part))
            return try await connection.answer().status == 200
        }
        let answer = try #require(refused.first)
        #expect(refused.count == 1)
        #expect(answer.status == 503)
        #expect(answer.headers["retry-after"] == "1")
        #expect(answer.message == "too many large requests at the same time; try again later")
        #expect(try await gateway.serves())
    }

    @Test("as many as are allowed are served, and one more waits until another is closed")
    func connectionLimit() async throws {
        let gateway = try await HostileGateway(["max_connections": 20, "idle_timeout": 60])
        let request = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
        var served: [RawConnection] = []
        try await eventually("the connection of the gateway's own client is closed or counted") {
            let connection = try await gateway.connect()
            await connection.send(request)
            guard try await connection.answer().status == 200 else { return false }
            served.append(connection)
            return served.count == 20
        }
        let next = try await gateway.connect()
        await next.send(request)
        #expect((try? await next.answer(within: .milliseconds(500))) == nil)
        served.removeLast().close()
        #expect(try await next.answer().status == 200)
    }

    @Test("many more than are allowed wait, and are served when others are closed")
    func connectionQueue() async throws {
        let gateway = try await HostileGateway(["max_connections": 20, "idle_timeout": 60])
        var others: [RawConnection] = []
        for _ in 0..<40 { others.append(try await gateway.connect()) }
        let connection = try await gateway.connect()
        await connection.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        let early = try? await connection.answer(within: .milliseconds(500))
        #expect(early == nil)
        for other in others { other.close() }
        #expect(try await connection.answer().status == 200)
    }

    /// 10,000 with `HOOKGATE_SOAK=1`, else 2,000; fewer where the system does not let a process have as many.
    @Test("idle ones by the thousand cost some memory each, and others are served")
    func idle() async throws {
        let wanted = unsafe getenv("HOOKGATE_SOAK") == nil ? 2_000 : 10_000
        let result = try await IdleCrowd(wanted: wanted).run()
        print(result)
        #expect(result.count > 0)
        #expect(result.unserved == 0)
        // A channel, its handlers, two tasks and a stream: some 20 KB, and as much again for a machine of other habits.
        #expect(result.growth < result.count * (40 << 10) + (16 << 20))
        #expect(result.serves)
    }
}

/// Many connections that do nothing.
private struct IdleCrowd {
    let wanted: Int

    struct Result: CustomStringConvertible {
        var count = 0
        var unserved = 0
        var growth = 0
        var serves = false

        var description: String {
            "\(count) idle connections: \(growth / max(count, 1)) bytes of resident memory each"
        }
    }

    func run() async throws -> Result {
        let gateway = try await HostileGateway(["max_connections": 20_000, "idle_timeout": 300])
        let process = gateway.process.pid
        let count = min(wanted, raisedDescriptorLimit() - 200)
        if count < wanted { print("only \(count) connections: the limit of descriptors forbids more") }
        let descriptors = try ProcessFiles.descriptors(of: process)
        let before = try ProcessFiles.memory(of: process).resident
        var result = Result(count: count)
        var connections: [RawConnection] = []
        while connections.count < count {
            connections.append(try await gateway.connect())
            if connections.count % 500 == 0, try await !gateway.serves() { result.unserved += 1 }
        }
        result.growth = try ProcessFiles.memory(of: process).resident - before
        for connection in connections { connection.close() }
        try await eventually("the end of all descriptors", within: HostileGateway.patience) {
            try ProcessFiles.descriptors(of: process) <= descriptors
        }
        result.serves = try await gateway.serves()
        return result
    }

    private func raisedDescriptorLimit() -> Int {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard unsafe getrlimit(resource, &limit) == 0 else { return 0 }
        limit.rlim_cur = limit.rlim_max
        unsafe setrlimit(resource, &limit)
        return Int(limit.rlim_cur)
    }
}
