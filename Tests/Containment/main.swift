import GatewayTesting
import Glibc
import TestSupport

// A running gateway whose plugins do harm in worker processes, and whose processes are killed, while others post to it.
// Usage: hookgate-containment HOOKGATE FOLDER-OF-ROGUES [PART [ROGUE]]
let report = Report()
do {
    guard (3...5).contains(CommandLine.arguments.count) else {
        throw SetupFailure("usage: hookgate-containment HOOKGATE FOLDER-OF-ROGUES [PART [ROGUE]]")
    }
    let plan = Plan.fromEnvironment
    let site = ContainmentSite(program: CommandLine.arguments[1], rogues: CommandLine.arguments[2])
    let parts: [(String, () async throws -> Void)] = [
        (
            "rogues",
            RoguePlugins(site: site, plan: plan, report: report, only: CommandLine.arguments.dropFirst(4).first).run
        ),
        ("crashes", CrashesInARow(site: site, plan: plan, report: report).run),
        ("mutants", MutatedCopies(site: site, plan: plan, report: report).run),
        ("kills", KilledProcesses(site: site, plan: plan, report: report).run),
        ("async", AsyncCalls(site: site, report: report).run),
        ("swaps", SwappedWorkers(site: site, plan: plan, report: report).run),
    ]
    for (name, run) in parts where CommandLine.arguments.dropFirst(3).prefix(1).allSatisfy({ $0 == name }) {
        let start = ContinuousClock.now
        report.say("==> \(name)")
        do { try await run() } catch { report.fail("\(name): \(error)") }
        report.say("==> \(name): \(Int((ContinuousClock.now - start) / .milliseconds(1))) ms")
    }
} catch {
    report.fail("\(error)")
}
report.say(report.failures == 0 ? "contained" : "\(report.failures) checks failed")
exit(report.failures == 0 ? 0 : 1)
