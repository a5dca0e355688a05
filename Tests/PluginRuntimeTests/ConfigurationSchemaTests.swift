import IsolationTesting
import PluginRuntime
import TestSupport
import Testing

@Suite("The schema of a plugin's configuration", .inBothIsolations)
struct ConfigurationSchemaTests {
    @Test(
        "is checked before anything is loaded, with the place of each mistake",
        arguments: [
            ("{}", []), ("{size: 2, words: [a]}", []), ("{size: 0}", ["1:56: error: plugins[0].config.size: "]),
            ("{words: [a, 5]}", ["1:62: error: plugins[0].config.words[1]: "]),
            ("{sise: 2}", ["1:56: error: plugins[0].config.sise: "]),
            (
                "{size: x, words: 1}",
                ["1:56: error: plugins[0].config.size: ", "1:66: error: plugins[0].config.words: "]
            ),
        ]
    )
    func places(config: String, expected: [String]) async throws {
        let site = try Site()
        try site.directory.copy(FixturePlugin.path("with_schema"), to: "p.so")
        let text = "plugins: [{name: p, path: p.so, mode: enforce, config: \(config)}]"
            .replacing("mode: enforce, ", with: "tags: [a], ")
        let found = try await site.check(text)
        #expect(found.count == expected.count, "\(found)")
        for (problem, beginning) in zip(found, expected) {
            let prefix = "$SITE/config.yaml:"
            #expect(problem.hasPrefix(prefix), "\(problem)")
            #expect(problem.contains(beginning.drop { $0 != " " }), "\(problem)")
        }
        #expect(
            try await site.refusal(of: "plugin_settings: {fail_on_plugin_error: true}\n" + text).count == expected.count
        )
    }
}
