import PluginConfig
import Testing

@Suite("What overrides a file")
struct OverrideTests {
    /// One setting that can be overridden: its variables, a value, what that shows as, and a value that is refused.
    struct Row: Sendable, CustomTestStringConvertible {
        let path: String
        let variables: [String]
        let value: String
        let shown: @Sendable (RuntimeConfiguration) -> String
        let wrong: String
        let refusal: String

        var testDescription: String { path }
    }

    private static let rows = [
        Row(
            path: "plugin_settings.plugin_timeout",
            variables: ["PLUGINS_PLUGIN_TIMEOUT"],
            value: "2.5",
            shown: { $0.settings.pluginTimeout == .milliseconds(2_500) ? "2.5" : "?" },
            wrong: "soon",
            refusal: "expected a number of seconds, found \"soon\""
        ),
        Row(
            path: "plugin_settings.fail_on_plugin_error",
            variables: ["PLUGINS_FAIL_ON_PLUGIN_ERROR"],
            value: "1",
            shown: { $0.settings.failOnPluginError ? "1" : "?" },
            wrong: "2",
            refusal: "expected true or false, found 2"
        ),
        Row(
            path: "plugin_settings.execution_pool",
            variables: ["PLUGINS_EXECUTION_POOL"],
            value: "512",
            shown: { "\($0.settings.executionPool)" },
            wrong: "513",
            refusal: "must be from 1 to 512, found 513"
        ),
        Row(
            path: "plugin_settings.default_hook_policy",
            variables: ["PLUGINS_DEFAULT_HOOK_POLICY"],
            value: "deny",
            shown: { $0.settings.defaultHookPolicy.rawValue },
            wrong: "denied",
            refusal: "expected allow or deny, found \"denied\""
        ),
        Row(
            path: "plugin_settings.isolation",
            variables: ["PLUGINS_ISOLATION"],
            value: "process",
            shown: { $0.settings.isolation.rawValue },
            wrong: "worker",
            refusal: "expected in_process or process, found \"worker\""
        ),
        Row(
            path: "plugin_settings.can_override_rbac",
            variables: ["PLUGINS_CAN_OVERRIDE_RBAC"],
            value: "TRUE",
            shown: { $0.settings.canOverrideRBAC ? "TRUE" : "?" },
            wrong: "maybe",
            refusal: "expected true or false, found \"maybe\""
        ),
        Row(
            path: "plugin_settings.can_override_auth_headers",
            variables: ["PLUGINS_CAN_OVERRIDE_AUTH_HEADERS"],
            value: "on",
            shown: { $0.settings.canOverrideAuthHeaders ? "on" : "?" },
            wrong: "[yes]",
            refusal: "expected true or false, found \"[yes]\""
        ),
        Row(
            path: "server.host",
            variables: ["HOOKGATE_HOST", "HOST"],
            value: "10",
            shown: { $0.server.host },
            wrong: " ",
            refusal: "must not be empty"
        ),
        Row(
            path: "server.port",
            variables: ["HOOKGATE_PORT", "PORT"],
            value: "8000",
            shown: { "\($0.server.port)" },
            wrong: "65536",
            refusal: "must be from 0 to 65535, found 65536"
        ),
        Row(
            path: "auth.required",
            variables: ["AUTH_REQUIRED"],
            value: "true",
            shown: { $0.auth.required.map(String.init) ?? "?" },
            wrong: "perhaps",
            refusal: "expected true or false, found \"perhaps\""
        ),
        Row(
            path: "auth.jwt_secret",
            variables: ["JWT_SECRET_KEY"],
            value: "123",
            shown: { $0.auth.jwtSecret?.text ?? "?" },
            wrong: "",
            refusal: ""
        ),
        Row(
            path: "auth.audience",
            variables: ["JWT_AUDIENCE"],
            value: "gateway",
            shown: { $0.auth.audience ?? "?" },
            wrong: " ",
            refusal: "must not be empty"
        ),
        Row(
            path: "auth.issuer",
            variables: ["JWT_ISSUER"],
            value: "me",
            shown: { $0.auth.issuer ?? "?" },
            wrong: "a\u{7}b",
            refusal: "must not contain control characters, found \"a\u{FFFD}b\""
        ),
    ]

    @Test("each variable sets its setting, with a file, without one, and over what that says", arguments: rows)
    func variables(row: Row) throws {
        let key = try #require(row.path.split(separator: ".").last)
        let section = try #require(row.path.split(separator: ".").first)
        for variable in row.variables {
            for text in ["", "plugins: []", "\(section):", "\(section): {\(key): 0.001}", "\(section): {\(key): []}"] {
                let loaded = load(text, [variable: row.value])
                #expect(loaded.report == "", "\(variable), \(text)")
                #expect(loaded.content.map(row.shown) == row.value, "\(variable), \(text)")
            }
            #expect(load("", [variable: ""]).content?.settings == RuntimeSettings())
        }
    }

    @Test(
        "a value that does not fit is refused as the file's is, by the name of its variable",
        arguments: rows.filter { !$0.wrong.isEmpty }
    )
    func refusals(row: Row) {
        for variable in row.variables {
            let loaded = load("plugins: []", [variable: row.wrong])
            #expect(
                loaded.problems.map(\.description)
                    == ["environment \(variable): error: \(row.path): \(row.refusal)"]
            )
            #expect(loaded.problems.map(\.position) == [nil])
            #expect(loaded.content == nil)
        }
    }

    @Test("the rows above are all there are")
    func rowsAreComplete() {
        #expect(OverridableSetting.all.map(\.variables) == Self.rows.map(\.variables))
    }

    @Test(
        "a flag comes before a variable, a variable before the file, and the file before the default",
        arguments: [
            ([:], [:], "", 4_444), ([:], [:], "server: {port: 1}", 1), ([:], ["PORT": "2"], "server: {port: 1}", 2),
            ([:], ["PORT": "2", "HOOKGATE_PORT": "3"], "server: {port: 1}", 3),
            (["--port": "4"], ["PORT": "2", "HOOKGATE_PORT": "3"], "server: {port: 1}", 4),
            (["--port": "4"], ["PORT": "x"], "server: {port: y}", 4), (["--port": "4"], [:], "", 4),
        ]
    )
    func precedence(flags: [String: String], environment: [String: String], file: String, port: Int) {
        #expect(load(file, environment, flags: flags).content?.server.port == port)
    }

    @Test("a flag is named where its value is refused, and other problems of the section stay the file's")
    func flags() {
        #expect(
            load("server: {port: 1, idle_timeout: x}", flags: ["--port": "many"]).report == """
                flag --port: error: server.port: expected an integer, found "many"
                config.yaml:1:33: error: server.idle_timeout: expected a number of seconds, found "x"
                server: {port: 1, idle_timeout: x}
                                                ^
                hint: write the number alone, such as 30 or 0.5

                """
        )
        #expect(
            load("server: []", flags: ["--port": "1"]).problems.map(\.description) == [
                "config.yaml:1:9: error: server: expected a mapping, found a list"
            ]
        )
    }

    @Test("there may be no file at all")
    func noFile() {
        let sources = ConfigurationSources(environment: ["PORT": "5"], flags: ["--host": "::1"])
        let loaded = ConfigurationLoader.load(path: nil, sources: sources)
        #expect(loaded.report == "")
        #expect(loaded.content?.file == "")
        #expect(loaded.content?.server.port == 5)
        #expect(loaded.content?.server.host == "::1")
    }
}
