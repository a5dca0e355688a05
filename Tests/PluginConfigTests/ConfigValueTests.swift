import PluginConfig
import PluginPayloads
import Testing
import YAMLTree

@Suite("What a plugin is given")
struct ConfigValueTests {
    @Test(
        "a value becomes JSON with its digits kept",
        arguments: [
            ("~", .null), ("true", .bool(true)), ("yes", .string("yes")), ("5", .int(5)), ("0x1F", .int(31)),
            ("007", .int(7)), ("12345678901234567890", .number("12345678901234567890")), ("1.10", .number("1.10")),
            ("+.5", .number("0.5")), ("1e3", .number("1e3")), ("'5'", .string("5")), ("\"a\\n\"", .string("a\n")),
            ("[1, [a]]", [1, ["a"]]), ("{b: 1, a: {c: ~}}", ["b": 1, "a": ["c": nil]]), ("{1: x}", ["1": "x"]),
        ] as [(String, JSONValue)]
    )
    func value(text: String, expected: JSONValue) {
        let loaded = ConfigurationLoader.parseValue(Array(text.utf8), file: "value.yaml")
        #expect(loaded.report == "")
        #expect(loaded.content == expected)
    }

    @Test("a number that JSON cannot carry is refused")
    func unrepresentable() {
        let loaded = ConfigurationLoader.parseValue(Array("a: [1, .inf]".utf8), file: "value.yaml")
        #expect(loaded.content == nil)
        #expect(
            loaded.problems.map(\.description)
                == ["value.yaml:1:8: error: a[1]: expected a number that JSON can carry, found .inf"]
        )
    }

    private static let text = """
        plugins:
          - name: A
            kind: k
            config:
              words:
                - search: crap
                  replace: crud
              limits: {size: 5, "a/b~c": [x]}
              text:
                below
          - name: B
            kind: k
        """

    @Test(
        "a JSON pointer leads to its value, or to the nearest ancestor that is there",
        arguments: [
            ("", "4:5", "plugins[0].config"),
            ("/words", "5:7", "plugins[0].config.words"),
            ("/words/0", "6:11", "plugins[0].config.words[0]"),
            ("/words/0/search", "6:19", "plugins[0].config.words[0].search"),
            ("/words/0/replace", "7:20", "plugins[0].config.words[0].replace"),
            ("/words/0/flags", "6:11", "plugins[0].config.words[0].flags"),
            ("/words/1", "5:7", "plugins[0].config.words"),
            ("/words/x/y", "5:7", "plugins[0].config.words"),
            ("/limits", "8:15", "plugins[0].config.limits"),
            ("/limits/size", "8:22", "plugins[0].config.limits.size"),
            ("/limits/size/deeper", "8:22", "plugins[0].config.limits.size"),
            ("/limits/a~1b~0c/0", "8:35", #"plugins[0].config.limits["a/b~c"][0]"#),
            ("/text", "9:7", "plugins[0].config.text"),
            ("/missing/0", "4:5", "plugins[0].config.missing"),
            ("no pointer", "4:5", "plugins[0].config"),
        ]
    )
    func pointers(pointer: String, position: String, path: String) throws {
        let source = try #require(load(Self.text).content?.plugins.first?.source)
        #expect(source.position(ofJSONPointer: pointer).description == position)
        #expect(
            source.problem(.warning, atJSONPointer: pointer, "is odd", hint: "mend it").description
                == "config.yaml:\(position): warning: \(path): is odd"
        )
    }

    @Test("without config every pointer leads to the entry")
    func noConfig() throws {
        let source = try #require(load(Self.text).content?.plugins.last?.source)
        #expect(source.position(ofJSONPointer: "/a/b") == SourcePosition(line: 11, column: 5))
    }
}
