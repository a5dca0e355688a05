import PluginConfig
import Testing

@Suite("Rules: Conditions, config and templates")
struct ConditionAndConfigTests {
    @Test("a broken rule is reported with its place and the mend", arguments: files)
    func rule(file: BrokenFile) {
        let loaded = load(file.text)
        #expect(loaded.report == file.report)
        #expect(loaded.content == nil)
    }

    private static let files = [
        BrokenFile(
            "conditions are a list",
            """
            plugins:
              - {name: A, kind: k, conditions: {tools: [a]}}
            """,
            """
            config.yaml:2:36: error: plugins[0].conditions: expected a list of mappings, found a mapping
              - {name: A, kind: k, conditions: {tools: [a]}}
                                               ^
            hint: begin each condition with '- '
            """
        ),
        BrokenFile(
            "conditions list texts",
            """
            plugins:
              - name: A
                kind: k
                conditions:
                  - tools: [a, 5]
                    server_ids: {a: b}
                    match: regex
            """,
            """
            config.yaml:5:20: error: plugins[0].conditions[0].tools[1]: expected text, found 5
                  - tools: [a, 5]
                               ^
            hint: put it in quotes: "5"
            config.yaml:6:21: error: plugins[0].conditions[0].server_ids: expected a list of texts, found a mapping
                    server_ids: {a: b}
                                ^
            config.yaml:7:16: error: plugins[0].conditions[0].match: expected exact or glob, found "regex"
                    match: regex
                           ^
            """
        ),
        BrokenFile(
            "numbers of config fit JSON",
            """
            plugins:
              - {name: A, kind: k, config: {a: [.inf, .nan]}}
            """,
            """
            config.yaml:2:37: error: plugins[0].config.a[0]: expected a number that JSON can carry, found .inf
              - {name: A, kind: k, config: {a: [.inf, .nan]}}
                                                ^
            hint: put it in quotes if text is meant
            config.yaml:2:43: error: plugins[0].config.a[1]: expected a number that JSON can carry, found .nan
              - {name: A, kind: k, config: {a: [.inf, .nan]}}
                                                      ^
            hint: put it in quotes if text is meant
            """
        ),
    ]
}
