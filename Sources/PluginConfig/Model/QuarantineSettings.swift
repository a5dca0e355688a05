/// When a plugin that crashed the process is quarantined, and what that means.
package struct QuarantineSettings: Sendable, Equatable {
    /// What becomes of a plugin that is quarantined.
    package enum Action: String, Sendable, Equatable, CaseIterable {
        /// It runs in a process of its own.
        case isolate
        /// It does not run.
        case disable
        /// It runs on, and its status says what it did.
        case report
    }

    /// How many crashes it takes; 0 means that no number does.
    package var crashes = 2
    /// In which time they have to come.
    package var window: Duration = .seconds(600)
    package var action = Action.isolate

    package init() {}
}
