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
