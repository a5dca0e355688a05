/// Which files of plugins have crashed the process, and which of them are quarantined for it.
package struct QuarantineRecord: Sendable, Equatable {
    /// One end of the process that a plugin was blamed for.
    package struct Crash: Sendable, Equatable {
        package var time: WallTime
        /// How the plugin was called then.
        package var name: String
        package var activity: String?
        package var requestID: String?
        /// `nil` if there was none to note.
        package var signal: FatalSignal?
        package var address: UInt64?
        /// How much of a crash it counts as: less than 1 if others may have been it.
        package var weight: Double

        package init(
            time: WallTime,
            name: String,
            activity: String? = nil,
            requestID: String? = nil,
            signal: FatalSignal? = nil,
            address: UInt64? = nil,
            weight: Double = 1
        ) {
            self.time = time
            self.name = name
            self.activity = activity
            self.requestID = requestID
            self.signal = signal
            self.address = address
            self.weight = weight
        }
    }

    /// What is known of one file.
    package struct Entry: Sendable, Equatable {
        /// The last ones, the newest at the end.
        package var crashes: [Crash]
        /// Since when it is quarantined; `nil` if it is not.
        package var quarantined: WallTime?

        package init(crashes: [Crash] = [], quarantined: WallTime? = nil) {
            self.crashes = crashes
            self.quarantined = quarantined
        }

        /// The names under which the file was loaded, the newest first.
        package var names: [String] {
            var seen: Set<String> = []
            return crashes.reversed().map(\.name).filter { seen.insert($0).inserted }
        }

        /// How much of crashes came within some seconds before a moment.
        package func weight(within window: Int64, before now: WallTime) -> Double {
            crashes.filter { now.isWithin(window, after: $0.time) }.reduce(0) { $0 + $1.weight }
        }
    }

    /// By the digests of the files.
    package private(set) var entries: [String: Entry]

    /// Crashes that are kept of one file to be shown.
    private static let shownCrashes = 16
    /// Crashes that are kept of one file to be counted: those within the window, which may be parts of one each.
    private static let countedCrashes = 256
    /// Files that are kept, and crashes of them all: of those that are quarantined, and as many of the others.
    private static let limits = (quarantined: 512, files: 256, crashes: 8_192)
    /// How long crashes are remembered that led to no quarantine, in seconds.
    private static let memory: Int64 = 7 * 86_400

    package init(_ entries: [String: Entry] = [:]) {
        self.entries = entries
    }

    /// Notes a crash.
    ///
    /// - Returns: How much of crashes of this file came within the window, this one counted, and whether it is quarantined
    ///   for that now, and was not before.
    package mutating func note(
        _ crash: Crash,
        of digest: String,
        _ policy: QuarantinePolicy,
        at now: WallTime
    ) -> (weight: Double, isNews: Bool) {
        var entry = entries[digest] ?? Entry()
        entry.crashes.append(crash)
        let weight = entry.weight(within: policy.window, before: now)
        let isNews = entry.quarantined == nil && policy.action != .report && policy.isReached(by: weight)
        if isNews { entry.quarantined = now }
        entry.crashes = entry.crashes.suffix(Self.room(for: entry, policy, at: now))
        entries[digest] = entry
        forget(before: now, keeping: max(Self.memory, policy.window))
        return (weight, isNews)
    }

    /// How many of the last crashes of a file are kept: as long as it is not quarantined, all that count for that.
    private static func room(for entry: Entry, _ policy: QuarantinePolicy, at now: WallTime) -> Int {
        guard entry.quarantined == nil else { return shownCrashes }
        let counted = entry.crashes.count { now.isWithin(policy.window, after: $0.time) }
        return min(max(shownCrashes, counted), max(countedCrashes, 2 * policy.crashes))
    }

    private mutating func forget(before now: WallTime, keeping memory: Int64) {
        entries = entries.filter { _, entry in
            entry.quarantined != nil || entry.crashes.contains { now.isWithin(memory, after: $0.time) }
        }
        // Those that are quarantined give way to none of the others.
        forgetOldest(Self.limits.quarantined) { $0.quarantined != nil }
        forgetOldest(Self.limits.files) { $0.quarantined == nil }
    }

    /// Forgets the files of one kind whose last crash is the longest ago, until there are not too many.
    private mutating func forgetOldest(_ limit: Int, _ isOfKind: (Entry) -> Bool) {
        let files = entries.filter { isOfKind($0.value) }
        var (count, crashes) = (files.count, files.values.reduce(0) { $0 + $1.crashes.count })
        guard count > limit || crashes > Self.limits.crashes else { return }
        let oldest = files.sorted {
            ($0.value.crashes.last?.time ?? .latest, $0.key) < ($1.value.crashes.last?.time ?? .latest, $1.key)
        }
        for (digest, entry) in oldest where count > limit || crashes > Self.limits.crashes {
            entries[digest] = nil
            count -= 1
            crashes -= entry.crashes.count
        }
    }

    /// Which files to forget.
    package enum Selection: Sendable, Equatable {
        case all
        /// A name, or the beginning of a digest of at least 8 digits.
        case file(String)
    }

    /// Forgets what files have done, so that they run again.
    ///
    /// - Returns: Their digests, and under which names they were known.
    package mutating func clear(_ selection: Selection) -> [(digest: String, name: String)] {
        let cleared = entries.filter { digest, entry in
            switch selection {
            case .all: true
            case .file(let text): entry.names.contains(text) || text.count >= 8 && digest.hasPrefix(text)
            }
        }
        for digest in cleared.keys { entries[digest] = nil }
        return cleared.map { ($0.key, $0.value.names.first ?? "") }.sorted { $0 < $1 }
    }

    /// What is to be done with a file, by what it did before.
    package func verdict(on digest: String, _ policy: QuarantinePolicy, at now: WallTime) -> QuarantineVerdict {
        guard let entry = entries[digest], let last = entry.crashes.last else { return .run(note: nil) }
        guard let since = entry.quarantined, policy.crashes > 0, policy.action != .report else {
            return .run(note: remark(on: entry, last, policy, at: now))
        }
        let reason =
            "quarantined since \(since): \(last.text); load another build of it, or run `hookgate plugin quarantine clear "
            + "\(last.name)` and `hookgate reload`"
        return policy.action == .isolate ? .isolate(reason: reason) : .refuse(reason: reason)
    }

    private func remark(on entry: Entry, _ last: Crash, _ policy: QuarantinePolicy, at now: WallTime) -> String {
        let weight = Weight.text(entry.weight(within: policy.window, before: now))
        guard policy.crashes > 0, policy.action != .report else { return last.text }
        return last.text + "; \(weight) of \(policy.crashes) crashes within \(policy.window) s that quarantine it"
    }
}

extension QuarantineRecord.Crash {
    /// `crashed the gateway at 2026-11-21T08:15:00Z in tool_pre_invoke of request 42 by SIGSEGV at 0x0`.
    package var text: String {
        let place = activity.map { " in \($0)" } ?? " in a thread of its own"
        let request = requestID.map { " of request \($0)" } ?? ""
        let signal = signal.map { " by \($0.name) (\($0.cause))" } ?? ""
        let address = address.map { " at 0x\(String($0, radix: 16))" } ?? ""
        // Who may not have been it is not accused of it.
        let deed = self.signal == nil ? "ran when the gateway ended without a word," : "crashed the gateway"
        return "\(deed) at \(time)\(place)\(request)\(signal)\(address)"
    }
}

/// Numbers of crashes.
package enum Weight {
    /// `2` or `0.33`.
    package static func text(_ weight: Double) -> String {
        let hundredths = Int((min(max(weight, 0), 1_000_000) * 100).rounded())
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        guard rest > 0 else { return "\(whole)" }
        return "\(whole)." + (rest < 10 ? "0\(rest)" : rest % 10 == 0 ? "\(rest / 10)" : "\(rest)")
    }
}
