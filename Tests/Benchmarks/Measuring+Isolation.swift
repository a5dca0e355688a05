import PluginPayloads
import PluginRuntime

// Plugins in worker processes, with the same plugin in this process beside them.
extension Measuring {
    func measureIsolated() async throws {
        let payloads = try [200, 4_096, 65_536].map { (bytes: $0, payload: try Self.payload(bytes: $0)) }
        for (keys, place) in [("", "in process"), (", isolation: process", "isolated")] {
            try await withRuntime([("noop", "bench_noop", "")], keys) { request, _ in
                for (bytes, payload) in payloads {
                    let goal = bytes == 200 && !keys.isEmpty ? 6.0 : nil
                    let one = Benchmark("\(place), \(Self.size(bytes)), one caller", goal: goal, .microseconds)
                    await measure(one, operations: 5_000) { _ = await request.invoke(.toolPostInvoke, payload) }
                    let many = Benchmark("\(place), \(Self.size(bytes)), sixteen callers", .perSecond)
                    await measureMany(many, request, payload)
                }
            }
        }
        try await withRuntime([("noop", "bench_noop", "")], ", isolation: process, process: {spin: false}") {
            request,
            payload in
            let one = Benchmark("isolated, 200 B, one caller, no spinning", .microseconds)
            await measure(one, operations: 5_000) { _ = await request.invoke(.toolPostInvoke, payload) }
        }
    }

    /// A filter whose patterns the sandbox does not let be compiled to machine code, and the same where it does.
    func measureCompiledPatterns() async throws {
        let words = (0..<10).map { "{search: 'forbidden\($0)', replace: 'x'}" }.joined(separator: ", ")
        let payload = try PayloadBlock(json: Sample.arguments)
        for (name, sandbox) in [("interpreted", "default"), ("compiled", "{profile: default, allow_jit: true}")] {
            let keys = ", isolation: process, sandbox: \(sandbox)"
            try await withRuntime([("filter", "regex_filter", "words: [\(words)]")], keys) { request, _ in
                let filter = Benchmark(
                    "isolated, ten rules \(name), 1 KB, no hit",
                    .microseconds,
                    baseline: "regex filter, ten rules, 1 KB, no hit"
                )
                await measure(filter, operations: 2_000) { _ = await request.invoke(.toolPreInvoke, payload) }
            }
        }
    }

    /// How long it takes until a caller knows that a worker has died of its call, and until the standby has answered the
    /// next one.
    func measureRecovery() async throws {
        let keys = ", isolation: process, breaker: off, process: {restart_pause: 0.01, restart_pause_limit: 0.02}"
        let runtime = try await PluginRuntime(
            configuration: try configuration([("noop", "bench_noop", "")], keys),
            options: options
        )
        let request = try runtime.request(RequestIdentity(requestID: "bench"))
        let payload = try Self.payload(bytes: 200)
        var known: [Double] = []
        var recovered: [Double] = []
        for _ in 0..<21 {
            while !Self.hasStandby(runtime) { try await Task.sleep(for: .milliseconds(1)) }
            let start = ContinuousClock.now
            _ = await request.invoke("bench_crash", payload)
            let end = ContinuousClock.now
            _ = await request.invoke(.toolPostInvoke, payload)
            known.append((end - start).microseconds)
            recovered.append((ContinuousClock.now - end).microseconds)
        }
        await runtime.shutdown()
        let rows = [
            (Benchmark("isolated, crash until its caller knows", .microseconds), known),
            (Benchmark("isolated, first call after a crash", goal: 2_000, .microseconds), recovered),
        ]
        for (benchmark, figures) in rows where filter.isEmpty || benchmark.name.contains(filter) {
            print(Measurement(benchmark: benchmark, figure: figures.sorted()[figures.count / 2], allocations: nil).line)
        }
    }

    private static func hasStandby(_ runtime: PluginRuntime) -> Bool {
        let processes = runtime.plugins.first?.workers?["processes"]?.array ?? []
        return processes.contains { $0["role"] == "standby" } && processes.contains { $0["role"] == "active" }
    }

    /// Calls of sixteen tasks at the same time.
    private func measureMany(_ benchmark: Benchmark, _ request: HookRequest, _ payload: PayloadBlock) async {
        let calls = 200
        await measure(benchmark, operations: 1, batch: 16 * calls) {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        for _ in 0..<calls { _ = await request.invoke(.toolPostInvoke, payload) }
                    }
                }
            }
        }
    }

    private static func size(_ bytes: Int) -> String { bytes < 1_024 ? "\(bytes) B" : "\(bytes / 1_024) KB" }

    /// A payload whose block has about so many bytes.
    private static func payload(bytes: Int) throws -> PayloadBlock {
        let empty: JSONObject = ["name": "bench", "result": ["text": ""]]
        let rest = bytes - (try PayloadBlock(empty).size)
        let payload: JSONObject = [
            "name": "bench", "result": ["text": .string(String(repeating: "x", count: max(0, rest)))],
        ]
        return try PayloadBlock(payload)
    }
}

extension Duration {
    fileprivate var microseconds: Double { Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12 }
}
