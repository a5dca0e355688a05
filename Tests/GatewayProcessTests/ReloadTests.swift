import GatewayTesting
import Glibc
import IsolationTesting
import PluginPayloads
import TestSupport
import Testing

@Suite("A running gateway", .inBothIsolations)
struct ReloadTests {
    private static let broken = "plugins:\n  - name: p\n    path: drop/p.so\n    mode: enforse\n"
    private static let mistake = """
        $SITE/config.yaml:4:11: error: plugins[0].mode: expected enforce, enforce_ignore_error, permissive, audit, \
        concurrent, fire_and_forget, disabled, sequential or transform, found "enforse"
        """

    @Test("takes the mode of a plugin from an edited configuration")
    func modes() async throws {
        let path = try FixturePlugin.path("prompt_guard")
        func configuration(_ mode: String) -> String { "plugins: [{name: Guard, path: \"\(path)\", mode: \(mode)}]\n" }
        let site = try GatewaySite(configuration("enforce"))
        let gateway = try await GatewayProcess.serving(site)
        let client = try await gateway.client
        try await client.makePrompt(template: "Hi")
        func answers() async throws -> [Int] {
            var statuses: [Int] = []
            for act in ["deny", "fail"] {
                statuses.append(try await client("POST /prompts/p", ["act": .string(act)]).status)
            }
            return statuses
        }
        #expect(try await answers() == [422, 500])
        for (mode, statuses) in [
            ("permissive", [200, 200]), ("enforce_ignore_error", [422, 200]), ("disabled", [200, 200]),
            ("enforce", [422, 500]),
        ] {
            try site.configure(configuration(mode))
            // An edit alone changes nothing.
            #expect(try await client("GET /plugins").json[0]?["mode"]?.string != mode)
            #expect(try await gateway.reload()["ok"] == true)
            #expect(try await answers() == statuses, "\(mode)")
            let plugin = try await client("GET /plugins/Guard").json
            #expect(plugin["mode"]?.string == mode)
            #expect(plugin["status"]?.string == (mode == "disabled" ? "disabled" : "active"))
        }
        #expect(try await gateway.stop() == 0)
    }

    @Test("serves on when its configuration was broken by hand, says where, and takes the mended one")
    func brokenConfiguration() async throws {
        let site = try GatewaySite(Configurations.listed())
        try site.drop("p", mark: "1")
        let gateway = try await GatewayProcess.serving(site)
        let client = try await gateway.client
        try await client.makePrompt()
        try site.configure(Self.broken)
        #expect(
            try await HookgateCommand.run("reload", "--data-dir", "$SITE/data", on: site)
                == ChildProcess.Result(
                    status: 3,
                    output: "reload 1 was rejected; nothing has changed\n" + Self.mistake + "\n"
                )
        )
        let ready = try await client("GET /ready")
        #expect(ready.status == 200)
        #expect(try ready.json["generation"] == 1)
        #expect(try ready.json["last_reload"]?["ok"] == false)
        #expect(try ready.json["last_reload"]?.errors(on: site) == [Self.mistake])
        #expect(
            gateway.complaints == ["reload rejected; the plugins of before run on | " + Self.mistake]
        )
        #expect(try await client.marks() == "[1]")
        #expect(try await client.plugins(on: site) == ["p: active"])
        try Files.remove(site.configuration)
        let missing = try await HookgateCommand.run("reload", "--data-dir", "$SITE/data", on: site)
        #expect(missing.status == 3)
        #expect(
            missing.lines.prefix(2) == [
                "reload 2 was rejected; nothing has changed",
                "$SITE/config.yaml: error: cannot read the file: No such file or directory",
            ]
        )
        #expect(try await client.marks() == "[1]")
        try site.configure(Configurations.listed(", mode: disabled"))
        #expect(
            try await HookgateCommand.run("reload", "--data-dir", "$SITE/data", on: site)
                == ChildProcess.Result(status: 0, output: "reloaded (reload 3)\n")
        )
        #expect(try await client.marks() == "[]")
        #expect(try await client.plugins(on: site) == ["p: disabled"])
        #expect(try await gateway.stop() == 0)
    }

    @Test("stays ready when a reload is rejected because of a new plugin that is required")
    func rejectedRequired() async throws {
        let site = try GatewaySite("plugins: []")
        let gateway = try await GatewayProcess.serving(site)
        let client = try await gateway.client
        try await client.makePrompt()
        try site.configure("plugins: [{name: gone, path: gone.so, required: true}]")
        #expect(try await gateway.reload()["ok"] == false)
        let reason = "$SITE/gone.so: there is no such file; correct the path, or put the file there"
        #expect(try await client.plugins(on: site) == ["gone: failed: \(reason)"])
        #expect(try await client.marks() == "[]")
        #expect(try await client("GET /ready").status == 200)
        #expect(try await gateway.stop() == 0)
    }

    @Test("is not mistaken for one of an earlier gateway, whose record is still there")
    func staleRecord() async throws {
        let site = try GatewaySite(Configurations.drops)
        let gateway = try await GatewayProcess.serving(site)
        let stale =
            #"{"pid":1,"received":5,"last_reload":{"sequence":9,"covers":99,"ok":false,"at":"","errors":[]}}"#
        try site.directory.write(stale, to: "data/reload.json")
        #expect(
            try await HookgateCommand.run("reload", "--data-dir", "$SITE/data", "--timeout", "20", on: site)
                == ChildProcess.Result(status: 0, output: "reloaded (reload 1)\n")
        )
        #expect(try await gateway.stop() == 0)
    }

    @Test("collapses a burst of signals, and the last state of the files wins")
    func burst() async throws {
        let site = try GatewaySite(Configurations.drops)
        try site.drop("p", mark: "0")
        let gateway = try await GatewayProcess.serving(site)
        let client = try await gateway.client
        try await client.makePrompt()
        for number in 1...50 {
            try site.drop("p", mark: "\(number)")
            gateway.signal(SIGHUP)
        }
        // It waits for a reload that began after it did.
        #expect(try await HookgateCommand.run("reload", "--data-dir", "$SITE/data", on: site).status == 0)
        #expect(try await client.marks() == "[50]")
        #expect(try await gateway.stop() == 0)
        // In the end nothing is owed.
        let record = try gateway.reloadRecord
        let last = try #require(record["last_reload"])
        let received = try #require(record["received"]?.int)
        let sequence = try #require(last["sequence"]?.int)
        #expect(last["covers"]?.int == received)
        #expect(last["ok"] == true)
        #expect((1...51).contains(received))
        #expect((1..<51).contains(sequence))
        let reloads = gateway.log.entries.filter { $0["sequence"] != nil }
        #expect(reloads.map { $0["message"] } == Array(repeating: "reloaded", count: sequence), "\(reloads)")
    }
}

@Suite("hookgate reload")
struct ReloadCommandTests {
    @Test("finds the gateway by its data directory, or by its process", .inBothIsolations)
    func findsGateway() async throws {
        let site = try GatewaySite(Configurations.drops)
        let gateway = try await GatewayProcess.serving(site)
        #expect(
            try await HookgateCommand.run("reload", "--data-dir", "$SITE/data", on: site)
                == ChildProcess.Result(status: 0, output: "reloaded (reload 1)\n")
        )
        #expect(
            try await HookgateCommand.run("reload", "--pid", "\(gateway.pid)", on: site)
                == ChildProcess.Result(status: 0, output: "reloaded (reload 2)\n")
        )
        try site.directory.write("no library", to: "drop/bad.so")
        let reason = "not a shared library but text (no library); name the .so file that the linker wrote"
        #expect(
            try await HookgateCommand.run("reload", "--pid", "\(gateway.pid)", on: site)
                == ChildProcess.Result(
                    status: 0,
                    output: "reloaded (reload 3)\n$SITE/drop/bad.so: error: \(reason)\n"
                )
        )
        let json = try await HookgateCommand.run("reload", "--pid", "\(gateway.pid)", "--format", "json", on: site)
        #expect(json.status == 0)
        #expect(
            try JSONValue(json: json.output).stable.description
                == #"{"sequence":4,"covers":4,"ok":true,"at":"TIME","errors":["$SITE/drop/bad.so: error: \#(reason)"]}"#
        )
        #expect(try await gateway.stop() == 0)
    }

    @Test("waits for a time that makes sense", arguments: ["-1", "nan", "inf", "1e30"])
    func timeout(seconds: String) async throws {
        let site = try GatewaySite()
        let result = try await HookgateCommand.run(
            "reload",
            "--data-dir",
            "$SITE/data",
            "--timeout=\(seconds)",
            on: site
        )
        #expect(result.status == 64)
        #expect(result.errors.hasPrefix("Error: --timeout: expected 0 to 86400 seconds, found "))
    }

    @Test("says that there is no gateway")
    func noGateway() async throws {
        let site = try GatewaySite()
        func text(_ directory: String) -> String {
            "error: no gateway runs on $SITE/\(directory); name its data directory with --data-dir, or its process with "
                + "--pid\n"
        }
        #expect(
            try await HookgateCommand.run("reload", "--data-dir", "$SITE/none", on: site)
                == ChildProcess.Result(status: 1, errors: text("none"))
        )
        // It looks, and makes nothing.
        #expect(!(try Files.names(in: site.directory.path).contains("none")))
        let gateway = try await GatewayProcess.serving(site, [])
        #expect(try await gateway.stop() == 0)
        #expect(
            try await HookgateCommand.run("reload", "--data-dir", "$SITE/data", on: site)
                == ChildProcess.Result(status: 1, errors: text("data"))
        )
        #expect(
            try await HookgateCommand.run("reload", "--pid", "\(getpid())", on: site)
                == ChildProcess.Result(
                    status: 1,
                    errors: "error: process \(getpid()) is no gateway, or belongs to another user\n"
                )
        )
    }
}
