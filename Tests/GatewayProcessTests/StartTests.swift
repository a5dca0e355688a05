import GatewayTesting
import Glibc
import IsolationTesting
import PluginPayloads
import TestSupport
import Testing

@Suite("A gateway that is started")
struct StartTests {
    private static func mode(_ path: String) -> mode_t {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    /// The processes that map plugins: the gateway and its workers.
    private static func hosts(_ gateway: GatewayProcess) throws -> [pid_t] {
        try ([gateway.pid] + ProcessFiles.children(of: gateway.pid).keys).filter { process in
            try !ProcessFiles.mappedFiles(of: process, below: gateway.site.data + "/store/").isEmpty
        }
    }

    /// What a gateway that does not start prints and ends with.
    private static func refusal(
        _ site: GatewaySite,
        _ arguments: [String],
        environment: [String: String] = [:]
    ) async throws -> ChildProcess.Result {
        let gateway = try GatewayProcess(site, arguments, environment: environment)
        let status = try await gateway.end
        return ChildProcess.Result(status: status, errors: site.shortened(gateway.log.text))
    }

    @Test("makes its data directory, for its owner alone, and serves without a configuration")
    func makesDirectory() async throws {
        let site = try GatewaySite()
        let gateway = try await GatewayProcess.serving(site, [])
        let client = try await gateway.client
        #expect(try await client("GET /health").line == #"200 {"status":"ok"}"#)
        #expect(
            try await client("GET /ready").line
                == #"200 {"ready":true,"generation":1,"degraded":[],"last_reload":null}"#
        )
        #expect(try await client("GET /version").json["name"] == "hookgate")
        #expect(try await client("GET /plugins").line == "200 []")
        #expect(try Files.readText(site.data + "/hookgate.pid") == "\(gateway.pid)\n")
        #expect(Self.mode(site.data) == 0o700)
        #expect(
            Set(try Files.names(in: site.data)).isSuperset(of: [
                "hookgate.pid", "hookgate.sqlite", "reload.json", "store",
            ])
        )
        #expect(try await gateway.stop() == 0)
        #expect(gateway.log.entries.last?["message"] == "stopped")
    }

    @Test("has the prompts that were made before it was stopped")
    func keepsPrompts() async throws {
        let site = try GatewaySite("plugins: []")
        let first = try await GatewayProcess.serving(site)
        let client = try await first.client
        _ = try await client("POST /prompts", ["name": "déjà vu", "template": "Hi", "arguments": [["name": "a"]]])
        _ = try await client("POST /prompts", ["name": "gone", "template": ""])
        _ = try await client("PUT /prompts/d%C3%A9j%C3%A0%20vu", ["description": "d"])
        _ = try await client("DELETE /prompts/gone")
        let stored = try await client("GET /prompts").text
        #expect(try await first.stop() == 0)
        let second = try await GatewayProcess.serving(site)
        #expect(try await second.client("GET /prompts").text == stored)
        #expect(try await second.client("GET /prompts/d%C3%A9j%C3%A0%20vu").rendered == "Hi")
        #expect(try await second.stop() == 0)
    }

    @Test("is refused on the data directory of another one, which serves on")
    func refusedOnSameDirectory() async throws {
        let site = try GatewaySite("plugins: []")
        let first = try await GatewayProcess.serving(site)
        let text =
            "error: the data directory $SITE/data is in use by process \(first.pid); stop it, or name another with "
            + "--data-dir\n"
        #expect(
            try await Self.refusal(site, ["--config", "$SITE/config.yaml"])
                == ChildProcess.Result(status: 1, errors: text)
        )
        #expect(try await first.client("GET /health").status == 200)
        #expect(try await first.stop() == 0)
        let third = try await GatewayProcess.serving(site)
        #expect(try await third.stop() == 0)
    }

    @Test("says that its configuration file is missing, however it was named", arguments: [true, false])
    func missingConfiguration(byFlag: Bool) async throws {
        let site = try GatewaySite()
        let refused = try await Self.refusal(
            site,
            byFlag ? ["--config", "$SITE/config.yaml"] : [],
            environment: byFlag ? [:] : ["PLUGINS_CONFIG_FILE": site.configuration]
        )
        #expect(
            refused
                == ChildProcess.Result(
                    status: 3,
                    errors: "$SITE/config.yaml: error: cannot read the file: No such file or directory\nhint: a path "
                        + "that does not begin with '/' counts from the working directory\n"
                )
        )
    }

    @Test(
        "takes the configuration file of the flag, else of the variable, else of .env in the working directory",
        arguments: [
            ([], [:], "plugins.yaml"), ([], ["PLUGIN_CONFIG_FILE": "variable.yaml"], "plugins.yaml"),
            ([], ["PLUGINS_CONFIG_FILE": "variable.yaml"], "variable.yaml"),
            (["--config", "flag.yaml"], ["PLUGINS_CONFIG_FILE": "variable.yaml"], "flag.yaml"),
        ] as [([String], [String: String], String)]
    )
    func environmentFile(arguments: [String], environment: [String: String], file: String) async throws {
        let site = try GatewaySite()
        try site.directory.write("# Ours\nexport PLUGINS_CONFIG_FILE='plugins.yaml'\n", to: ".env")
        let refused = try await Self.refusal(site, arguments, environment: environment)
        #expect(refused.status == 3)
        #expect(refused.errors.hasPrefix("\(file): error: cannot read the file: No such file or directory\n"))
    }

    @Test("says where its configuration is broken, with all that is wrong")
    func brokenConfiguration() async throws {
        let site = try GatewaySite("plugins:\n  - {name: p, kind: k, mode: enforse}\nserver: {max_connections: 0}\n")
        let errors = """
            $SITE/config.yaml:2:30: error: plugins[0].mode: expected enforce, enforce_ignore_error, permissive, audit, \
            concurrent, fire_and_forget, disabled, sequential or transform, found "enforse"
              - {name: p, kind: k, mode: enforse}
                                         ^
            hint: did you mean "enforce"?
            $SITE/config.yaml:3:27: error: server.max_connections: must be from 1 to 1000000, found 0
            server: {max_connections: 0}
                                      ^

            """
        let refusal = try await Self.refusal(site, ["--config", "$SITE/config.yaml"])
        #expect(
            refusal
                == ChildProcess.Result(status: 3, errors: errors)
        )
    }

    @Test("says that its port is taken")
    func portInUse() async throws {
        let site = try GatewaySite("plugins: []")
        let first = try await GatewayProcess.serving(site)
        let other = try GatewaySite("plugins: []")
        let port = try await first.port
        let refused = try await Self.refusal(other, ["--config", "$SITE/config.yaml", "--port", "\(port)"])
        #expect(
            refused
                == ChildProcess.Result(
                    status: 1,
                    errors:
                        "error: cannot listen on 127.0.0.1:\(port): Address already in use; stop what listens there, "
                        + "or name another port with --port\n"
                )
        )
        #expect(try await first.stop() == 0)
    }

    @Test("says that it cannot listen at an address of somebody else, and ends, also when many do so at once")
    func foreignAddress() async throws {
        let text =
            "error: cannot listen on 203.0.113.7:0: Cannot assign requested address; name an address of this machine "
            + "with --host\n"
        try await withThrowingTaskGroup(of: ChildProcess.Result.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    try await Self.refusal(try GatewaySite(), ["--host", "203.0.113.7", "--insecure-no-auth"])
                }
            }
            for try await refused in group {
                #expect(refused == ChildProcess.Result(status: 1, errors: text))
            }
        }
    }

    @Test("names a database that it cannot open")
    func brokenDatabase() async throws {
        let site = try GatewaySite()
        try site.directory.makeDirectory("data")
        try site.directory.write(String(repeating: "no database\n", count: 100), to: "data/hookgate.sqlite")
        let refused = try await Self.refusal(site, [])
        #expect(refused.status == 1)
        #expect(refused.errors.hasPrefix("error: cannot open the database $SITE/data/hookgate.sqlite: "))
        #expect(refused.errors.contains("file is not a database"))
        #expect(
            refused.errors.hasSuffix(
                "; restore it, move it away to begin without prompts and users, or name another folder with "
                    + "--data-dir\n"
            )
        )
    }

    @Test(
        "refuses variables that make no sense",
        arguments: [
            (
                ["LOG_LEVEL": "loud"],
                "LOG_LEVEL=loud: expected one of trace, debug, info, notice, warning, error, critical"
            ),
            (["PLUGINS_ENABLED": "maybe"], "PLUGINS_ENABLED=maybe: expected true or false"),
        ]
    )
    func badVariables(environment: [String: String], text: String) async throws {
        #expect(
            try await Self.refusal(try GatewaySite(), [], environment: environment)
                == ChildProcess.Result(status: 2, errors: "error: \(text)\n")
        )
    }

    @Test(
        "refuses variables that do not fit their setting, as it refuses the file",
        arguments: [
            (["HOST": " "], "environment HOST: error: server.host: must not be empty"),
            (
                ["PLUGINS_EXECUTION_POOL": "0"],
                "environment PLUGINS_EXECUTION_POOL: error: plugin_settings.execution_pool: must be from 1 to 512, found 0"
            ),
        ]
    )
    func badSettings(environment: [String: String], text: String) async throws {
        #expect(
            try await Self.refusal(try GatewaySite(), [], environment: environment)
                == ChildProcess.Result(status: 3, errors: text + "\n")
        )
    }

    @Test("leaves out a plugin that cannot be loaded, says so, and is ready all the same", .inBothIsolations)
    func leavesOut() async throws {
        let site = try GatewaySite("plugins: [{name: gone, path: gone.so}]")
        let gateway = try await GatewayProcess.serving(site)
        let client = try await gateway.client
        let reason = "$SITE/gone.so: there is no such file; correct the path, or put the file there"
        #expect(try await client.plugins(on: site) == ["gone: failed: \(reason)"])
        #expect(
            try await client("GET /ready").line
                == #"200 {"ready":true,"generation":1,"degraded":["gone"],"last_reload":null}"#
        )
        #expect(
            gateway.complaints == [
                "$SITE/config.yaml:1:30: error: plugins[0].path: \(reason)", "plugin is left out | gone | \(reason)",
            ]
        )
        #expect(try await gateway.stop() == 0)
    }

    @Test("does not start without a plugin if that is configured", .inBothIsolations)
    func failsOnPluginError() async throws {
        let site = try GatewaySite(
            "plugin_settings: {fail_on_plugin_error: true}\nplugins:\n  - {name: gone, path: gone.so}\n"
        )
        let refused = try await Self.refusal(site, ["--config", "$SITE/config.yaml"])
        let errors = """
            $SITE/config.yaml:3:24: error: plugins[0].path: $SITE/gone.so: there is no such file; correct the path, or put \
            the file there
              - {name: gone, path: gone.so}
                                   ^

            """
        #expect(refused == ChildProcess.Result(status: 3, errors: errors))
    }

    @Test("lets no prompt pass without a plugin that is required, and is not ready", .inBothIsolations)
    func required() async throws {
        let site = try GatewaySite("plugins: [{name: gone, path: gone.so, hooks: [prompt_pre_fetch], required: true}]")
        let gateway = try await GatewayProcess.serving(site)
        let client = try await gateway.client
        try await client.makePrompt()
        #expect(
            try await client("GET /prompts/p").line
                == #"503 {"message":"prompt_pre_fetch failed: plugin gone: PLUGIN_UNAVAILABLE","#
                + #""details":{"code":"PLUGIN_UNAVAILABLE","plugin_name":"gone"}}"#
        )
        #expect(
            try await client("GET /ready").line
                == #"503 {"ready":false,"generation":1,"degraded":["gone"],"last_reload":null}"#
        )
        #expect(try await gateway.stop() == 0)
    }

    @Test("answers nothing but its status without a plugin that is required for all hooks", .inBothIsolations)
    func requiredEverywhere() async throws {
        let gateway = try await GatewayProcess.serving(
            try GatewaySite("plugins: [{name: gone, path: gone.so, required: true}]")
        )
        let client = try await gateway.client
        #expect(
            try await client("GET /prompts").line
                == #"503 {"message":"http_pre_request failed: plugin gone: PLUGIN_UNAVAILABLE","#
                + #""details":{"code":"PLUGIN_UNAVAILABLE","plugin_name":"gone"}}"#
        )
        #expect(try await client("GET /health").line == #"200 {"status":"ok"}"#)
        #expect(try await client("GET /v1/version").status == 200)
        #expect(
            try await client("GET /ready").line
                == #"503 {"ready":false,"generation":1,"degraded":["gone"],"last_reload":null}"#
        )
        #expect(try await gateway.stop() == 0)
    }

    @Test("opens no plugin when plugins are switched off, and shows all entries as disabled", .inBothIsolations)
    func switchedOff() async throws {
        let path = try FixturePlugin.path("constructor_writes")
        let site = try GatewaySite(
            """
            plugin_settings: {load_unlisted: true, unlisted_isolation: $ISOLATION}
            drop_dirs: [drop]
            plugins:
              - {name: a, path: "\(path)", required: true, sandbox: \(TestedIsolation.openSandbox)}
              - {name: b, kind: unheard_of, mode: permissive}
            """
        )
        try site.directory.copy(path, to: "drop/constructor_writes.so")
        var environment = ["HOOKGATE_TEST_CONSTRUCTED": site.directory("constructed"), "PLUGINS_ENABLED": "false"]
        let off = try await GatewayProcess.serving(site, environment: environment)
        let client = try await off.client
        try await client.makePrompt()
        #expect(try await client.plugins(on: site) == ["a", "b"].map { "\($0): disabled: plugins are switched off" })
        #expect(try await client("GET /prompts/p").rendered == "[]")
        #expect(
            try await client("GET /ready").line
                == #"200 {"ready":true,"generation":1,"degraded":[],"last_reload":null}"#
        )
        #expect(try await off.reload()["ok"] == true)
        #expect(try Self.hosts(off) == [])
        #expect(try Files.names(in: site.data + "/store").filter { $0.hasSuffix(".so") } == [])
        #expect(!(try Files.names(in: site.directory.path).contains("constructed")))
        #expect(try await off.stop() == 0)
        // The same is visible when plugins run: the checks above can fail.
        environment["PLUGINS_ENABLED"] = "true"
        let on = try await GatewayProcess.serving(site, environment: environment)
        #expect(try Self.hosts(on).contains(on.pid) == (site.isolation == .inProcess))
        #expect(try !Self.hosts(on).isEmpty)
        // A worker does not have the variable.
        let hasWritten = try Files.names(in: site.directory.path).contains("constructed")
        #expect(hasWritten == (site.isolation == .inProcess))
        #expect(try await on.stop() == 0)
    }
}
