import PluginConfig
import Testing

@Suite("Rules: The file as a whole")
struct FileTests {
    @Test("a broken rule is reported with its place and the mend", arguments: files)
    func rule(file: BrokenFile) {
        let loaded = load(file.text)
        #expect(loaded.report == file.report)
        #expect(loaded.content == nil)
    }

    private static let files = [
        BrokenFile(
            "the file is a mapping",
            """
            - plugins
            """,
            """
            config.yaml:1:1: error: expected a mapping, found a list
            - plugins
            ^
            """
        ),
        BrokenFile(
            "the file is YAML",
            #"""
            plugins:
            \#t- name: A
            """#,
            #"""
            config.yaml:2:1: error: found character that cannot start any token, while scanning for the next token
            \#t- name: A
            ^
            hint: indent with spaces: YAML does not allow tabs there
            """#
        ),
        BrokenFile(
            "the file is UTF-8",
            #"""
            plugins: [\#u{1}]
            """#,
            #"""
            config.yaml:1:11: error: control characters are not allowed (0x1)
            plugins: [\#u{FFFD}]
                      ^
            hint: remove the character, or write it as an escape such as "\x1b" in double quotes
            """#
        ),
        BrokenFile(
            "keys are unique",
            """
            plugins: []
            plugins: []
            """,
            """
            config.yaml:2:1: error: duplicate key "plugins", first given at 1:1
            plugins: []
            ^
            """
        ),
        BrokenFile(
            "merge keys come never",
            """
            plugin_settings:
              <<: {plugin_timeout: 3}
            """,
            """
            config.yaml:2:3: error: merge keys (<<) are not supported
              <<: {plugin_timeout: 3}
              ^
            hint: write the keys out, or use an alias for the whole value
            """
        ),
        BrokenFile(
            "one document",
            """
            plugins: []
            ---
            plugins: []
            """,
            """
            config.yaml:2:1: error: a second document begins; the file may hold only one
            ---
            ^
            """
        ),
    ]
}
