import GatewayTesting
import Glibc
import PluginPayloads
import TestSupport
import Testing

@Suite("A gateway that one of its plugins crashes")
struct CrashTests {
    /// A site with the plugin `boom`, which does what the argument `act` of a prompt says.
    private struct Place {
        let site: GatewaySite
        let control: SharedControl

        init(_ settings: String = "", entry: String = "") throws {
            control = try SharedControl()
            site = try GatewaySite(
                """
                plugin_settings: {plugin_timeout: 20\(settings)}
                plugins:
                  - {name: boom, path: drop/crashes.so, config: {control: "\(control.path)"}\(entry)}
                """
            )
            try site.directory.copy(FixturePlugin.path("crashes"), to: "drop/crashes.so")
        }

        func start() async throws -> GatewayProcess { try await GatewayProcess.serving(site) }

        /// Has the plugin do something that the gateway does not survive.
        ///
        /// - Returns: The exit status.
        func crash(_ act: String, request: String = "r-1") async throws -> Int32 {
            let gateway = try await start()
            let client = try await gateway.client
            try? await client.makePrompt()
            _ = try? await client("POST /prompts/p", ["act": .string(act)], headers: ["X-Request-Id": request])
            return try await gateway.end
        }

        var digest: String {
            get throws { try Files.names(in: site.data + "/store").first.map { String($0.dropLast(3)) } ?? "" }
        }
    }

    /// The lines about the end before, each with the values of some keys.
    private static func blame(_ gateway: GatewayProcess) -> [[String]] {
        gateway.log.entries.filter { $0["message"]?.string?.contains("gateway before this one") ?? false }
            .map { entry in
                ["plugin", "hook", "request_id", "crashes"].compactMap { entry[$0]?.string }
                    + [entry["signal"]?.string.map { String($0.prefix { $0 != " " }) } ?? "no signal"]
            }
    }

    /// What a plugin does, the status that the gateway ends with, and the signal that the next one names.
    private static let ends: [(act: String, status: Int32, signal: String)] = [
        ("segfault", 139, "SIGSEGV"), ("abort", 134, "SIGABRT"), ("trap", 132, "SIGILL"),
        ("overflow", 139, "SIGSEGV"), ("exit", 0, "no signal"),
    ]

    @Test(
        "names it at the next start, quarantines it after the second crash, and runs it again when told",
        arguments: ends
    )
    func quarantines(act: String, status: Int32, signal: String) async throws {
        let place = try Place()
        #expect(try await place.crash(act, request: "r-1") == status)
        let second = try await place.start()
        #expect(Self.blame(second) == [["boom", "prompt_pre_fetch", "r-1", "1 of 2 within 600 s", signal]])
        let digest = try place.digest
        let accused = try #require(second.log.entries.first { $0["sha256"] != nil })
        #expect(accused["sha256"]?.string == digest)
        let once = try await second.client("GET /plugins/boom").json
        #expect(once["status"] == "active")
        let deed = signal == "no signal" ? "ran when the gateway ended without a word" : "crashed the gateway at "
        #expect(once["reason"]?.string?.hasPrefix(deed) == true)
        #expect(once["reason"]?.string?.hasSuffix("; 1 of 2 crashes within 600 s that quarantine it") == true)
        #expect(try await second.client("GET /admin/plugins/boom").json["reason"] == once["reason"])
        #expect(try await second.stop() == 0)

        #expect(try await place.crash(act, request: "r-2") == status)
        let third = try await place.start()
        let client = try await third.client
        #expect(Self.blame(third) == [["boom", "prompt_pre_fetch", "r-2", "2 of 2 within 600 s", signal]])
        let twice = try await client("GET /plugins/boom").json
        #expect(twice["isolation"] == "process")
        #expect(twice["sha256"]?.string == digest)
        #expect(twice["reason"]?.string?.hasPrefix("quarantined since ") == true)
        #expect(twice["reason"]?.string?.contains("hookgate plugin quarantine clear boom") == true)
        #expect(twice["reason"]?.string?.hasSuffix("; until then it runs in a process of its own") == true)
        // It works, and what ended the gateway twice ends its own process now.
        #expect(try await client("POST /prompts/p", [:]).status == 200)
        #expect(try await client("POST /prompts/p", ["act": .string(act)]).status >= 500)
        #expect(try await client("GET /health").status == 200)
        #expect(try await third.reload()["ok"] == true)
        #expect(try await client("GET /plugins/boom").json["isolation"] == "process")

        let cleared = try await HookgateCommand.run(
            "plugin",
            "quarantine",
            "clear",
            "boom",
            "--data-dir",
            place.site.data,
            on: place.site
        )
        #expect(
            cleared
                == ChildProcess.Result(
                    status: 0,
                    output:
                        "cleared boom (\(digest))\nthe gateway (process \(third.pid)) takes it into account at the next "
                        + "reload: hookgate reload\n"
                )
        )
        #expect(try await third.reload()["ok"] == true)
        let free = try await client("GET /plugins/boom").json
        #expect(free["isolation"] == "in_process")
        #expect(free["reason"] == .null)
        #expect(try await third.stop() == 0)
    }

    @Test("names a plugin whose own thread crashed, by its code")
    func ownThread() async throws {
        let place = try Place()
        #expect(try await place.crash("thread") == 139)
        let gateway = try await place.start()
        #expect(Self.blame(gateway) == [["boom", "1 of 2 within 600 s", "SIGSEGV"]])
        let reason = try await gateway.client("GET /plugins/boom").json["reason"]?.string
        #expect(reason?.contains(" in a thread of its own by SIGSEGV ") == true)
        #expect(try await gateway.stop() == 0)
    }

    @Test("is not blamed by a plugin for a kill while no hook ran")
    func killedIdle() async throws {
        let place = try Place()
        let first = try await place.start()
        try await first.client.makePrompt()
        #expect(try await first.client("POST /prompts/p", [:]).status == 200)
        try await first.kill()
        let second = try await place.start()
        #expect(Self.blame(second) == [["no signal"]])
        #expect(try await second.client("GET /plugins/boom").json["reason"] == .null)
        #expect(try await second.stop() == 0)
        #expect(!(try Files.names(in: place.site.data)).contains("quarantine.json"))
    }

    @Test("suspects the plugin in whose hook it was killed")
    func killedInHook() async throws {
        let place = try Place()
        let first = try await place.start()
        let client = try await first.client
        try await client.makePrompt()
        async let answer = client("POST /prompts/p", ["act": "wait"], headers: ["X-Request-Id": "r-9"])
        place.control.watch(process: first.pid)
        try await place.control.wait(for: .entered, atLeast: 1)
        try await first.kill()
        _ = try? await answer
        let second = try await place.start()
        #expect(Self.blame(second) == [["boom", "prompt_pre_fetch", "r-9", "1 of 2 within 600 s", "no signal"]])
        #expect(try await second.stop() == 0)
        // An end in order clears nothing of what was there, and adds nothing.
        let third = try await place.start()
        #expect(Self.blame(third) == [])
        #expect(try await third.stop() == 0)
    }

    @Test("answers a hook that hangs or sleeps at its deadline, and counts no crash", arguments: ["spin", "wait"])
    func hangs(act: String) async throws {
        let place = try Place(entry: ", timeout: 0.2")
        let first = try await place.start()
        let client = try await first.client
        try await client.makePrompt()
        #expect(try await client("POST /prompts/p", ["act": .string(act)]).status == 504)
        #expect(try await first.stop() == 0)
        let second = try await place.start()
        #expect(Self.blame(second) == [])
        #expect(try await second.client("GET /plugins/boom").json["reason"] == .null)
        #expect(try await second.stop() == 0)
    }

    @Test("does not run it at all if that is configured, and runs another build of it")
    func anotherBuild() async throws {
        let place = try Place(", quarantine_after: 1, quarantine_action: disable")
        #expect(try await place.crash("segfault") == 139)
        let gateway = try await place.start()
        let client = try await gateway.client
        #expect(try await client("GET /plugins/boom").json["status"] == "quarantined")
        #expect(try await client("GET /ready").json["degraded"]?.description == #"["boom"]"#)
        // What ended the gateway does nothing now, and keeps no reload from going on.
        #expect(try await client("POST /prompts/p", ["act": "segfault"]).status == 200)
        #expect(try await gateway.reload()["ok"] == true)
        #expect(try await client("GET /plugins/boom").json["status"] == "quarantined")
        // No loader reads what comes after the end of the file.
        let bytes = try FixturePlugin.bytes("crashes") + Array("another build".utf8)
        try place.site.directory.write(bytes, to: "drop/new.so")
        try #require(unsafe rename(place.site.directory("drop/new.so"), place.site.directory("drop/crashes.so")) == 0)
        #expect(try await gateway.reload()["ok"] == true)
        let plugin = try await client("GET /plugins/boom").json
        #expect(plugin["status"] == "active")
        #expect(plugin["reason"] == .null)
        #expect(try await gateway.stop() == 0)
    }

    @Test(
        "does with it what is configured",
        arguments: [
            (", quarantine_after: 0", "active in_process"), (", quarantine_after: 3", "active in_process"),
            (", quarantine_after: 1", "active process"),
            (", quarantine_after: 1, quarantine_action: report", "active in_process"),
            (", quarantine_after: 1, quarantine_action: disable", "quarantined in_process"),
        ]
    )
    func settings(settings: String, state: String) async throws {
        let place = try Place(settings)
        #expect(try await place.crash("abort") == 134)
        let gateway = try await place.start()
        let plugin = try await gateway.client("GET /plugins/boom").json
        #expect("\(plugin["status"]?.string ?? "") \(plugin["isolation"]?.string ?? "")" == state)
        #expect(plugin["reason"]?.string?.contains("crashed the gateway at ") == true)
        #expect(try await gateway.stop() == 0)
    }

    @Test(
        "lets no request pass without it if that must not be",
        arguments: [("", ", required: true"), (", fail_on_plugin_error: true", "")]
    )
    func required(settings: String, entry: String) async throws {
        let place = try Place(", quarantine_after: 1, quarantine_action: disable" + settings, entry: entry)
        #expect(try await place.crash("segfault") == 139)
        let gateway = try await place.start()
        let client = try await gateway.client
        #expect(
            try await client("POST /prompts/p", [:]).line
                == #"503 {"message":"prompt_pre_fetch failed: plugin boom: PLUGIN_UNAVAILABLE","#
                + #""details":{"code":"PLUGIN_UNAVAILABLE","plugin_name":"boom"}}"#
        )
        #expect(try await client("GET /ready").status == (entry.isEmpty ? 200 : 503))
        #expect(try await gateway.stop() == 0)
    }

    @Test("begins anew beside a journal that is damaged, and says so", arguments: ["", "no journal"])
    func damagedJournal(text: String) async throws {
        let place = try Place()
        try place.site.directory.makeDirectory("data")
        try place.site.directory.write(text, to: "data/crash.journal")
        _ = unsafe chmod(place.site.data + "/crash.journal", 0o600)
        let gateway = try await place.start()
        let complaint =
            "the crash journal that lies there is of no use, and is begun anew | it is no crash journal"
        #expect(gateway.complaints == (text.isEmpty ? [] : [complaint]))
        #expect(try await gateway.stop() == 0)
    }

    @Test("serves without a journal if there can be none, and says so")
    func noJournal() async throws {
        let place = try Place()
        try place.site.directory.makeDirectory("data")
        try place.site.directory.write("", to: "data/crash.journal")
        _ = unsafe chmod(place.site.data + "/crash.journal", 0o666)
        let gateway = try await place.start()
        #expect(
            gateway.complaints == [
                "there is no crash journal: a plugin that ends the gateway will not be named | $SITE/data/crash.journal: "
                    + "its mode 666 lets other users write to it; look who did, and run chmod 600 on it"
            ]
        )
        #expect(try await gateway.client("GET /plugins/boom").json["status"] == "active")
        #expect(try await gateway.stop() == 0)
    }
}
