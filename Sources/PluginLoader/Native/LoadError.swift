/// Why a plugin cannot be loaded, and how to mend it.
package struct LoadError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What happened, where, and the mend.
    package let description: String
    /// What the plugin said about its configuration.
    package let problems: [ConfigurationProblem]

    package init(_ description: String, problems: [ConfigurationProblem] = []) {
        self.description = description
        self.problems = problems
    }
}
