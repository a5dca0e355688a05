import Logging
import PluginConfig
import PluginJournal
import Synchronization

/// The crash journal and the quarantine of a runtime; nothing without their files.
struct CrashKeeping: Sendable {
    let journal: CrashJournal?
    private let file: QuarantineFile?
    /// The record of this process, if it could not be written to the file.
    private let unsaved: QuarantineRecord?
    /// What the file said last, for a time in which it cannot be read.
    private let known = KnownRecord()
    private let logger: Logger

    /// Names who ended the process before, quarantines who is due for it, and begins the journal of this process.
    ///
    /// A runtime goes on without what cannot be done of this: it says so, and serves.
    static func begin(_ options: RuntimeOptions, _ settings: QuarantineSettings) async -> CrashKeeping {
        await Offload.run { () throws(Never) in CrashKeeping(options, QuarantinePolicy(settings)) }
    }

    private init(_ options: RuntimeOptions, _ policy: QuarantinePolicy) {
        let logger = options.logger
        let file = options.quarantineFile.map(QuarantineFile.init)
        (self.file, self.logger) = (file, logger)
        var unsaved: QuarantineRecord?
        var journal: CrashJournal?
        if let path = options.crashJournal {
            let log = CrashLog(logger: logger)
            do throws(JournalError) {
                let opened = try JournalFile(path)
                // First what the old journal says is safe, then it is overwritten.
                unsaved = Self.review(opened.remains, of: path, file, policy, log)
                journal = try opened.begin()
            } catch { log.missing(error) }
        }
        (self.unsaved, self.journal) = (unsaved, journal)
    }

    /// Notes what a journal says in the quarantine's file.
    ///
    /// - Returns: The record, if it could not be written.
    private static func review(
        _ remains: JournalRemains,
        of path: String,
        _ file: QuarantineFile?,
        _ policy: QuarantinePolicy,
        _ log: CrashLog
    ) -> QuarantineRecord? {
        var unsaved: QuarantineRecord?
        let review: CrashReview
        if let file, !remains.culprits.isEmpty {
            do throws(JournalError) {
                let (value, problem) = try file.update { CrashReview(remains, notingIn: &$0, policy) }
                review = value
                if let problem { log.damaged(problem) }
            } catch {
                var record = (try? file.read())?.record ?? QuarantineRecord()
                review = CrashReview(remains, notingIn: &record, policy)
                unsaved = record
                log.unsaved(error)
            }
        } else {
            var record = QuarantineRecord()
            review = CrashReview(remains, notingIn: &record, policy)
        }
        log.report(review, of: path, policy)
        return unsaved
    }

    /// What is to be done with plugins that are about to be loaded, by what the file says now.
    func verdicts(_ settings: QuarantineSettings) async -> QuarantineVerdicts {
        guard let file else { return QuarantineVerdicts() }
        let policy = QuarantinePolicy(settings)
        if let unsaved { return QuarantineVerdicts(unsaved, policy) }
        let log = CrashLog(logger: logger)
        do throws(JournalError) {
            let (record, problem) = try await Offload.run { () throws(JournalError) in try file.read() }
            if let problem { log.damaged(problem) }
            known.record.withLock { $0 = record }
        } catch {
            log.unreadable(error)
        }
        return QuarantineVerdicts(known.record.withLock { $0 }, policy)
    }

    /// Notes that this process ends in order.
    func end() {
        guard let journal else { return }
        let unmarked = journal.unmarkedThreads
        if unmarked > 0 {
            logger.warning(
                "calls of some threads were not noted in the crash journal, because there were too many threads",
                metadata: ["threads": "\(unmarked)"]
            )
        }
        journal.end()
    }
}

private final class KnownRecord: Sendable {
    let record = Mutex(QuarantineRecord())
}

/// What is to be done with plugins, as the quarantine was at one moment.
struct QuarantineVerdicts: Sendable {
    private let record: QuarantineRecord
    private let policy: QuarantinePolicy
    private let now: WallTime

    init(_ record: QuarantineRecord = QuarantineRecord(), _ policy: QuarantinePolicy = QuarantinePolicy()) {
        self.record = record
        self.policy = policy
        now = .now
    }

    func verdict(on digest: String) -> QuarantineVerdict {
        record.verdict(on: digest, policy, at: now)
    }
}

extension QuarantinePolicy {
    fileprivate init(_ settings: QuarantineSettings) {
        let action: Action =
            switch settings.action {
            case .isolate: .isolate
            case .disable: .disable
            case .report: .report
            }
        self.init(crashes: settings.crashes, window: settings.window.components.seconds, action: action)
    }
}
