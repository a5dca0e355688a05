/// When a plugin is quarantined, and what that means.
package struct QuarantinePolicy: Sendable, Equatable {
    /// What becomes of a plugin that is quarantined.
    package enum Action: String, Sendable, Equatable, CaseIterable {
        /// It runs in a process of its own.
        case isolate
        /// It does not run.
        case disable
        /// It runs on; its status says what it did.
        case report
    }

    /// How many crashes it takes; 0 means that no number does.
    package var crashes: Int
    /// In how many seconds they have to have come.
    package var window: Int64
    package var action: Action

    package init(crashes: Int = 2, window: Int64 = 600, action: Action = .isolate) {
        self.crashes = crashes
        self.window = window
        self.action = action
    }

    /// Whether so much of crashes is enough; thirds that were added up count as a whole.
    func isReached(by weight: Double) -> Bool {
        crashes > 0 && weight >= Double(crashes) - 0.001
    }
}

/// What is to be done with a plugin that is about to be loaded.
package enum QuarantineVerdict: Sendable, Equatable {
    /// It is loaded as ever; the note tells of crashes, if there were any.
    case run(note: String?)
    /// It is loaded into a process of its own.
    case isolate(reason: String)
    /// It is not loaded.
    case refuse(reason: String)
}
