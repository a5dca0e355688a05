import PluginConfig

/// Why a plugin was not loaded: one problem, all that it found in its configuration, or that it is quarantined.
struct LoadFailure: Error {
    var problems: [ConfigProblem] = []
    var quarantine: Quarantined?

    /// Why a file does not run that could be loaded.
    struct Quarantined: Sendable {
        let digest: String
        let reason: String
    }

    init(_ problem: ConfigProblem) { problems = [problem] }

    init(problems: [ConfigProblem]) { self.problems = problems }

    init(quarantined digest: String, _ reason: String) {
        quarantine = Quarantined(digest: digest, reason: reason)
    }
}
