import GatewayTesting
import Glibc
import IsolationTesting
import PluginPayloads
import TestSupport
import Testing

@Suite("A gateway that is told to stop", .inBothIsolations)
struct StopTests {
    @Test(
        "answers the requests that are inside, stops plugins in reverse order, and ends with 0",
        arguments: [SIGTERM, SIGINT]
    )
    func drains(signal: Int32) async throws {
        let control = try SharedControl()
        let site = try GatewaySite(try Configurations.guarded(control, labels: "first", "second", "third"))
        let gateway = try await GatewayProcess.serving(site)
        control.watch(process: gateway.pid)
        let client = try await gateway.client
        try await client.makePrompt(template: "Hi")
        let answer = Task { try await client("POST /prompts/p", ["act": "wait"], headers: ["X-Request-Id": "slow"]) }
        try await control.wait(for: .entered, atLeast: 1)
        gateway.signal(signal)
        // The server takes no more connections, and the request is still inside.
        try await eventually { (try? await client("GET /health")) == nil }
        #expect(control.log == [])
        control.openGate()
        let response = try await answer.value
        #expect(response.status == 200)
        #expect(try response.rendered == "Hi")
        #expect(try await gateway.end == 0)
        #expect(
            control.log == [
                "first goes on", "second goes on", "third goes on", "third stop", "second stop", "first stop",
            ]
        )
        let entries = gateway.log.entries
        #expect(entries.contains { $0["request_id"] == "slow" && $0["status"] == 200 })
        #expect(entries.last?["message"] == "stopped")
    }
}

@Suite("A gateway that is told to stop while a client is still sending")
struct HalfSentTests {
    @Test(
        "does not wait for the rest as long as for its own work",
        arguments: ["POST /prompts/p HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{", "POST /prom"]
    )
    func halfSent(text: String) async throws {
        let site = try GatewaySite("server: {drain_timeout: 3600, request_timeout: 3600, idle_timeout: 3600}")
        let gateway = try await GatewayProcess.serving(site)
        let connection = try await RawConnection(port: try await gateway.port)
        await connection.send(text)
        try await eventually("the connection") {
            try ProcessFiles.hasConnection(gateway.pid, to: connection.localPort)
        }
        #expect(try await gateway.stop() == 0)
        if text.hasSuffix("{") {
            let answer = try await connection.answer()
            #expect(answer.line == #"503 {"message":"the gateway is stopping"}"#)
        }
    }
}

@Suite("A gateway that is killed")
struct KillTests {
    private static let rounds = unsafe getenv("HOOKGATE_SOAK") == nil ? 5 : 50

    @Test("has every prompt that it has acknowledged when it starts again")
    func keepsAcknowledged() async throws {
        let site = try GatewaySite("plugins: []")
        var acknowledged: Set<String> = []
        for round in 0..<Self.rounds {
            let gateway = try await GatewayProcess.serving(site)
            let client = try await gateway.client
            #expect(acknowledged.isSubset(of: try await Self.names(client)))
            acknowledged.formUnion(
                try await withThrowingTaskGroup(of: [String].self) { group in
                    for writer in 0..<4 {
                        group.addTask { await Self.write("\(round) \(writer)", client) }
                    }
                    // The moment differs from round to round: after so many prompts are in the log.
                    try await Self.wait(for: 10 + 7 * (round % 10), in: gateway)
                    try await gateway.kill()
                    return try await group.reduce(into: []) { $0 += $1 }
                }
            )
        }
        #expect(acknowledged.count >= 10 * Self.rounds)
        let gateway = try await GatewayProcess.serving(site)
        let stored = try await Self.names(gateway.client)
        #expect(acknowledged.subtracting(stored) == [])
        #expect(try await gateway.stop() == 0)
    }

    /// Makes prompts until the gateway is gone; the names of those that were acknowledged.
    private static func write(_ prefix: String, _ client: GatewayClient) async -> [String] {
        var names: [String] = []
        while true {
            let name = "\(prefix) \(names.count)"
            let response = try? await client("POST /prompts", ["name": .string(name), "template": "x"])
            guard response?.status == 200 else { return names }
            names.append(name)
        }
    }

    private static func wait(for count: Int, in gateway: GatewayProcess) async throws {
        try await eventually {
            gateway.log.entries.count { $0["path"] == "/prompts" && $0["method"] == "POST" } >= count
        }
    }

    private static func names(_ client: GatewayClient) async throws -> Set<String> {
        Set((try await client("GET /prompts").json.array ?? []).compactMap { $0["name"]?.string })
    }
}
