import Logging
import PluginJournal

/// What the log says of the end of the process before: for somebody who was woken up by it.
struct CrashLog {
    let logger: Logger

    func report(_ review: CrashReview, of path: String, _ policy: QuarantinePolicy) {
        let remains = review.remains
        switch remains.end {
        case .none, .orderly: return
        case .unreadable(let reason):
            logger.warning(
                "the crash journal that lies there is of no use, and is begun anew",
                metadata: ["file": "\(path)", "reason": "\(reason)"]
            )
        case .crash(let crash) where review.findings.isEmpty: reportUnnamed(crash, remains)
        case .unknown where review.findings.isEmpty:
            logger.notice(
                "the gateway before this one did not end in order; no plugin was at work",
                metadata: ["pid": "\(remains.process)"]
            )
        case .crash, .unknown:
            for finding in review.findings { report(finding, remains.process, policy) }
        }
    }

    /// A crash of which nobody knows whose it was; those at work are named, and not blamed.
    private func reportUnnamed(_ crash: JournalRemains.Crash, _ remains: JournalRemains) {
        let names = Set(remains.marks.map(\.plugin.name)).sorted().joined(separator: ", ")
        logger.error(
            crash.sender == nil
                ? "the gateway before this one crashed, and neither its code nor its calls say by whom"
                : "the gateway before this one was ended by a signal that another process sent",
            metadata: crash.metadata.merging(
                ["pid": "\(remains.process)", "at_work": "\(names.isEmpty ? "none" : names)"]
            ) { first, _ in first }
        )
    }

    private func report(_ finding: CrashReview.Finding, _ process: Int32, _ policy: QuarantinePolicy) {
        let culprit = finding.culprit
        var metadata: Logger.Metadata = [
            "plugin": "\(culprit.plugin.name)", "sha256": "\(culprit.plugin.digest)", "pid": "\(process)",
            "thread": "\(culprit.thread)", "evidence": "\(culprit.evidence.text)",
        ]
        if policy.crashes > 0 {
            let weight = Weight.text(finding.weight)
            metadata["crashes"] = "\(weight) of \(policy.crashes) within \(policy.window) s"
        }
        if let hook = culprit.activity { metadata["hook"] = "\(hook)" }
        if let request = culprit.requestID { metadata["request_id"] = "\(request)" }
        if let since = culprit.since { metadata["since"] = "\(since)" }
        if let crash = culprit.crash { metadata.merge(crash.metadata) { first, _ in first } }
        logger.error(
            culprit.crash == nil
                ? "the gateway before this one ended without a word while this plugin was at work"
                : "this plugin crashed the gateway before this one",
            metadata: metadata
        )
        guard finding.isNews else { return }
        logger.error(
            "the plugin is quarantined, until another build of it is there or hookgate plugin quarantine clear",
            metadata: [
                "plugin": "\(culprit.plugin.name)", "sha256": "\(culprit.plugin.digest)",
                "quarantine_action": "\(policy.action.rawValue)",
            ]
        )
    }

    func missing(_ error: JournalError) {
        logger.error(
            "there is no crash journal: a plugin that ends the gateway will not be named",
            metadata: ["reason": "\(error)"]
        )
    }

    func damaged(_ problem: String) {
        logger.error(
            "the quarantine of plugins is damaged: one that was in it may run again",
            metadata: ["reason": "\(problem)"]
        )
    }

    func unreadable(_ error: JournalError) {
        logger.error(
            "the quarantine of plugins cannot be read: it is left as it is, and what this gateway read of it before holds",
            metadata: ["reason": "\(error)"]
        )
    }

    func unsaved(_ error: JournalError) {
        logger.error(
            "the quarantine of plugins cannot be written: it holds until this gateway ends",
            metadata: ["reason": "\(error)"]
        )
    }
}

extension JournalRemains.Crash {
    fileprivate var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = [
            "pc": "0x\(String(pc, radix: 16))", "time": "\(time?.description ?? "unknown")",
        ]
        if let sender {
            metadata["signal"] = "\(signal.name)"
            metadata["sent_by"] = "\(sender)"
        } else {
            metadata["signal"] = "\(signal.name) (\(signal.cause))"
            metadata["address"] = "0x\(String(address, radix: 16))"
        }
        return metadata
    }
}

extension Culprit.Evidence {
    fileprivate var text: String {
        switch self {
        case .code: "the signal came from its code"
        case .call: "the signal came from the thread that it was called on"
        case .suspicion(let calls): "one of \(calls) calls that were running"
        }
    }
}
