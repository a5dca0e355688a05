/// What a process makes of the end of the one before: who is named, and who is quarantined for it.
package struct CrashReview: Sendable, Equatable {
    /// One culprit, and where that leaves it.
    package struct Finding: Sendable, Equatable {
        package let culprit: Culprit
        package let crash: QuarantineRecord.Crash
        /// How much of crashes of this file came within the window.
        package let weight: Double
        /// Whether this one has led to its quarantine.
        package let isNews: Bool
    }

    package let remains: JournalRemains
    package let findings: [Finding]

    /// Notes the crashes that a journal tells of in a record.
    package init(
        _ remains: JournalRemains,
        notingIn record: inout QuarantineRecord,
        _ policy: QuarantinePolicy,
        at now: WallTime = .now
    ) {
        self.remains = remains
        findings = remains.culprits.map { culprit in
            let crash = QuarantineRecord.Crash(culprit, at: now)
            let (weight, isNews) = record.note(crash, of: culprit.plugin.digest, policy, at: now)
            return Finding(culprit: culprit, crash: crash, weight: weight, isNews: isNews)
        }
    }
}

extension QuarantineRecord.Crash {
    /// - Parameters:
    ///   - culprit: Who is blamed.
    ///   - now: When it was found out; an end without a word has no other time.
    fileprivate init(_ culprit: Culprit, at now: WallTime) {
        self.init(
            time: min(culprit.crash?.time ?? now, now),
            name: culprit.plugin.name,
            activity: culprit.activity,
            requestID: culprit.requestID,
            signal: culprit.crash?.signal,
            address: culprit.crash.flatMap { $0.signal.hasAddress ? $0.address : nil },
            weight: culprit.weight
        )
    }
}
