import TestSupport
import Testing

@Suite("hookgate config show")
struct ConfigShowTests {
    private static let file = """
        plugin_dirs: [plugins]
        plugin_settings:
          plugin_timeout: 10
          fail_on_plugin_error: yes
        server: {port: 8000, host: "{{ env.SHOWN_HOST }}"}
        plugins:
          - name: Mask
            kind: pii_filter
            hooks: [tool_pre_invoke]
            mode: permissive
            config:
              detect_api_keys: true
              api_key: short
              url: "https://{{ env.SHOWN_HOST }}/"
              credentials: {user: ada, rounds: 12}
              words:
                - {search: a b, replace: "<{{ env.SHOWN_HOST }}>"}
              list: [1, two]
          - {name: "Off", kind: x, mode: disabled, timeout: 0.5}
        """
    private static let environment = ["SHOWN_HOST": "hidden.example", "NO_COLOR": ""]

    @Test("shows what the file says, with the line of each, and no secret")
    func written() throws {
        let output = """
            plugin_dirs                           ["plugins"]          file $HERE/config.yaml:1

            plugin_settings.plugin_timeout        10                   file $HERE/config.yaml:3
            plugin_settings.fail_on_plugin_error  yes                  file $HERE/config.yaml:4

            server.port                           8000                 file $HERE/config.yaml:5
            server.host                           ********             file $HERE/config.yaml:5

            plugins[0].name                       Mask                 file $HERE/config.yaml:7
            plugins[0].kind                       pii_filter           file $HERE/config.yaml:8
            plugins[0].hooks                      ["tool_pre_invoke"]  file $HERE/config.yaml:9
            plugins[0].mode                       permissive           file $HERE/config.yaml:10
            plugins[0].config.detect_api_keys     true                 file $HERE/config.yaml:12
            plugins[0].config.api_key             ********             file $HERE/config.yaml:13
            plugins[0].config.url                 ********             file $HERE/config.yaml:14
            plugins[0].config.credentials.user    ********             file $HERE/config.yaml:15
            plugins[0].config.credentials.rounds  ********             file $HERE/config.yaml:15
            plugins[0].config.words[0].search     "a b"                file $HERE/config.yaml:17
            plugins[0].config.words[0].replace    ********             file $HERE/config.yaml:17
            plugins[0].config.list                [1,"two"]            file $HERE/config.yaml:18

            plugins[1].name                       Off                  file $HERE/config.yaml:19
            plugins[1].kind                       x                    file $HERE/config.yaml:19
            plugins[1].mode                       disabled             file $HERE/config.yaml:19
            plugins[1].timeout                    0.5                  file $HERE/config.yaml:19

            """
        let hookgate = try Hookgate(Self.file)
        #expect(
            try hookgate("config", "show", "$HERE/config.yaml", environment: Self.environment)
                == ChildProcess.Result(status: 0, output: output)
        )
        var named = Self.environment
        named["PLUGINS_CONFIG_FILE"] = hookgate.directory("config.yaml")
        named["PORT"] = "99"
        #expect(
            try hookgate("config", "show", environment: named) == ChildProcess.Result(status: 0, output: output)
        )
    }

    @Test("shows every setting with what holds and where that comes from")
    func effective() throws {
        let hookgate = try Hookgate(Self.file)
        try hookgate.directory.makeDirectory("data")
        try hookgate.directory.write(#"{"Mask": "enforce", "Gone": "disabled"}"#, to: "data/mode_overrides.json")
        let output = """
            gateway.config                                  $HERE/config.yaml  flag --config
            gateway.plugins_enabled                         true  default
            gateway.data_dir                                $HERE/data  environment HOOKGATE_DATA_DIR
            gateway.plugin_dir                              []  default
            gateway.log_level                               critical  environment LOG_LEVEL

            yaml.max_bytes                                  4194304  default
            yaml.max_depth                                  64  default
            yaml.max_values                                 200000  default
            yaml.max_text_bytes                             16777216  default

            plugin_dirs                                     ["plugins"]  file $HERE/config.yaml:1
            drop_dirs                                       []  default

            plugin_settings.plugin_timeout                  2.5  environment PLUGINS_PLUGIN_TIMEOUT
            plugin_settings.fail_on_plugin_error            true  file $HERE/config.yaml:4
            plugin_settings.parallel_execution_within_band  false  default
            plugin_settings.plugin_health_check_interval    60  default
            plugin_settings.include_user_info               false  default
            plugin_settings.load_unlisted                   false  default
            plugin_settings.max_block_bytes                 16777216  default
            plugin_settings.max_payload_characters          1000000  default
            plugin_settings.probe_timeout                   5  default
            plugin_settings.startup_timeout                 5  default
            plugin_settings.max_lost_threads                64  default
            plugin_settings.max_lost_threads_per_plugin     16  default
            plugin_settings.execution_pool                  10  default
            plugin_settings.default_hook_policy             allow  default
            plugin_settings.can_override_rbac               false  default
            plugin_settings.can_override_auth_headers       false  default
            plugin_settings.isolation                       in_process  default
            plugin_settings.unlisted_isolation              process  default
            plugin_settings.sandbox.profile                 default  default
            plugin_settings.sandbox.allow_jit               false  default
            plugin_settings.sandbox.allow_read              []  default
            plugin_settings.sandbox.memory                  268435456  default
            plugin_settings.sandbox.stack                   1048576  default
            plugin_settings.sandbox.open_files              64  default
            plugin_settings.sandbox.cpu_seconds             0  default
            plugin_settings.sandbox.on_violation            errno  default
            plugin_settings.sandbox.degrade                 false  default
            plugin_settings.sandbox.user                    nobody  default
            plugin_settings.quarantine_after                2  default
            plugin_settings.quarantine_window               600  default
            plugin_settings.quarantine_action               isolate  default
            plugin_settings.breaker.failures                20  default
            plugin_settings.breaker.crashes                 5  default
            plugin_settings.breaker.crash_window            60  default
            plugin_settings.breaker.open_for                30  default

            trust.check_owner                               true  default

            server.host                                     ********  file $HERE/config.yaml:5
            server.port                                     99  flag --port
            server.max_body_bytes                           8388608  default
            server.max_buffered_bytes                       268435456  default
            server.max_header_bytes                         32768  default
            server.max_header_fields                        1000  default
            server.max_json_depth                           64  default
            server.max_json_values                          200000  default
            server.max_connections                          16384  default
            server.request_timeout                          30  default
            server.idle_timeout                             60  default
            server.drain_timeout                            25  default

            prompts.refuse_html                             false  default
            prompts.autoescape                              false  default
            prompts.max_loop_iterations                     10000  default
            prompts.max_output_bytes                        1048576  default
            prompts.max_steps                               33554432  default

            auth.jwt_secret                                 ********  environment JWT_SECRET_KEY
            auth.leeway                                     30  default

            upstreams.connect_timeout                       5  default
            upstreams.timeout                               30  default
            upstreams.max_response_bytes                    8388608  default
            upstreams.max_attempts                          3  default

            plugins[0].name                                 Mask  file $HERE/config.yaml:7
            plugins[0].kind                                 pii_filter  file $HERE/config.yaml:8
            plugins[0].hooks                                ["tool_pre_invoke"]  file $HERE/config.yaml:9
            plugins[0].tags                                 []  default
            plugins[0].mode                                 enforce  override set by PUT /admin/plugins/Mask
            plugins[0].priority                             100  default
            plugins[0].conditions                           []  default
            plugins[0].config.detect_api_keys               true  file $HERE/config.yaml:12
            plugins[0].config.api_key                       ********  file $HERE/config.yaml:13
            plugins[0].config.url                           ********  file $HERE/config.yaml:14
            plugins[0].config.credentials.user              ********  file $HERE/config.yaml:15
            plugins[0].config.credentials.rounds            ********  file $HERE/config.yaml:15
            plugins[0].config.words[0].search               "a b"  file $HERE/config.yaml:17
            plugins[0].config.words[0].replace              ********  file $HERE/config.yaml:17
            plugins[0].config.list                          [1,"two"]  file $HERE/config.yaml:18
            plugins[0].timeout                              2.5  plugin_settings.plugin_timeout
            plugins[0].required                             false  default
            plugins[0].process.workers                      1  default
            plugins[0].process.standby                      1  default
            plugins[0].process.threads                      2  default
            plugins[0].process.priority                     low  default
            plugins[0].process.queue                        1024  default
            plugins[0].process.kill_grace                   0.05  default
            plugins[0].process.stop_timeout                 5  default
            plugins[0].process.spin                         true  default
            plugins[0].process.idempotent_hooks             []  default
            plugins[0].process.restart_pause                0.1  default
            plugins[0].process.restart_pause_limit          30  default
            plugins[0].process.stable_after                 60  default

            plugins[1].name                                 Off  file $HERE/config.yaml:19
            plugins[1].kind                                 x  file $HERE/config.yaml:19
            plugins[1].tags                                 []  default
            plugins[1].mode                                 disabled  file $HERE/config.yaml:19
            plugins[1].priority                             100  default
            plugins[1].conditions                           []  default
            plugins[1].timeout                              0.5  file $HERE/config.yaml:19
            plugins[1].required                             false  default
            plugins[1].process.workers                      1  default
            plugins[1].process.standby                      1  default
            plugins[1].process.threads                      2  default
            plugins[1].process.priority                     low  default
            plugins[1].process.queue                        1024  default
            plugins[1].process.kill_grace                   0.05  default
            plugins[1].process.stop_timeout                 5  default
            plugins[1].process.spin                         true  default
            plugins[1].process.idempotent_hooks             []  default
            plugins[1].process.restart_pause                0.1  default
            plugins[1].process.restart_pause_limit          30  default
            plugins[1].process.stable_after                 60  default

            """
        let environment = Self.environment.merging([
            "PLUGINS_PLUGIN_TIMEOUT": "2.5", "PORT": "1", "JWT_SECRET_KEY": "x",
        ]) { $1 }
        let result = try hookgate(
            "config",
            "show",
            "--effective",
            "--port",
            "99",
            "$HERE/config.yaml",
            environment: environment
        )
        // The second column is as wide as the path of the temporary directory.
        #expect(
            result.output.split(separator: "\n", omittingEmptySubsequences: false).map(Self.narrow).joined(
                separator: "\n"
            ) == output
        )
        #expect(result.status == 0)
        #expect(result.errors == "")
    }

    /// A line of the table with two spaces behind its value.
    private static func narrow(_ line: Substring) -> String {
        guard line.count > 48 else { return String(line) }
        let value = line.dropFirst(48)
        guard let end = value.firstRange(of: "  ") else { return String(line) }
        return line.prefix(48) + value[..<end.lowerBound] + "  " + value[end.upperBound...].drop { $0 == " " }
    }

    @Test("shows the same to programs")
    func json() throws {
        let hookgate = try Hookgate("server: {port: 8000}\nplugins: [{name: A, kind: k, config: {token: t, n: [1]}}]\n")
        let output =
            #"[{"setting":"server.port","value":8000,"source":"file $HERE/config.yaml:1","secret":false},"#
            + #"{"setting":"plugins[0].name","value":"A","source":"file $HERE/config.yaml:2","secret":false},"#
            + #"{"setting":"plugins[0].kind","value":"k","source":"file $HERE/config.yaml:2","secret":false},"#
            + #"{"setting":"plugins[0].config.token","value":"********","source":"file $HERE/config.yaml:2","secret":true},"#
            + #"{"setting":"plugins[0].config.n","value":[1],"source":"file $HERE/config.yaml:2","secret":false}]"#
            + "\n"
        #expect(
            try hookgate("config", "show", "--format", "json", "$HERE/config.yaml")
                == ChildProcess.Result(status: 0, output: output)
        )
    }

    @Test("needs no file to show what holds without one")
    func withoutFile() throws {
        let result = try Hookgate()("config", "show", "--effective", environment: ["HOST": "::1"])
        #expect(result.status == 0)
        #expect(result.lines.first?.split(separator: " ").joined(separator: " ") == "gateway.config null default")
        let host = result.lines.first { $0.hasPrefix("server.host ") }
        #expect(host?.split(separator: " ").joined(separator: " ") == #"server.host "::1" environment HOST"#)
        #expect(
            try Hookgate()("config", "show")
                == ChildProcess.Result(
                    status: 2,
                    errors: "error: no configuration file: name one, or set PLUGINS_CONFIG_FILE\n"
                )
        )
    }

    @Test("refuses what a gateway would refuse")
    func refuses() throws {
        let hookgate = try Hookgate("server: {port: http, hots: x}\n")
        let errors = """
            $HERE/config.yaml:1:16: error: server.port: expected an integer, found "http"
            server: {port: http, hots: x}
                           ^
            $HERE/config.yaml:1:22: warning: server.hots: unknown key
            server: {port: http, hots: x}
                                 ^
            hint: did you mean "host"?

            """
        #expect(
            try hookgate("config", "show", "$HERE/config.yaml") == ChildProcess.Result(status: 3, errors: errors)
        )
        #expect(
            try hookgate("config", "show", "--effective", environment: ["PORT": "http"])
                == ChildProcess.Result(
                    status: 3,
                    errors: "environment PORT: error: server.port: expected an integer, found \"http\"\n"
                )
        )
        let levels = "expected one of trace, debug, info, notice, warning, error, critical"
        for arguments in [["config", "show", "--effective"], ["config", "check", "$HERE/config.yaml"]] {
            #expect(
                try hookgate(arguments, environment: ["LOG_LEVEL": "loud"])
                    == ChildProcess.Result(status: 2, errors: "error: LOG_LEVEL=loud: \(levels)\n")
            )
        }
    }
}
