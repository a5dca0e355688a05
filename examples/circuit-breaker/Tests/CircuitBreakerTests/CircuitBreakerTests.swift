import CircuitBreaker
import PluginPayloads
import PluginTestKit
import Testing

@Suite("The circuit breaker")
struct CircuitBreakerTests {
    private static let failure: JSONValue = ["content": [], "isError": true]
    private static let success: JSONValue = ["content": [], "isError": false]

    private static func call(
        _ harness: PluginHarness,
        _ tool: String,
        _ result: JSONValue,
        _ request: HarnessRequest = HarnessRequest()
    ) async throws -> (before: HarnessResult, after: HarnessResult?) {
        let payload: JSONObject = ["name": .string(tool)]
        let before = try await harness.invoke("tool_pre_invoke", payload: payload, request: request)
        guard before.continueProcessing else { return (before, nil) }
        var answer = payload
        answer["result"] = result
        return (before, try await harness.invoke("tool_post_invoke", payload: answer, request: request))
    }

    private static func metadata(_ tool: JSONValue, _ state: JSONValue) -> JSONObject {
        ["circuit_breaker": ["tool": tool, "state": state]]
    }

    private static func refusal(_ tool: String, seconds: Int64) -> HarnessResult {
        HarnessResult(
            continueProcessing: false,
            violation: PluginViolation(
                reason: "Circuit open",
                description: "The tool '\(tool)' fails too often; try again in \(seconds) s",
                code: "CIRCUIT_OPEN",
                details: ["tool": .string(tool), "retry_after_seconds": .int(seconds)],
                httpStatusCode: 503,
                httpHeaders: ["Retry-After": "\(seconds)"]
            )
        )
    }

    @Test("refuses a tool that has failed too often, and no other one")
    func opens() async throws {
        let harness = try PluginHarness(
            CircuitBreaker.self,
            configuration: ["failure_threshold": 2, "open_seconds": 3600]
        )
        let first = try await Self.call(harness, "search", Self.failure)
        #expect(first.before == HarnessResult())
        #expect(first.after == HarnessResult())
        let second = try await Self.call(harness, "search", Self.failure)
        #expect(second.after == HarnessResult(metadata: Self.metadata("search", "open")))
        #expect(try await Self.call(harness, "search", Self.success).before == Self.refusal("search", seconds: 3600))
        #expect(try await Self.call(harness, "other", Self.success).before == HarnessResult())
        #expect(harness.counters == ["circuits_opened": 1, "calls_refused": 1])
        let message = "the circuit of the tool \"search\" is open: 2 of the last 2 calls failed"
        #expect(harness.log == [RecordedLine(level: 2, message)])
    }

    /// Open for so short that it is over when the next call comes.
    private static let shortlyOpen: JSONObject = ["failure_threshold": 1, "open_seconds": 0.001]

    /// Waits until the circuit lets a probe through.
    private static func probe(_ harness: PluginHarness, _ request: HarnessRequest) async throws -> HarnessResult {
        while true {
            let result = try await harness.invoke("tool_pre_invoke", payload: ["name": "t"], request: request)
            if result.continueProcessing { return result }
        }
    }

    @Test("a probe is known again after the call, and closes or opens", arguments: [true, false])
    func probes(_ isFailure: Bool) async throws {
        let harness = try PluginHarness(CircuitBreaker.self, configuration: Self.shortlyOpen)
        _ = try await Self.call(harness, "t", Self.failure)
        let request = HarnessRequest()
        #expect(try await Self.probe(harness, request) == HarnessResult(metadata: Self.metadata("t", "half_open")))
        let other = try await harness.invoke("tool_pre_invoke", payload: ["name": "t"])
        #expect(other == Self.refusal("t", seconds: 1))

        let payload: JSONObject = ["name": "t", "result": isFailure ? Self.failure : Self.success]
        // The result of another call says nothing.
        #expect(try await harness.invoke("tool_post_invoke", payload: payload) == HarnessResult())
        let after = try await harness.invoke("tool_post_invoke", payload: payload, request: request)
        #expect(after == HarnessResult(metadata: Self.metadata("t", isFailure ? "open" : "closed")))
        #expect(request.state(of: "circuit_breaker") == [:])
        let last = isFailure ? "is open: it fails still" : "is closed: it works again"
        #expect(harness.log.last?.message == "the circuit of the tool \"t\" \(last)")
    }

    @Test("probes that another plugin has blocked do not keep their places")
    func blockedProbes() async throws {
        var configuration = Self.shortlyOpen
        configuration["probe_timeout_seconds"] = 0.001
        let harness = try PluginHarness(CircuitBreaker.self, configuration: configuration)
        _ = try await Self.call(harness, "t", Self.failure)
        for _ in 0..<3 { _ = try await Self.probe(harness, HarnessRequest()) }
        let request = HarnessRequest()
        _ = try await Self.probe(harness, request)
        let payload: JSONObject = ["name": "t", "result": Self.success]
        let after = try await harness.invoke("tool_post_invoke", payload: payload, request: request)
        #expect(after == HarnessResult(metadata: Self.metadata("t", "closed")))
    }

    static let results: [(JSONObject, JSONValue?, Bool)] = [
        ([:], ["isError": true], true), ([:], ["isError": false], false), ([:], ["isError": "true"], false),
        ([:], ["status_code": 503], true), ([:], ["status": 500], true), ([:], ["status": "500"], false),
        ([:], ["status_code": 404], false), ([:], ["structuredContent": ["status_code": 502]], true),
        ([:], ["body": ["status_code": 502]], false), ([:], "isError", false), ([:], nil, false),
        (["failure_statuses": [429]], ["status": 429], true), (["failure_statuses": [429]], ["status": 503], false),
        (["failure_statuses": []], ["isError": true], true), (["status_keys": ["code"]], ["code": 500], true),
        (["status_keys": ["code"]], ["status": 500], false),
    ]

    @Test("tells a failure from a success", arguments: results)
    func failures(_ configuration: JSONObject, _ answer: JSONValue?, _ isFailure: Bool) async throws {
        var configuration = configuration
        configuration["failure_threshold"] = 1
        let harness = try PluginHarness(CircuitBreaker.self, configuration: configuration)
        var payload: JSONObject = ["name": "t"]
        payload["result"] = answer
        let result = try await harness.invoke("tool_post_invoke", payload: payload)
        #expect(result == HarnessResult(metadata: isFailure ? Self.metadata("t", "open") : [:]))
        #expect(harness.problems == [])
    }

    @Test("calls from many threads lose no failure, and get no more probes than there are places")
    func concurrency() async throws {
        let configuration: JSONObject = ["failure_threshold": 800, "half_open_max_calls": 3, "open_seconds": 0.001]
        let harness = try PluginHarness(CircuitBreaker.self, configuration: configuration)
        let opened = await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    var opened = 0
                    for _ in 0..<100 {
                        let payload: JSONObject = ["name": "t", "result": Self.failure]
                        let result = try? await harness.invoke("tool_post_invoke", payload: payload)
                        if result?.metadata == Self.metadata("t", "open") { opened += 1 }
                    }
                    return opened
                }
            }
            return await group.reduce(0, +)
        }
        #expect(opened == 1)
        _ = try await Self.probe(harness, HarnessRequest())
        let admitted = await withTaskGroup { group in
            for _ in 0..<100 {
                group.addTask {
                    let result = try? await harness.invoke("tool_pre_invoke", payload: ["name": "t"])
                    return result?.continueProcessing == true ? 1 : 0
                }
            }
            return await group.reduce(0, +)
        }
        #expect(admitted == 2)
    }

    @Test(
        "a wrong configuration is refused, and says where",
        arguments: [
            (["failure_threshold": 0], "/failure_threshold"), (["failure_threshold": nil], "/failure_threshold"),
            (["failure_rate": 0], "/failure_rate"), (["failure_rate": 1.5], "/failure_rate"),
            (["minimum_calls": 0], "/minimum_calls"), (["window_seconds": 0], "/window_seconds"),
            (["open_seconds": -1], "/open_seconds"), (["half_open_max_calls": 0], "/half_open_max_calls"),
            (["probe_timeout_seconds": 100_000], "/probe_timeout_seconds"), (["max_tools": 0], "/max_tools"),
            (["failure_statuses": [500, "x"]], "/failure_statuses/1"),
        ] as [(JSONObject, String)]
    )
    func refuses(_ configuration: JSONObject, _ pointer: String) {
        let error = #expect(throws: HarnessError.self) {
            _ = try PluginHarness(CircuitBreaker.self, configuration: configuration)
        }
        #expect(error?.problems.map(\.pointer) == [pointer])
    }

    @Test("a rate alone will do")
    func rateAlone() throws {
        let configuration: JSONObject = ["failure_threshold": nil, "failure_rate": 0.5]
        #expect(try PluginHarness(CircuitBreaker.self, configuration: configuration).problems == [])
    }

    @Test("the duties of every plugin")
    func conforms() async {
        let suite = ConformanceSuite(
            CircuitBreaker.self,
            samples: [
                "tool_pre_invoke": ["name": "t", "args": [:]],
                "tool_post_invoke": ["name": "t", "result": Self.success],
            ]
        )
        #expect(await suite.run() == [])
    }
}
