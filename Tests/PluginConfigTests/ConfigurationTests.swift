import PluginConfig
import PluginHooks
import PluginPayloads
import Testing
import YAMLTree

@Suite("Configurations")
struct ConfigurationTests {
    @Test(
        "a file that says nothing configures no plugins",
        arguments: ["", "# nothing\n", "plugins:\n", "plugins: []\n"]
    )
    func empty(text: String) {
        let loaded = load(text)
        #expect(loaded.report == "")
        #expect(loaded.content?.plugins == [])
        #expect(loaded.content?.pluginDirectories == [])
        #expect(loaded.content?.dropDirectories == [])
        #expect(loaded.content?.settings == RuntimeSettings())
    }

    @Test("an entry that says little has the defaults")
    func entryDefaults() throws {
        let plugin = try #require(load("plugins:\n  - name: A\n    kind: regex_filter\n").content?.plugins.first)
        #expect(plugin.name == Located("A", at: SourcePosition(line: 2, column: 11)))
        #expect(plugin.kind == Located("regex_filter", at: SourcePosition(line: 3, column: 11)))
        #expect(plugin.path == nil)
        #expect(plugin.binding == nil)
        #expect(plugin.hooks == [])
        #expect(plugin.tags == [])
        #expect(plugin.mode == .enforce)
        #expect(plugin.priority == 100)
        #expect(plugin.conditions == HookConditions())
        #expect(plugin.config == [:])
        #expect(plugin.timeout == nil)
        #expect(plugin.onError == nil)
        #expect(!plugin.required)
        #expect(plugin.inline == nil)
        #expect(plugin.serial == nil)
        #expect(plugin.isolation == nil)
        #expect(plugin.process == ProcessSettings())
        #expect(plugin.position == SourcePosition(line: 2, column: 5))
    }

    @Test("an entry says everything there is to say")
    func entryWithEverything() throws {
        let loaded = load(
            """
            plugins:
              - name: Guard
                path: /opt/plugins/guard.so
                description: Looks at mail
                author: Someone
                version: 1.10
                namespace: mail
                hooks: [email_pre_send, tool_pre_invoke]
                tags: ["mail", security]
                mode: enforce_ignore_error
                priority: -5
                conditions:
                  - {tools: "db_*", server_ids: [s1, s2], match: glob}
                  - tenant_ids: [t]
                    prompts: [p]
                    resources: ["file://x"]
                    agents: [a]
                    user_patterns: admin
                    content_types: [application/json]
                    match: exact
                timeout: 0.25
                on_error: disable
                required: yes
                inline: Off
                serial: "TRUE"
                isolation: process
                process:
                  workers: 2
                  standby: 0
                  threads: 4
                  priority: idle
                  queue: 100
                  kill_grace: 0.5
                  stop_timeout: 1
                  spin: off
                  idempotent_hooks: [tool_pre_invoke]
                  restart_pause: 0.25
                  restart_pause_limit: 60
                  stable_after: 120
                applied_to: {tools: [x]}
                config: {limit: 10}
            """
        )
        #expect(loaded.report == "")
        let plugin = try #require(loaded.content?.plugins.first)
        #expect(plugin.kind == nil)
        #expect(plugin.path?.value == "/opt/plugins/guard.so")
        #expect(plugin.description == "Looks at mail")
        #expect(plugin.author == "Someone")
        #expect(plugin.version == "1.10")
        #expect(plugin.namespace == "mail")
        #expect(plugin.hooks.map(\.value) == ["email_pre_send", "tool_pre_invoke"])
        #expect(plugin.hooks.map(\.position.description) == ["8:13", "8:29"])
        #expect(plugin.tags == ["mail", "security"])
        #expect(plugin.mode == .enforceIgnoreError)
        #expect(plugin.priority == -5)
        var first = HookConditions.Alternative()
        first.tools = ["db_*"]
        first.serverIDs = ["s1", "s2"]
        first.usesGlobs = true
        var second = HookConditions.Alternative()
        second.tenantIDs = ["t"]
        second.prompts = ["p"]
        second.resources = ["file://x"]
        second.agents = ["a"]
        second.userPatterns = ["admin"]
        second.contentTypes = ["application/json"]
        #expect(plugin.conditions == HookConditions([first, second]))
        #expect(plugin.timeout == .milliseconds(250))
        #expect(plugin.onError == .disable)
        #expect(plugin.required)
        #expect(plugin.inline == false)
        #expect(plugin.serial == true)
        #expect(plugin.isolation == .process)
        var process = ProcessSettings()
        process.workers = 2
        process.standby = 0
        process.threads = 4
        process.priority = .idle
        process.queue = 100
        process.killGrace = .milliseconds(500)
        process.stopTimeout = .seconds(1)
        process.spin = false
        process.idempotentHooks = ["tool_pre_invoke"]
        process.restartPause = .milliseconds(250)
        process.restartPauseLimit = .seconds(60)
        process.stableAfter = .seconds(120)
        #expect(plugin.process == process)
        #expect(plugin.config == ["limit": 10])
    }

    @Test(
        "the words of both vocabularies mean a mode",
        arguments: [
            ("enforce", .enforce), ("enforce_ignore_error", .enforceIgnoreError), ("permissive", .permissive),
            ("disabled", .disabled), ("sequential", .enforce), ("transform", .permissive), ("'disabled'", .disabled),
        ] as [(String, PluginMode)]
    )
    func modes(word: String, mode: PluginMode) {
        #expect(load("plugins: [{name: A, kind: k, mode: \(word)}]").content?.plugins.first?.mode == mode)
    }

    @Test(
        "switches take the words of YAML 1.1, in any case and in quotes",
        arguments: [
            ("true", true), ("True", true), ("yes", true), ("YES", true), ("on", true), ("'on'", true),
            ("\"true\"", true),
            ("false", false), ("no", false), ("No", false), ("off", false), ("oFF", false), ("'no'", false),
        ]
    )
    func switches(word: String, value: Bool) {
        #expect(load("plugins: [{name: A, kind: k, inline: \(word)}]").content?.plugins.first?.inline == value)
    }

    @Test("what a gateway is to do")
    func gateway() throws {
        let loaded = load(
            """
            server:
              host: "::1"
              port: 8000
              max_body_bytes: 2048
              max_buffered_bytes: 4096
              max_header_bytes: 2048
              max_header_fields: 20
              max_json_depth: 10
              max_json_values: 100
              max_connections: 5
              request_timeout: 1
              idle_timeout: 2
              drain_timeout: 0.5
            prompts:
              refuse_html: true
              autoescape: yes
              max_loop_iterations: 7
              max_output_bytes: 9
              max_steps: 2000
            """
        )
        #expect(loaded.report.isEmpty)
        let configuration = try #require(loaded.content)
        var server = ServerSettings()
        server.host = "::1"
        server.port = 8_000
        server.maxBodyBytes = 2_048
        server.maxBufferedBytes = 4_096
        server.maxHeaderBytes = 2_048
        server.maxHeaderFields = 20
        server.maxJSONDepth = 10
        server.maxJSONValues = 100
        server.maxConnections = 5
        server.requestTimeout = .seconds(1)
        server.idleTimeout = .seconds(2)
        server.drainTimeout = .milliseconds(500)
        #expect(configuration.server == server)
        var prompts = PromptSettings()
        prompts.refuseHTML = true
        prompts.autoescape = true
        prompts.maxLoopIterations = 7
        prompts.maxOutputBytes = 9
        prompts.maxSteps = 2_000
        #expect(configuration.prompts == prompts)
    }

    @Test("who may send requests to a gateway")
    func auth() throws {
        let loaded = load(
            """
            auth:
              required: yes
              jwt_secret: 12345678901234567890123456789012
              jwks_file: keys.json
              audience: gateway
              issuer: us
              leeway: 5
            """
        )
        #expect(loaded.report.isEmpty)
        let auth = try #require(loaded.content?.auth)
        #expect(auth.required == true)
        #expect(auth.jwtSecret == Secret("12345678901234567890123456789012"))
        #expect(auth.jwksFile?.value == "keys.json")
        #expect(auth.audience == "gateway")
        #expect(auth.issuer == "us")
        #expect(auth.leeway == .seconds(5))
        #expect(load("plugins: []").content?.auth == AuthSettings())
        var shown = ""
        dump(auth, to: &shown)
        #expect(!("\(auth)" + shown).contains("1234567890"))
    }

    @Test(
        "a secret is not shown with the mistake beside it",
        arguments: [
            ("jwt_secret: [hunter2]", "auth.jwt_secret: expected a text"),
            ("jwt_secret: {a: hunter2}", "auth.jwt_secret: expected a text"),
            ("jwt_secret: ''", "auth.jwt_secret: must not be empty"),
            ("jwt_secret: hunter2, leeway: 601", "auth.leeway: must be from 0 to 600, found 601"),
            ("jwt_secret: hunter2, leeway: short", "auth.leeway: expected an integer, found \"short\""),
        ]
    )
    func hiddenSecret(section: String, problem: String) {
        let report = load("auth: {\(section)}").report
        #expect(report.contains("error: \(problem)\n"))
        #expect(!report.contains("hunter2"))
    }

    @Test("settings and directories")
    func settings() throws {
        let loaded = load(
            """
            plugin_dirs: [plugins/native, /etc/plugins]
            drop_dirs:
              - drop
            plugin_settings:
              plugin_timeout: 2.5
              fail_on_plugin_error: on
              parallel_execution_within_band: true
              plugin_health_check_interval: 10
              enable_plugin_api: true
              include_user_info: yes
              load_unlisted: "yes"
              max_block_bytes: 0x100000
              max_payload_characters: 5000
              probe_timeout: 1
              startup_timeout: 3600
              max_lost_threads: 8
              max_lost_threads_per_plugin: 2
              execution_pool: 512
              default_hook_policy: deny
              can_override_rbac: true
              can_override_auth_headers: yes
              quarantine_after: 5
              quarantine_window: 60
              quarantine_action: report
              breaker: {failures: 7, open_for: 2.5}
            server_settings: {host: "{{ env.HOST }}"}
            grpc_server_settings:
            unix_socket_server_settings: x
            """
        )
        #expect(loaded.report == "")
        let configuration = try #require(loaded.content)
        #expect(configuration.file == "config.yaml")
        #expect(configuration.pluginDirectories.map(\.value) == ["plugins/native", "/etc/plugins"])
        #expect(configuration.dropDirectories == [Located("drop", at: SourcePosition(line: 3, column: 5))])
        var expected = RuntimeSettings()
        expected.pluginTimeout = .milliseconds(2_500)
        expected.failOnPluginError = true
        expected.parallelWithinBand = true
        expected.healthCheckInterval = .seconds(10)
        expected.includeUserInfo = true
        expected.loadUnlisted = true
        expected.maxBlockBytes = 1_048_576
        expected.maxPayloadCharacters = 5_000
        expected.probeTimeout = .seconds(1)
        expected.startupTimeout = .seconds(3_600)
        expected.maxLostThreads = 8
        expected.maxLostThreadsPerPlugin = 2
        expected.executionPool = 512
        expected.defaultHookPolicy = .deny
        expected.canOverrideRBAC = true
        expected.canOverrideAuthHeaders = true
        expected.quarantine.crashes = 5
        expected.quarantine.window = .seconds(60)
        expected.quarantine.action = .report
        expected.breaker?.failures = 7
        expected.breaker?.openFor = .milliseconds(2_500)
        #expect(configuration.settings == expected)
    }

    @Test("a bound function is described with the place of each value")
    func boundFunction() throws {
        let loaded = load(
            """
            plugins:
              - name: Check
                kind: ffi
                config:
                  library: libexample.so.1
                  symbol: check_mail
                  hook: email_pre_send
                  signature: "deny(str recipient, i64? size)"
            """
        )
        #expect(loaded.report == "")
        let plugin = try #require(loaded.content?.plugins.first)
        #expect(
            plugin.binding
                == FunctionBinding(
                    library: Located("libexample.so.1", at: SourcePosition(line: 5, column: 16)),
                    symbol: Located("check_mail", at: SourcePosition(line: 6, column: 15)),
                    hook: Located("email_pre_send", at: SourcePosition(line: 7, column: 13)),
                    signature: Located("deny(str recipient, i64? size)", at: SourcePosition(line: 8, column: 18))
                )
        )
    }

    @Test("a disabled entry may be of a kind that does not exist yet, and may hold templates")
    func disabled() {
        let loaded = load(
            """
            plugins:
              - {name: A, kind: external, mode: disabled, mcp: {proto: STDIO, script: x}, config: {k: "{{ env.K }}"}}
              - {name: B, kind: isolated_venv, mode: disabled, isolation: process}
            """
        )
        #expect(loaded.report == "")
        #expect(loaded.content?.plugins.map(\.isDisabled) == [true, true])
    }

    @Test("the types of a disabled entry are checked all the same")
    func disabledTypes() {
        #expect(
            load("plugins: [{name: A, kind: k, mode: disabled, priority: high}]").problems.map(\.description)
                == [#"config.yaml:1:56: error: plugins[0].priority: expected an integer, found "high""#]
        )
    }
}
