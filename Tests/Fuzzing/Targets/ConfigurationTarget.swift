import PluginConfig
import PluginPayloads

extension FuzzTarget {
    private static let secret = "a-secret-of-the-environment"
    private static let sources = ConfigurationSources(
        environment: ["HOME": "/home/user", "PORT": "8080", "NAME": "a: [b", "JWT_SECRET_KEY": secret],
        flags: ["--host": "::1"]
    )

    /// A configuration file: it is read or refused with reasons, listed, and never shows a secret that it does not name.
    package static let configuration = FuzzTarget("configuration") { input in
        let loaded = ConfigurationLoader.parse(input, file: "fuzz.yaml", sources: sources)
        let hasErrors = loaded.problems.contains { $0.severity == .error }
        try demand((loaded.content == nil) == hasErrors, "a file has either a content or errors")
        try demand(loaded.report.isEmpty == loaded.problems.isEmpty, "all problems are reported")
        let written = ConfigurationLoader.parseValue(input, file: "fuzz.yaml")
        if let value = written.content {
            _ = try demandValue("a value of YAML makes a payload") { try PayloadBlock(value) }
        }
        if !String(decoding: input, as: UTF8.self).contains("JWT") {
            try demand(!loaded.report.contains(secret), "a report shows no secret")
            try demand(!"\(loaded.content as Any)".contains(secret), "a configuration shows no secret")
        }
        return hasErrors ? .refused : .accepted
    }
}
