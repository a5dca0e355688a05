import PluginConfig
import Testing

@Suite("Several mistakes")
struct FiveMistakesTests {
    @Test("five different mistakes are reported at once, in the order of the file, with hints")
    func fiveMistakes() {
        let loaded = load(
            """
            plugins:
              - name: Mask
                kind: pii_filter
                mode: enforse
                priority: "50"
              - name: Deny
                kind: deny_filter
                timeout: 90000
                config:
                  words: ["{{ env.WORD }}"]
              - name: Mask
                kind: regex_filter
            """
        )
        #expect(
            loaded.report == """
                config.yaml:4:11: error: plugins[0].mode: expected enforce, enforce_ignore_error, permissive, audit, \
                concurrent, fire_and_forget, disabled, sequential or transform, found "enforse"
                    mode: enforse
                          ^
                hint: did you mean "enforce"?
                config.yaml:5:15: error: plugins[0].priority: expected an integer, found the text "50"
                    priority: "50"
                              ^
                hint: remove the quotes
                config.yaml:8:14: error: plugins[1].timeout: must be at most 86400 seconds, found 90000
                    timeout: 90000
                             ^
                hint: the unit is seconds, not milliseconds
                config.yaml:10:15: error: plugins[1].config.words[0]: the environment variable WORD is not set
                      words: ["{{ env.WORD }}"]
                              ^
                hint: set it, or write a default: {{ env.WORD | default('text') }}
                config.yaml:11:11: error: plugins[2].name: the name "Mask" is already taken at 2:11
                  - name: Mask
                          ^
                hint: give each plugin a name of its own

                """
        )
        #expect(loaded.problems.map(\.severity) == Array(repeating: .error, count: 5))
        #expect(loaded.content == nil)
    }

    @Test("mistakes of YAML and of the configuration are reported together")
    func yamlAndConfiguration() {
        let loaded = load(
            """
            plugin_settings:
              plugin_timeout: never
            plugins:
              - name: A
                name: B
                kind: k
                prioriti: 3
            """
        )
        #expect(
            loaded.problems.map(\.description) == [
                #"config.yaml:2:19: error: plugin_settings.plugin_timeout: expected a number of seconds, found "never""#,
                #"config.yaml:5:5: error: duplicate key "name", first given at 4:5"#,
                "config.yaml:7:5: warning: plugins[0].prioriti: unknown key",
            ]
        )
    }

    @Test("a report of very many problems ends with the number of the others")
    func manyMistakes() {
        let report = load("plugins:\n" + String(repeating: "  - A\n", count: 203)).report.split(separator: "\n")
        #expect(report.count == 3 * 200 + 1)
        #expect(report.last == "and 3 more problems")
    }

    @Test("what an alias repeats is reported once for each place, at the original")
    func aliases() {
        let loaded = load(
            """
            plugins:
              - {name: A, kind: k, conditions: &c [{tools: 5}]}
              - {name: B, kind: k, conditions: *c}
            """
        )
        #expect(
            loaded.problems.map(\.description) == [
                "config.yaml:2:48: error: plugins[0].conditions[0].tools: expected text, found 5",
                "config.yaml:2:48: error: plugins[1].conditions[0].tools: expected text, found 5",
            ]
        )
    }
}
