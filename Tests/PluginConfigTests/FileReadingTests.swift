import PluginConfig
import PluginPayloads
import Testing

@Suite("Reading files")
struct FileReadingTests {
    @Test("a file is read whole, and messages bear its path")
    func file() throws {
        let padding = String(repeating: "# padding\n", count: 20_000)
        try withTemporaryFile(padding + "plugins:\n  - {name: A, kind: k, color: red}\n") { path in
            let loaded = ConfigurationLoader.load(path: path)
            #expect(loaded.content?.file == path)
            #expect(loaded.content?.plugins.map(\.name.value) == ["A"])
            #expect(loaded.problems.map(\.description) == ["\(path):20002:24: warning: plugins[0].color: unknown key"])
        }
    }

    @Test("a file of other keys is read as a value")
    func value() throws {
        try withTemporaryFile("default_config: {threshold: 0.80}\n") { path in
            #expect(
                ConfigurationLoader.loadValue(path: path).content == ["default_config": ["threshold": .number("0.80")]]
            )
        }
    }

    @Test(
        "a file that cannot be read is an error, never an empty configuration",
        arguments: [
            (
                "missing/config.yaml",
                """
                missing/config.yaml: error: cannot read the file: No such file or directory
                hint: a path that does not begin with '/' counts from the working directory

                """
            ),
            ("/", "/: error: cannot read the file: Is a directory\n"),
            ("/dev/null/x", "/dev/null/x: error: cannot read the file: Not a directory\n"),
            (
                "/dev/zero",
                """
                /dev/zero:1:1: error: the file is larger than 4194304 bytes
                hint: HOOKGATE_YAML_MAX_BYTES, _DEPTH, _VALUES and _TEXT_BYTES set the reader's limits

                """
            ),
        ]
    )
    func unreadable(path: String, report: String) {
        let loaded = ConfigurationLoader.load(path: path)
        #expect(loaded.report == report)
        #expect(loaded.content == nil)
    }
}
