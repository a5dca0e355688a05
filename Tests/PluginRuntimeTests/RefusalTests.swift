import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A plugin that cannot be loaded", .inBothIsolations)
struct RefusalTests {
    @Test(
        "is named with its file, its place in the configuration, the reason and the mend",
        arguments: [
            (
                "missing_entry",
                "it does not export hg_plugin_entry_v1 (it exports unrelated_plugin_helper); define it as "
                    + "hookgate/plugin.h declares it, in C++ as extern \"C\", and let no version script hide it; a "
                    + "library without it is bound by kind: ffi"
            ),
            (
                "wrong_major_note",
                "abi_major: the plugin has 7, this runtime speaks 0; build the plugin against the PluginSDK of this "
                    + "release"
            ),
            (
                "wrong_minor_note",
                "abi_minor: the plugin has 0.3, this runtime speaks 0.2; update the runtime, or build the plugin "
                    + "against its PluginSDK"
            ),
            (
                "wrong_major_table",
                "abi_major: the plugin has 7, this runtime speaks 0; build the plugin against the PluginSDK of this "
                    + "release"
            ),
            (
                "short_table",
                "struct_size: the plugin's table has 72 bytes, so `health` is missing; 96 are needed: set struct_size "
                    + "to sizeof(hg_plugin)"
            ),
            ("null_handler", "hook \"tool_pre_invoke\": its function is null"),
            (
                "malformed_manifest",
                "its manifest is no JSON: line 1, column 25: expected a value, found the end of the text"
            ),
            (
                "manifest_of_another_format",
                "its manifest has no \"manifest\": 1, which is the only format that this release reads"
            ),
            ("manifest_without_name", "its manifest has no \"name\", by which `kind` finds the plugin"),
            ("manifest_of_wrong_types", "its manifest has a string as \"hooks\" where a list of texts is expected"),
            (
                "name_disagrees",
                "its entry calls it \"another_name\", its manifest \"name_disagrees\"; they have to agree"
            ),
            (
                "version_disagrees", "its entry gives version \"2.0.0\", its manifest \"1.0.0\"; they have to agree"
            ),
            (
                "hook_disagrees", "its entry registers the hook \"tool_post_invoke\", which its manifest does not list"
            ),
            ("entry_fails", "the entry returned -1 (HG_E_FAILED); it logged: no model in /opt/models"),
            ("undefined_symbol", "undefined symbol: hookgate_undefined; link the library that has it, by -l"),
            (
                "missing_library",
                "libhookgate_absent.so.1: cannot open shared object file: No such file or directory; install that "
                    + "library, or build without it"
            ),
            ("constructor_aborts", "a trial load died of SIGABRT (abort, or a failed assertion)"),
            ("constructor_segfaults", "a trial load died of SIGSEGV (a wild pointer)"),
            ("constructor_exits_0", "a trial load ended the process with status 0"),
            ("constructor_exits_3", "a trial load ended the process with status 3"),
            (
                "constructor_sleeps",
                "a trial load was not done within 0.3 s; move slow work from constructors and the entry to `start`, or "
                    + "raise probe_timeout"
            ),
            ("start_fails", "`start` failed: no answer from db.example.com"),
        ]
    )
    func isNamed(fixture: String, reason: String) async throws {
        let path = try FixturePlugin.path(fixture)
        // Only the one that sleeps has to be waited for.
        let timeout = fixture == "constructor_sleeps" ? "0.3" : "20"
        let configuration = """
            plugin_settings: {probe_timeout: \(timeout)}
            plugins:
              - name: p
                path: \(path)
            """
        let site = try Site()
        let state = try await site.run(configuration) { $0.states }
        #expect(state == ["p: failed: \(path): \(reason)"])
        // A worker that ends because of that is named, too.
        #expect(
            site.log.complaints.filter { !$0.hasPrefix("error worker has died ") }.map(site.shortened) == [
                "error $SITE/config.yaml:4:11: error: plugins[0].path: \(path): \(reason)"
            ]
        )
        if fixture != "start_fails" {
            #expect(
                try await site.check(configuration) == [
                    "$SITE/config.yaml:4:11: error: plugins[0].path: \(path): \(reason)"
                ]
            )
        }
    }

    @Test("stops the start if that is configured, with all that is wrong")
    func stopsStart() async throws {
        let aborting = try FixturePlugin.path("constructor_aborts")
        let refusal = try await Site().refusal(
            of: """
                plugin_settings: {fail_on_plugin_error: true}
                plugins:
                  - {name: a, kind: unheard_of}
                  - {name: b, path: "\(aborting)"}
                  - {name: c, path: "\(try FixturePlugin.path("does_nothing"))"}
                """
        )
        #expect(
            refusal == [
                "$SITE/config.yaml:3:21: error: plugins[0].kind: no plugin of kind \"unheard_of\" in any directory, "
                    + "because none is configured",
                "$SITE/config.yaml:4:21: error: plugins[1].path: \(aborting): a trial load died of SIGABRT (abort, or "
                    + "a failed assertion)",
            ]
        )
    }

    @Test("says what is wrong with its configuration, at the place in the file")
    func findsFault() async throws {
        let path = try FixturePlugin.path("config_problems")
        let configuration = """
            plugins:
              - name: p
                path: \(path)
                config:
                  warnings: [/words/1, /absent]
                  errors: [/limits/rate, ""]
                  words: [one, two]
                  limits:
                    rate: -1
            """
        let problems = [
            "$SITE/config.yaml:7:20: warning: plugins[0].config.words[1]: is not needed any more",
            "$SITE/config.yaml:4:5: warning: plugins[0].config.absent: is not needed any more",
            "$SITE/config.yaml:9:15: error: plugins[0].config.limits.rate: has to be positive",
            "$SITE/config.yaml:4:5: error: plugins[0].config: has to be positive",
        ]
        let site = try Site()
        #expect(
            try await site.run(configuration) { $0.states } == ["p: failed: has to be positive; has to be positive"]
        )
        #expect(
            site.log.complaints.map(site.shortened)
                == zip(["warning", "warning", "error", "error"], problems).map { "\($0) \($1)" }
        )
        // A check reports both kinds as errors, in the order of the file.
        let errors = problems.map { $0.replacing("warning", with: "error") }
        #expect(try await site.check(configuration) == [errors[1], errors[3], errors[0], errors[2]])
    }

    @Test("may only warn, and works then")
    func warns() async throws {
        let configuration = """
            plugins:
              - name: p
                path: \(try FixturePlugin.path("config_problems"))
                config: {warnings: [/warnings]}
            """
        let site = try Site()
        #expect(try await site.run(configuration) { $0.states } == ["p: active"])
        let warning = "$SITE/config.yaml:4:24: warning: plugins[0].config.warnings: is not needed any more"
        #expect(site.log.complaints.map(site.shortened) == ["warning " + warning])
        #expect(try await site.check(configuration) == [warning.replacing("warning: ", with: "error: ")])
    }

    @Test("has another idea of a payload than the hook or the first plugin on it")
    func disagreesAboutPayload() async throws {
        let standard = try FixturePlugin.path("schema_disagrees")
        let first = try FixturePlugin.path("email_schema")
        let second = try FixturePlugin.path("other_email_schema")
        let configuration = """
            plugins:
              - {name: standard, path: "\(standard)"}
              - {name: first, path: "\(first)", priority: 200}
              - {name: second, path: "\(second)"}
            """
        let schema =
            #"{"type":"object","properties":{"name":{"type":"string"},"args":{"type":["object","null"]},"#
            + #""headers":{"type":["object","null"],"additionalProperties":{"type":"string"}}},"required":["name"]}"#
        let problems = [
            "$SITE/config.yaml:2:5: error: plugins[0]: the payload of hook \"tool_pre_invoke\" does not fit the standard "
                + "payload: name: a string in the first schema, an integer in the second; the standard payload: "
                + schema + #", this plugin: {"type":"object","properties":{"name":{"type":"integer"}}}"#,
            "$SITE/config.yaml:4:5: error: plugins[2]: the payload of hook \"email_pre_send\" does not fit plugin first: "
                + "recipient: a string in the first schema, an array in the second; plugin first: "
                + #"{"type":"object","properties":{"recipient":{"type":"string"}}}, this plugin: "#
                + #"{"type":"object","properties":{"recipient":{"type":"array"}}}"#,
        ]
        let site = try Site()
        let states = try await site.run(configuration) { $0.plugins.map { "\($0.name): \($0.state)" } }
        #expect(states == ["standard: failed", "second: failed", "first: active"])
        #expect(site.log.complaints.map(site.shortened) == problems.map { "error " + $0 })
        #expect(try await site.check(configuration) == problems)
    }

    @Test("has not the hooks that its entry lists")
    func lacksHooks() async throws {
        let configuration = """
            plugins:
              - name: p
                path: \(try FixturePlugin.path("does_nothing"))
                hooks: [tool_pre_invoke, tool_post_invoke]
            """
        let problem =
            "plugins[0].hooks: the plugin has no hook \"tool_post_invoke\"; it has tool_pre_invoke"
        let site = try Site()
        #expect(try await site.run(configuration) { $0.states } == ["p: failed: \(problem.dropFirst(18))"])
        #expect(try await site.check(configuration) == ["$SITE/config.yaml:4:30: error: \(problem)"])
    }

    @Test("needs a runtime that has its worker and its store")
    func needsTools() async throws {
        var site = try Site()
        site.options.workerPath = site.directory("hookgate-worker")
        let text =
            "$SITE/config.yaml: error: $SITE/hookgate-worker: the worker that probes plugins before they are loaded is "
            + "missing or not executable; install `hookgate-worker` there, or give its path"
        #expect(try await site.refusal(of: "plugins: []") == [text])
        #expect(try await site.check("plugins: []") == [text])
        var other = try Site()
        other.options.storeDirectory = try other.directory.write("no directory", to: "store")
        #expect(
            try await other.refusal(of: "plugins: []") == [
                "$SITE/config.yaml: error: $SITE/store: cannot keep the private copies of plugins: it is a file; "
                    + "configure a directory"
            ]
        )
    }
}
