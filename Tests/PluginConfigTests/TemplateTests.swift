import PluginConfig
import PluginPayloads
import Testing

@Suite("Environment templates")
struct TemplateTests {
    private static let environment = [
        "WORD": "secret", "OTHER": "x", "EMPTY": "", "ODD NAME": "odd", "HTML": #"a&b"c<d>'e'"#,
        "YAML": "[1, {a: b}]\n- c: *d #e", "AGAIN": "{{ env.WORD }}", "NUMBER": "2.5", "COUNT": "7", "YES": "yes",
        "ONE": "1", "SOON": "soon",
    ]

    private static func config(_ value: String) -> LoadedFile<RuntimeConfiguration> {
        load("plugins:\n  - name: A\n    kind: k\n    config:\n      v: \(value)\n", environment)
    }

    @Test(
        "put variables into values, as they are",
        arguments: [
            (#""{{ env.WORD }}""#, "secret"), (#""{{env.WORD}}""#, "secret"), (#""{{   env.WORD   }}""#, "secret"),
            (#""{{ env['WORD'] }}""#, "secret"), (#"'{{ env["WORD"] }}'"#, "secret"),
            (#""{{ env[ 'ODD NAME' ] }}""#, "odd"), (#""<{{ env.WORD }}/{{ env.OTHER }}>""#, "<secret/x>"),
            (#""{{ env.WORD }}{{ env.WORD }}""#, "secretsecret"), ("x{{ env.WORD }}", "xsecret"),
            (#""{{ env.EMPTY }}""#, ""), (#""{{ env.HTML }}""#, #"a&b"c<d>'e'"#),
            (#""{{ env.YAML }}""#, "[1, {a: b}]\n- c: *d #e"), (#""{{ env.AGAIN }}""#, "{{ env.WORD }}"),
            (#""{{ env.NO | default('text') }}""#, "text"), (#""{{ env.NO|default('')}}""#, ""),
            (#"'{{ env.NO | default("text") }}'"#, "text"), (#""{{ env['NO'] | default( 'a b' ) }}""#, "a b"),
            (#""{{ env.NO | default('it\\'s \\n') }}""#, #"it's \n"#), (#""{{ env.NO | default('}}') }}""#, "}}"),
            (#""{{ env.NO | default(30) }}""#, "30"), (#""{{ env.WORD | default('text') }}""#, "secret"),
            (#""{{ env.EMPTY | default('text') }}""#, ""), (#""{{ env.EMPTY | default('text', true) }}""#, "text"),
            (#""{{ env.EMPTY | default('text', false) }}""#, ""), (#""{{ env.NO | default('text', True) }}""#, "text"),
            (#""{{{ env.WORD }}}""#, "{secret}"), (#""{{ env.COUNT }}""#, "7"), (#""{{ env.YES }}""#, "yes"),
        ]
    )
    func values(written: String, value: String) {
        let loaded = Self.config(written)
        #expect(loaded.report == "")
        #expect(loaded.content?.plugins.first?.config == ["v": .string(value)])
    }

    @Test(
        "leave other braces alone",
        arguments: [
            "{{ user }}", "{{ environment.X }}", "{{ user.env }}", "{{ 'env' }}", "{{", "}}", "{{}}", "{ env.X }",
            "${X}",
            #"\{\{ env"#, "{% env %}", "{{ environ['X'] }}", "env.WORD",
        ]
    )
    func otherBraces(text: String) {
        let quoted = String(text.flatMap { $0 == "'" ? "''" : String($0) })
        #expect(Self.config("'\(quoted)'").content?.plugins.first?.config == ["v": .string(text)])
    }

    @Test("put variables in at any depth, never into keys, and wherever an alias repeats them")
    func depth() {
        let loaded = load(
            """
            plugins:
              - name: "{{ env.WORD }}"
                kind: k
                hooks: ["{{ env.OTHER }}_hook"]
                conditions: [{tools: ["{{ env.OTHER }}"]}]
                config: {"{{ env.WORD }}": [{a: &a "{{ env.OTHER }}"}, *a]}
            plugin_dirs: ["/{{ env.WORD }}"]
            """,
            Self.environment
        )
        #expect(loaded.report == "")
        let plugin = loaded.content?.plugins.first
        #expect(plugin?.name.value == "secret")
        #expect(plugin?.hooks.map(\.value) == ["x_hook"])
        #expect(plugin?.config == ["{{ env.WORD }}": [["a": "x"], "x"]])
        #expect(loaded.content?.pluginDirectories.map(\.value) == ["/secret"])
    }

    @Test("are read as settings want them")
    func settings() {
        let loaded = load(
            """
            plugins: [{name: "{{ env.COUNT }}", kind: k, priority: "{{ env.COUNT }}", version: "{{ env.NUMBER }}"}]
            plugin_settings:
              plugin_timeout: "{{ env.NUMBER }}"
              fail_on_plugin_error: "{{ env.YES }}"
              include_user_info: "{{ env.ONE }}"
              load_unlisted: "{{ env.NO | default('true') }}"
              max_lost_threads: "{{ env.COUNT }}"
            """,
            Self.environment
        )
        #expect(loaded.report == "")
        #expect(loaded.content?.plugins.first?.name.value == "7")
        #expect(loaded.content?.plugins.first?.priority == 7)
        #expect(loaded.content?.plugins.first?.version == "2.5")
        var expected = RuntimeSettings()
        expected.pluginTimeout = .milliseconds(2_500)
        expected.failOnPluginError = true
        expected.includeUserInfo = true
        expected.loadUnlisted = true
        expected.maxLostThreads = 7
        #expect(loaded.content?.settings == expected)
    }

    @Test("need nothing in a disabled plugin, nor in the sections of the separate server")
    func disabled() {
        let loaded = load(
            """
            plugins:
              - {name: A, kind: k, mode: disabled, config: {k: "{{ env.NO }}", w: "{{ env.WORD }}"}}
              - {name: B, kind: k, mode: "{{ env.NO | default('disabled') }}", config: {k: "{{ env.NO }}"}}
            server_settings: {host: "{{ env.NO }}"}
            """,
            Self.environment
        )
        #expect(loaded.report == "")
        #expect(
            loaded.content?.plugins.map(\.config) == [["k": "{{ env.NO }}", "w": "secret"], ["k": "{{ env.NO }}"]]
        )
    }

    @Test("that cannot be rendered are reported with their place and the mend", arguments: files)
    func rule(file: BrokenFile) {
        let loaded = load(file.text, Self.environment)
        #expect(loaded.report == file.report)
        #expect(loaded.content == nil)
    }

    private static let supported =
        "hint: write {{ env.NAME }} or {{ env['NAME'] }}, or either with a default: {{ env.NAME | default('text') }}"

    private static let files = [
        BrokenFile(
            "a variable has to be set",
            """
            plugins:
              - name: A
                kind: k
                mode: "{{ env.M }}"
                priority: "{{ env.P }}"
                config:
                  keys: ["x{{env['K-1']}}", "{{ env.A }}{{ env.B }}{{ env.A }}"]
            plugin_settings: {plugin_timeout: "{{ env.T }}"}
            """,
            """
            config.yaml:4:11: error: plugins[0].mode: the environment variable M is not set
                mode: "{{ env.M }}"
                      ^
            hint: set it, or write a default: {{ env.M | default('text') }}
            config.yaml:5:15: error: plugins[0].priority: the environment variable P is not set
                priority: "{{ env.P }}"
                          ^
            hint: set it, or write a default: {{ env.P | default('text') }}
            config.yaml:7:14: error: plugins[0].config.keys[0]: the environment variable K-1 is not set
                  keys: ["x{{env['K-1']}}", "{{ env.A }}{{ env.B }}{{ env.A }}"]
                         ^
            hint: set it, or write a default: {{ env['K-1'] | default('text') }}
            config.yaml:7:33: error: plugins[0].config.keys[1]: the environment variables A, B are not set
                  keys: ["x{{env['K-1']}}", "{{ env.A }}{{ env.B }}{{ env.A }}"]
                                            ^
            hint: set them, or write a default: {{ env.A | default('text') }}
            config.yaml:8:35: error: plugin_settings.plugin_timeout: the environment variable T is not set
            plugin_settings: {plugin_timeout: "{{ env.T }}"}
                                              ^
            hint: set it, or write a default: {{ env.T | default('text') }}
            """
        ),
        BrokenFile(
            "an expression has to be one of those that are supported",
            """
            plugin_dirs:
              - "{{ env.WORD | upper }}"
              - "{{ env }}"
              - "{{ env.get('WORD') }}"
              - "{{- env.WORD -}}"
              - "a {{ env.WORD"
              - "{{ env.9 }}"
            """,
            """
            config.yaml:2:5: error: plugin_dirs[0]: the template "{{ env.WORD | upper }}" is not supported
              - "{{ env.WORD | upper }}"
                ^
            \(supported)
            config.yaml:3:5: error: plugin_dirs[1]: the template "{{ env }}" is not supported
              - "{{ env }}"
                ^
            \(supported)
            config.yaml:4:5: error: plugin_dirs[2]: the template "{{ env.get('WORD') }}" is not supported
              - "{{ env.get('WORD') }}"
                ^
            \(supported)
            config.yaml:5:5: error: plugin_dirs[3]: the template "{{- env.WORD -}}" is not supported
              - "{{- env.WORD -}}"
                ^
            \(supported)
            config.yaml:6:5: error: plugin_dirs[4]: the template "{{ env.WORD" has no end
              - "a {{ env.WORD"
                ^
            \(supported)
            config.yaml:7:5: error: plugin_dirs[5]: the template "{{ env.9 }}" is not supported
              - "{{ env.9 }}"
                ^
            \(supported)
            """
        ),
        BrokenFile(
            "a template has to stand in quotes",
            """
            plugins:
              - name: A
                kind: k
                config:
                  url: {{ env.URL }}
                  key: {{ env["KEY"] }}
            """,
            """
            config.yaml:5:13: error: a template has to stand in quotes: bare, its braces begin a mapping
                  url: {{ env.URL }}
                        ^
            hint: put the whole value in quotes, such as "{{ env.URL }}"
            config.yaml:6:18: error: a template has to stand in quotes: bare, its braces begin a mapping
                  key: {{ env["KEY"] }}
                             ^
            hint: put the whole value in quotes, such as "{{ env['KEY'] }}"
            """
        ),
        BrokenFile(
            "a bare template may confuse the reader in other ways",
            """
            plugins:
              - name: A
                kind: {{ env['K'] | default('k') }}
            """,
            """
            config.yaml:3:23: error: a template has to stand in quotes: bare, its braces begin a mapping
                kind: {{ env['K'] | default('k') }}
                                  ^
            hint: put the whole value in quotes, such as "{{ env['K'] | default('k') }}"
            """
        ),
        BrokenFile(
            "a value that does not fit is not shown",
            """
            plugins:
              - {name: A, kind: k, mode: "{{ env.WORD }}", priority: "{{ env.WORD }}"}
            plugin_settings: {max_lost_threads: "{{ env.NO | default('0') }}", plugin_timeout: "{{ env.EMPTY }}"}
            """,
            """
            config.yaml:2:30: error: plugins[0].mode: expected enforce, enforce_ignore_error, permissive, audit, \
            concurrent, fire_and_forget, disabled, sequential or transform, found a value that is not shown
              - {name: A, kind: k, mode: "{{ env.WORD }}", priority: "{{ env.WORD }}"}
                                         ^
            config.yaml:2:58: error: plugins[0].priority: expected an integer, found a value that is not shown
              - {name: A, kind: k, mode: "{{ env.WORD }}", priority: "{{ env.WORD }}"}
                                                                     ^
            config.yaml:3:37: error: plugin_settings.max_lost_threads: must be from 1 to 10000, found a value that is not shown
            plugin_settings: {max_lost_threads: "{{ env.NO | default('0') }}", plugin_timeout: "{{ env.EMPTY }}"}
                                                ^
            config.yaml:3:84: error: plugin_settings.plugin_timeout: expected a number of seconds, found nothing
            plugin_settings: {max_lost_threads: "{{ env.NO | default('0') }}", plugin_timeout: "{{ env.EMPTY }}"}
                                                                                               ^
            hint: write the number alone, such as 30 or 0.5
            """
        ),
    ]
}
