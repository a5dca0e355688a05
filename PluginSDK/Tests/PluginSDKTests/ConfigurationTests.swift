import PluginSDK
import PluginTestKit
import Testing

@Suite("Configuration")
struct ConfigurationTests {
    struct Replacing: Plugin {
        static let name = "replacing"
        static let version = "2.1.0"

        struct Configuration: Decodable, Sendable {
            struct Word: Decodable, Sendable {
                var search: String
                var replace: String?
            }

            struct Limits: Decodable, Sendable {
                var depth: Int8?
            }

            var words: [Word]
            var limits: Limits?
            var labels: [String: Int]?
            var anything: JSONValue?
        }

        init(configuration: Configuration, host: PluginHost) throws {
            for (index, word) in configuration.words.enumerated() {
                if word.search.isEmpty {
                    throw ConfigurationProblem(at: "/words/\(index)/search", "an empty text is everywhere")
                }
                if word.replace == word.search {
                    host.warn(at: "/words/\(index)", "it replaces a word by itself")
                }
            }
        }

        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke) { _, _ in .proceed }
        }
    }

    @Test("a good configuration has no problems")
    func good() throws {
        let harness = try PluginHarness(
            Replacing.self,
            configuration: [
                "words": [["search": "crap", "replace": "crud"], ["search": "crud", "replace": nil]],
                "limits": ["depth": 3], "labels": ["a": 1, "b": 2], "anything": ["x": ["y": 1.5]],
            ]
        )
        #expect(harness.problems == [])
        #expect([harness.name, harness.version] == ["replacing", "2.1.0"])
        #expect(!harness.isSerial)
    }

    static let refused: [(JSONObject, String, String)] = [
        ([:], "", "words: missing"),
        (["words": "crap"], "/words", "words: expected an array, found a string"),
        (["words": [["search": "a"], ["serach": "b"]]], "/words/1", "words[1].search: missing"),
        (
            ["words": [["search": 7]]], "/words/0/search", "words[0].search: expected a string, found a number"
        ),
        (
            ["words": [], "limits": ["depth": 200]], "/limits/depth",
            "limits.depth: expected a whole number from -128 to 127, found 200"
        ),
        (["words": [["search": "a"], ["search": ""]]], "/words/1/search", "an empty text is everywhere"),
    ]

    @Test("a wrong configuration fails the plugin and names the key", arguments: refused)
    func wrong(configuration: JSONObject, pointer: String, message: String) {
        let error = #expect(throws: HarnessError.self) {
            try PluginHarness(Replacing.self, configuration: configuration)
        }
        #expect(error?.problems == [RecordedProblem(.error, at: pointer, message)])
    }

    static let warned: [(JSONObject, [RecordedProblem])] = [
        (
            ["words": [], "wrods": [], "limits": [:]],
            [
                RecordedProblem(
                    .warning,
                    at: "/wrods",
                    "wrods: unknown key; there are words, limits, labels, anything"
                )
            ]
        ),
        (
            ["words": [["search": "a"], ["search": "b", "replcae": "c"]], "limits": ["a/b": 1]],
            [
                RecordedProblem(
                    .warning,
                    at: "/words/1/replcae",
                    "words[1].replcae: unknown key; there are search, replace"
                ),
                RecordedProblem(.warning, at: "/limits/a~1b", "limits[\"a/b\"]: unknown key; there are depth"),
            ]
        ),
        (
            ["words": [["search": "a", "replace": "a"]]],
            [RecordedProblem(.warning, at: "/words/0", "it replaces a word by itself")]
        ),
    ]

    @Test("a doubtful configuration is warned about", arguments: warned)
    func doubtful(configuration: JSONObject, problems: [RecordedProblem]) throws {
        let harness = try PluginHarness(Replacing.self, configuration: configuration)
        #expect(harness.problems == problems)
    }

    struct Plain: HandlerPlugin, ToolPreInvokeHook {
        func toolPreInvoke(_: ToolPreInvokePayload, _: HookContext) -> ToolPreInvokeResult { .proceed }
    }

    @Test("a plugin without a configuration knows no key")
    func none() throws {
        let harness = try PluginHarness(Plain.self, configuration: ["domain": "example.com"])
        #expect(harness.problems == [RecordedProblem(.warning, at: "/domain", "domain: unknown key; there are none")])
    }

    struct Failing: HandlerPlugin {
        init() {}
        init(configuration: NoConfiguration, host: PluginHost) throws {
            host.log.error("no licence")
            throw CancellationError()
        }
    }

    @Test("any error of the initializer fails the plugin")
    func failing() {
        let error = #expect(throws: HarnessError.self) { try PluginHarness(Failing.self) }
        #expect(error?.problems == [RecordedProblem(.error, at: "", "CancellationError()")])
        #expect(error?.description == "the entry returned -1\nerror: CancellationError()\nno licence")
    }
}
