import PluginConfig
import Testing

@Suite("Rules: The shape of an entry")
struct EntryShapeTests {
    @Test("a broken rule is reported with its place and the mend", arguments: files)
    func rule(file: BrokenFile) {
        let loaded = load(file.text)
        #expect(loaded.report == file.report)
        #expect(loaded.content == nil)
    }

    private static let files = [
        BrokenFile(
            "plugins is a list",
            """
            plugins:
              name: A
            """,
            """
            config.yaml:2:3: error: plugins: expected a list of plugins, found a mapping
              name: A
              ^
            hint: begin each plugin with '- '
            """
        ),
        BrokenFile(
            "an entry is a mapping",
            """
            plugins:
              - A
            """,
            """
            config.yaml:2:5: error: plugins[0]: expected a mapping, found "A"
              - A
                ^
            """
        ),
        BrokenFile(
            "a name is required",
            """
            plugins:
              - kind: k
            """,
            """
            config.yaml:2:5: error: plugins[0].name: is required
              - kind: k
                ^
            """
        ),
        BrokenFile(
            "a name is text",
            """
            plugins:
              - {kind: k, name: 5}
            """,
            """
            config.yaml:2:21: error: plugins[0].name: expected text, found 5
              - {kind: k, name: 5}
                                ^
            hint: put it in quotes: "5"
            """
        ),
        BrokenFile(
            "a name is not blank",
            """
            plugins:
              - {kind: k, name: ' '}
            """,
            """
            config.yaml:2:21: error: plugins[0].name: must not be empty
              - {kind: k, name: ' '}
                                ^
            """
        ),
        BrokenFile(
            "a name has no control characters",
            #"""
            plugins:
              - {kind: k, name: "a\nb"}
            """#,
            #"""
            config.yaml:2:21: error: plugins[0].name: must not contain control characters, found "a\nb"
              - {kind: k, name: "a\nb"}
                                ^
            """#
        ),
        BrokenFile(
            "names are unique",
            """
            plugins:
              - {name: A, kind: k}
              - {name: A, kind: k, mode: disabled}
            """,
            """
            config.yaml:3:12: error: plugins[1].name: the name "A" is already taken at 2:12
              - {name: A, kind: k, mode: disabled}
                       ^
            hint: give each plugin a name of its own
            """
        ),
        BrokenFile(
            "texts are text",
            """
            plugins:
              - {name: A, kind: k, description: [x], author: true}
            """,
            """
            config.yaml:2:37: error: plugins[0].description: expected text, found a list
              - {name: A, kind: k, description: [x], author: true}
                                                ^
            config.yaml:2:50: error: plugins[0].author: expected text, found true
              - {name: A, kind: k, description: [x], author: true}
                                                             ^
            hint: put it in quotes: "true"
            """
        ),
        BrokenFile(
            "hooks are a list",
            """
            plugins:
              - {name: A, kind: k, hooks: tool_pre_invoke}
            """,
            """
            config.yaml:2:31: error: plugins[0].hooks: expected a list of hooks, found "tool_pre_invoke"
              - {name: A, kind: k, hooks: tool_pre_invoke}
                                          ^
            hint: write it as a list: ["tool_pre_invoke"]
            """
        ),
        BrokenFile(
            "hooks are names",
            """
            plugins:
              - {name: A, kind: k, hooks: [a, ~, {}]}
            """,
            """
            config.yaml:2:35: error: plugins[0].hooks[1]: expected text, found nothing
              - {name: A, kind: k, hooks: [a, ~, {}]}
                                              ^
            config.yaml:2:38: error: plugins[0].hooks[2]: expected text, found a mapping
              - {name: A, kind: k, hooks: [a, ~, {}]}
                                                 ^
            """
        ),
        BrokenFile(
            "tags are names",
            """
            plugins:
              - {name: A, kind: k, tags: [1.5]}
            """,
            """
            config.yaml:2:31: error: plugins[0].tags[0]: expected text, found 1.5
              - {name: A, kind: k, tags: [1.5]}
                                          ^
            hint: put it in quotes: "1.5"
            """
        ),
        BrokenFile(
            "config is a mapping",
            """
            plugins:
              - {name: A, kind: k, config: [1]}
            """,
            """
            config.yaml:2:32: error: plugins[0].config: expected a mapping, found a list
              - {name: A, kind: k, config: [1]}
                                           ^
            """
        ),
    ]
}
