import PluginConfig
import Testing

/// A configuration read from `text` as the file `config.yaml`.
func load(
    _ text: String,
    _ environment: [String: String] = [:],
    flags: [String: String] = [:]
) -> LoadedFile<RuntimeConfiguration> {
    ConfigurationLoader.parse(
        Array(text.utf8),
        file: "config.yaml",
        sources: ConfigurationSources(environment: environment, flags: flags)
    )
}

/// A file that breaks a rule, and everything that is to be printed about it.
struct BrokenFile: Sendable, CustomTestStringConvertible {
    let rule: String
    let text: String
    let report: String

    init(_ rule: String, _ text: String, _ report: String) {
        self.rule = rule
        self.text = text + "\n"
        self.report = report + "\n"
    }

    var testDescription: String { rule }
}
