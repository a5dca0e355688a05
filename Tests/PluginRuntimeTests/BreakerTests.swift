import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A plugin that fails again and again", .inBothIsolations)
struct BreakerTests {
    private static func site() throws -> Site {
        let site = try Site()
        try site.directory.copy(FixturePlugin.path("acts"), to: "acts.so")
        return site
    }

    private static func configuration(
        _ entry: String = "",
        breaker: String = "{failures: 3, open_for: 3600}",
        fail: String = "boom"
    ) -> String {
        """
        plugin_settings: {breaker: \(breaker)}
        plugins: [{name: p, path: acts.so, config: {fail: '\(fail)'}\(entry)}]
        """
    }

    private static func codes(_ runtime: PluginRuntime, _ count: Int) async throws -> [String] {
        var codes: [String] = []
        for _ in 0..<count { codes.append(try await runtime.invoke().error?.code.description ?? "-") }
        return codes
    }

    private static let failed = "PLUGIN_ERROR"
    private static let unavailable = "PLUGIN_UNAVAILABLE"

    @Test("is switched off, and its status says why and for how long; the plugin's own words are not for everybody")
    func opens() async throws {
        let site = try Self.site()
        try await site.run(Self.configuration()) { runtime in
            #expect(
                try await Self.codes(runtime, 5) == Array(repeating: Self.failed, count: 3)
                    + Array(repeating: Self.unavailable, count: 2)
            )
            let plugin = try #require(runtime.plugins.first)
            let breaker = try #require(plugin.breaker)
            #expect(breaker.state == "open")
            #expect([breaker.failures, breaker.opens, breaker.refused] == [3, 1, 2])
            #expect((3_500...3_600).contains(breaker.retryInSeconds ?? 0))
            #expect(breaker.lastError == "PLUGIN_ERROR: boom")
            #expect([plugin.counters.calls, plugin.counters.errors] == [3, 3])
            let reason = try #require(plugin.reason)
            #expect(reason.hasPrefix("its breaker is open: the plugin is switched off for another 3"))
            #expect(reason.hasSuffix(" s after 3 failures in a row, last: PLUGIN_ERROR"))
            #expect(plugin.state == .active)
            let complaints = site.log.complaints.filter { $0.contains("breaker") }
            #expect(
                complaints == [
                    "error plugin switched off for a while by its breaker cause=3 failures in a row hook=tool_pre_invoke "
                        + "plugin=p reason=PLUGIN_ERROR: boom seconds=3600"
                ]
            )
        }
    }

    @Test("stays switched off over a reload that leaves it as it is, and over a change of its mode")
    func unchanged() async throws {
        let site = try Self.site()
        try await site.run(Self.configuration()) { runtime in
            _ = try await Self.codes(runtime, 3)
            try site.configure(Self.configuration(", priority: 7"))
            #expect(await runtime.reloadRefusal() == [])
            #expect(try await Self.codes(runtime, 1) == [Self.unavailable])
            try await runtime.setMode("permissive", of: "p")
            #expect(try await Self.codes(runtime, 1) == ["-"])
            #expect(runtime.plugins.first?.breaker?.state == "open")
            try await runtime.setMode(nil, of: "p")
            try site.configure(Self.configuration(", breaker: off"))
            #expect(await runtime.reloadRefusal() == [])
            #expect(try await Self.codes(runtime, 5) == Array(repeating: Self.failed, count: 5))
            #expect(runtime.plugins.first?.breaker?.state == "off")
        }
    }

    @Test("starts anew with another configuration")
    func changed() async throws {
        let site = try Self.site()
        try await site.run(Self.configuration()) { runtime in
            _ = try await Self.codes(runtime, 3)
            try site.configure(Self.configuration(fail: "other"))
            #expect(await runtime.reloadRefusal() == [])
            #expect(try await Self.codes(runtime, 1) == [Self.failed])
            #expect(runtime.plugins.first?.breaker?.failures == 1)
        }
    }

    @Test("fails closed in every mode if it is required", arguments: ["enforce", "enforce_ignore_error", "permissive"])
    func required(mode: String) async throws {
        let site = try Self.site()
        try await site.run(Self.configuration(", required: true, mode: \(mode)")) { runtime in
            let codes = try await Self.codes(runtime, 4)
            #expect(codes == Array(repeating: mode == "enforce" ? Self.failed : "-", count: 3) + [Self.unavailable])
        }
    }

    @Test("is called twenty times before that, if nothing else is configured")
    func standard() async throws {
        let site = try Self.site()
        try await site.run("plugins: [{name: p, path: acts.so, config: {fail: boom}}]") { runtime in
            let codes = try await Self.codes(runtime, 21)
            #expect(codes == Array(repeating: Self.failed, count: 20) + [Self.unavailable])
        }
    }
}
