import PluginPayloads
import PluginRuntime
import Synchronization

/// Hooks that do not return, and what other plugins notice of them.
struct Deadlines {
    let options: RuntimeOptions

    private static let timeout = Duration.milliseconds(100)
    private static let hooks: [HookName] = [
        "c_sleep", "c_spin", "swift_sleep", "swift_spin", "swift_async_sleep", "swift_async_spin",
    ].map { HookName($0) }

    func run() async throws {
        let configuration = try TemporaryFile.write(
            """
            plugin_settings: {plugin_timeout: 0.1, breaker: off}
            plugins:
              - {name: other, kind: bench_noop}
              - {name: c, kind: bench_stubborn_c}
              - {name: swift, kind: bench_stubborn_swift}

            """
        )
        let runtime = try await PluginRuntime(configuration: configuration, options: options)
        try await withTaskExecutorPreference(runtime.executor) {
            let request = try runtime.request(RequestIdentity(requestID: "deadlines"))
            _ = try await Self.latencies(of: request)
            let quiet = try await Self.latencies(of: request)
            print("quiet: p99 of another plugin \(Self.text(quiet.percentile(99)))")
            for hook in Self.hooks { try await Self.measure(hook, request, quiet) }
        }
        try await Self.waitForLateHooks(runtime)
        for plugin in runtime.plugins {
            let counters = plugin.counters
            print(
                "\(plugin.name): \(counters.calls) calls, \(counters.timeouts) timeouts, \(counters.late) ended late, "
                    + "\(counters.errors) errors, \(counters.lostThreads) threads lost now"
            )
        }
        await runtime.shutdown()
    }

    /// Ten calls in a row that do not return in time, beside 10,000 calls of another plugin.
    private static func measure(_ hook: HookName, _ request: HookRequest, _ quiet: [Duration]) async throws {
        let payload = try PayloadBlock(json: #"{"milliseconds": 400}"#)
        async let others = latencies(of: request)
        var lateness: [Duration] = []
        for _ in 0..<10 {
            let start = ContinuousClock.now
            let outcome = await request.invoke(hook, payload)
            lateness.append(ContinuousClock.now - start - timeout)
            guard outcome.error?.code == .timeout else { fatalError("\(hook): \(outcome)") }
        }
        let busy = try await others
        let ratio = busy.percentile(99) / quiet.percentile(99)
        print(
            "\(hook): ten answered \(text(lateness.percentile(0))) to \(text(lateness.percentile(100))) after their "
                + "deadline; p99 of another plugin \(text(busy.percentile(99))), \((ratio * 100).rounded() / 100) times the quiet one"
        )
    }

    private static func latencies(of request: HookRequest) async throws -> [Duration] {
        let payload = try PayloadBlock(json: Sample.call)
        var latencies: [Duration] = []
        for _ in 0..<10_000 {
            let start = ContinuousClock.now
            let outcome = await request.invoke(.toolPostInvoke, payload)
            latencies.append(ContinuousClock.now - start)
            guard outcome.error == nil else { fatalError("another plugin failed: \(outcome)") }
        }
        return latencies
    }

    /// Waits until all hooks that were given up have returned.
    private static func waitForLateHooks(_ runtime: PluginRuntime) async throws {
        while runtime.plugins.contains(where: { $0.counters.lostThreads > 0 }) {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private static func text(_ duration: Duration) -> String {
        let microseconds = Double(duration.components.attoseconds) / 1e12 + Double(duration.components.seconds) * 1e6
        return microseconds < 1000
            ? "\((microseconds * 100).rounded() / 100) µs" : "\((microseconds / 10).rounded() / 100) ms"
    }
}

extension [Duration] {
    fileprivate func percentile(_ percent: Int) -> Duration {
        sorted()[Swift.min(count - 1, count * percent / 100)]
    }
}
