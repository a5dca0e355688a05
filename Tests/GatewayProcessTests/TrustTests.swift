import GatewayTesting
import Glibc
import IsolationTesting
import PluginPayloads
import TestSupport
import Testing

@Suite("A file that is not trusted, in a running gateway", .inBothIsolations)
struct TrustTests {
    @Test("is refused at a reload with its reason, and the gateway serves on")
    func drop() async throws {
        let site = try GatewaySite(Configurations.drops)
        try site.drop("good", mark: "1")
        let gateway = try await GatewayProcess.serving(site)
        let client = try await gateway.client
        try await client.makePrompt()
        try site.drop("new", mark: "2")
        #expect(unsafe chmod(site.directory("drop/new.so"), 0o666) == 0)
        let reason =
            "it may be written by its group and everybody (mode 0666): chmod go-w $SITE/drop/new.so, or set "
            + "trust.check_owner: false"
        let last = try await gateway.reload()
        #expect(last["ok"] == true)
        #expect(last.errors(on: site) == ["$SITE/drop/new.so: error: \(reason)"])
        #expect(try await client.plugins(on: site) == ["good: active", "new: failed: \(reason)"])
        #expect(gateway.complaints == ["$SITE/drop/new.so: error: \(reason)"])
        #expect(try await client.marks() == "[1]")
        // One that runs, and is not trusted any more, runs on.
        #expect(unsafe chmod(site.directory("drop/new.so"), 0o644) == 0)
        #expect(unsafe chmod(site.directory("drop"), 0o777) == 0)
        #expect(try await gateway.reload()["ok"] == false)
        #expect(try await client.marks() == "[1]")
        #expect(unsafe chmod(site.directory("drop"), 0o755) == 0)
        #expect(try await gateway.reload()["ok"] == true)
        #expect(try await client.marks() == "[12]")
        #expect(try await gateway.stop() == 0)
    }
}

@Suite("A plugin that fails again and again, in a running gateway", .inBothIsolations)
struct BreakerTests {
    @Test("is answered with 503 at once; /plugins says why, and /admin/plugins for how long")
    func opens() async throws {
        let path = try FixturePlugin.path("prompt_guard")
        let site = try GatewaySite(
            """
            plugin_settings: {breaker: {failures: 3, open_for: 3600}}
            plugins: [{name: Guard, path: "\(path)"}]
            """
        )
        let gateway = try await GatewayProcess.serving(site)
        let client = try await gateway.client
        try await client.makePrompt()
        var statuses: [Int] = []
        for _ in 0..<5 { statuses.append(try await client("POST /prompts/p", ["act": "fail"]).status) }
        let refused = try await client("POST /prompts/p", ["act": "nothing"])
        #expect(statuses == [500, 500, 500, 503, 503])
        #expect(refused.status == 503)
        #expect(!refused.text.contains("disk"))
        let reason = try await client.plugins(on: site).first ?? ""
        #expect(reason.hasPrefix("Guard: active: its breaker is open: the plugin is switched off for another "))
        #expect(reason.hasSuffix(" s after 3 failures in a row, last: PLUGIN_ERROR"))
        let breaker = try #require(try await client("GET /admin/plugins/Guard").json["breaker"])
        #expect(breaker["state"] == "open")
        #expect(breaker["refused"] == 3)
        #expect(breaker["last_error"] == "PLUGIN_ERROR: the disk is full")
        let failed = "plugin failed | Guard | PLUGIN_ERROR: the disk is full"
        let opened = "plugin switched off for a while by its breaker | Guard | PLUGIN_ERROR: the disk is full"
        let complaints = gateway.complaints
        #expect(complaints.count { $0 == opened } == 1)
        #expect(complaints.count { $0 == failed } == 3)
        #expect(complaints.count == 7)
        #expect(try await gateway.stop() == 0)
    }
}
