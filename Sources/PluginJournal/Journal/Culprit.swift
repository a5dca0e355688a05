/// A plugin that is to blame for the end of a process, for certain or perhaps.
package struct Culprit: Sendable, Equatable {
    /// Why it is thought to be.
    package enum Evidence: Sendable, Equatable {
        /// The signal came from its code.
        case code
        /// The signal came while the thread worked for it.
        case call
        /// It was one of so many calls that were running when the process ended without a word.
        case suspicion(calls: Int)
    }

    package let plugin: JournalRemains.Plugin
    /// The hook, or a word such as `start`; `nil` if it was a thread of the plugin's own.
    package let activity: String?
    package let requestID: String?
    package let thread: Int32
    package let since: WallTime?
    package let evidence: Evidence
    /// The crash; `nil` if there was no signal to note.
    package let crash: JournalRemains.Crash?
    /// How much of a crash it is blamed for.
    package let weight: Double

    fileprivate init(
        _ plugin: JournalRemains.Plugin,
        _ mark: JournalRemains.Mark?,
        _ evidence: Evidence,
        _ crash: JournalRemains.Crash?,
        weight: Double
    ) {
        self.plugin = plugin
        activity = mark?.activity
        requestID = mark?.requestID
        thread = mark?.thread ?? crash?.thread ?? 0
        since = mark?.since
        self.evidence = evidence
        self.crash = crash
        self.weight = weight
    }
}

extension JournalRemains {
    /// Who is to blame for the end of the process.
    ///
    /// The code that the signal came from decides before the call that the thread was in, since a plugin may have threads
    /// of its own. Without a signal every running call is a suspect, and has its part.
    package var culprits: [Culprit] {
        switch end {
        case .none, .orderly, .unreadable: []
        case .crash(let crash): [culprit(of: crash)].compactMap(\.self)
        case .unknown: suspects
        }
    }

    private func culprit(of crash: Crash) -> Culprit? {
        // Whatever the thread was doing that the system chose for it.
        guard crash.sender == nil else { return nil }
        if let image = crash.image {
            // Two plugins of one file share its code: then the call knows which it was.
            let mark = crash.mark?.plugin.digest == image.digest ? crash.mark : nil
            return Culprit(mark?.plugin ?? image, mark, .code, crash, weight: 1)
        }
        return crash.mark.map { Culprit($0.plugin, $0, .call, crash, weight: 1) }
    }

    /// One for each digest, with the call that had run longest.
    private var suspects: [Culprit] {
        let byDigest = Dictionary(grouping: marks, by: \.plugin.digest).values
        let longest = byDigest.map { marks in
            (marks.min { ($0.since ?? .latest) < ($1.since ?? .latest) }, Double(marks.count))
        }
        return longest.compactMap { mark, count in
            mark.map {
                Culprit(
                    $0.plugin,
                    $0,
                    .suspicion(calls: marks.count),
                    nil,
                    weight: count / Double(marks.count)
                )
            }
        }
        .sorted { ($0.weight, $1.plugin.name) > ($1.weight, $0.plugin.name) }
    }
}
