import Glibc
import PluginPayloads
import TestSupport
import Testing

@Suite("Connections share the gateway:")
struct SharedServiceTests {
    @Test("pipelined requests are answered in their order")
    func pipelined() async throws {
        let texts = try await Blocking.run {
            let connection = try HostileGateway.shared().connect()
            connection.send((0..<200).flatMap { post(body: #"{"text": "number \#($0)"}"#) })
            return try (0..<200).map { _ in
                try connection.answer().json?["messages"]?[0]?["content"]?["text"]?.string
            }
        }
        #expect(texts == (0..<200).map { "number \($0)" })
    }

    @Test("a request is answered although its client has closed its side")
    func halfClosed() async throws {
        let (status, isClosed) = try await Blocking.run {
            let connection = try HostileGateway.shared().connect()
            connection.send(post(body: #"{"text": "last"}"#))
            connection.endSending()
            return (try connection.answer().status, connection.isClosed(within: .seconds(2)))
        }
        #expect(status == 200)
        #expect(isClosed)
    }

    @Test(
        "a client that breaks off within its body, however it does, is nothing for the log",
        arguments: [true, false]
    )
    func breaksOff(resetting: Bool) async throws {
        let (serves, log) = try await Blocking.run {
            let gateway = try HostileGateway()
            let connection = try gateway.connect()
            connection.send(post("Content-Length: 1000") + "{\"text\": ")
            let port = connection.localPort
            try Waiting.until("the connection", within: .seconds(20)) {
                try ProcessFiles.hasConnection(gateway.process.process, to: port)
            }
            connection.close(resetting: resetting)
            try Waiting.until("its end", within: .seconds(20)) {
                try !ProcessFiles.hasConnection(gateway.process.process, to: port)
            }
            let serves = try gateway.serves()
            gateway.process.stop()
            return (serves, gateway.process.log)
        }
        #expect(serves)
        #expect(log == "")
    }

    @Test("bodies that are being read are bounded together, and large ones are told to come later")
    func bodyBudget() async throws {
        let (refused, serves) = try await Blocking.run {
            let gateway = try HostileGateway(["request_timeout": 60])
            let part = String(repeating: " ", count: HostileGateway.maxBodyBytes - 1_000)
            // Five bodies, each with a little missing, of which four fit.
            let connections = try (0..<5).map { _ in
                let connection = try gateway.connect()
                connection.send(post("Content-Length: \(HostileGateway.maxBodyBytes)") + part)
                return connection
            }
            let refused = try Waiting.result(of: "a refusal", within: .seconds(30)) {
                let answers = connections.compactMap { try? $0.answer(within: .milliseconds(20)) }
                return answers.isEmpty ? nil : answers
            }
            for connection in connections { connection.close() }
            try Waiting.until("the memory of the bodies", within: .seconds(10)) {
                let connection = try gateway.connect()
                connection.send(post(body: "{}" + part))
                return try connection.answer().status == 200
            }
            return (refused, try gateway.serves())
        }
        let answer = try #require(refused.first)
        #expect(refused.count == 1)
        #expect(answer.status == 503)
        #expect(answer.headers["retry-after"] == "1")
        #expect(answer.message == "too many large requests at the same time; try again later")
        #expect(serves)
    }

    @Test("one more than are allowed waits until another is closed")
    func connectionLimit() async throws {
        let (early, late) = try await Blocking.run {
            let gateway = try HostileGateway(["max_connections": 20, "idle_timeout": 60])
            let others = try (0..<40).map { _ in try gateway.connect() }
            let connection = try gateway.connect()
            connection.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
            let early = try? connection.answer(within: .milliseconds(500))
            for other in others { other.close() }
            return (early, try connection.answer().status)
        }
        #expect(early == nil)
        #expect(late == 200)
    }

    /// 10,000 with `HOOKGATE_SOAK=1`, else 2,000; fewer where the system does not let a process have as many.
    @Test("idle ones by the thousand cost some memory each, and others are served")
    func idle() async throws {
        let wanted = unsafe getenv("HOOKGATE_SOAK") == nil ? 2_000 : 10_000
        let result = try await Blocking.run { try IdleCrowd(wanted: wanted).run() }
        print(result)
        #expect(result.count > 0)
        #expect(result.unserved == 0)
        // A channel, its handlers, two tasks and a stream: some 20 KB, and as much again for a machine of other habits.
        #expect(result.growth < result.count * (40 << 10) + (16 << 20))
        #expect(result.areFreed)
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
        var areFreed = false
        var serves = false

        var description: String {
            "\(count) idle connections: \(growth / max(count, 1)) bytes of resident memory each"
        }
    }

    func run() throws -> Result {
        let gateway = try HostileGateway(["max_connections": 20_000, "idle_timeout": 300])
        let process = gateway.process.process
        let count = min(wanted, raisedDescriptorLimit() - 200)
        if count < wanted { print("only \(count) connections: the limit of descriptors forbids more") }
        let descriptors = try ProcessFiles.descriptors(of: process)
        let before = try ProcessFiles.memory(of: process).resident
        var result = Result(count: count)
        var connections: [RawConnection] = []
        while connections.count < count {
            connections.append(try gateway.connect())
            if connections.count % 500 == 0, try !gateway.serves() { result.unserved += 1 }
        }
        result.growth = try ProcessFiles.memory(of: process).resident - before
        for connection in connections { connection.close() }
        let areFreed: Void? = try? Waiting.until("all descriptors", within: HostileGateway.patience) {
            try ProcessFiles.descriptors(of: process) <= descriptors
        }
        result.areFreed = areFreed != nil
        result.serves = try gateway.serves()
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
