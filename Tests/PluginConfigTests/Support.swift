import Glibc
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

/// Writes a file for the time of a call.
func withTemporaryFile(_ text: String, _ body: (String) -> Void) throws {
    let path = "/tmp/hookgate-\(getpid())-\(UInt64.random(in: 0 ... .max)).yaml"
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    try #require(descriptor >= 0)
    defer { unsafe unlink(path) }
    let written = unsafe write(descriptor, text, text.utf8.count)
    close(descriptor)
    try #require(written == text.utf8.count)
    body(path)
}
