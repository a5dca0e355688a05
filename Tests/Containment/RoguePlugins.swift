import GatewayTesting
import PluginPayloads
import TestSupport

/// Plugins that do harm, each in a worker of its own, while others are called.
struct RoguePlugins {
    let site: ContainmentSite
    let plan: Plan
    let report: Report
    /// The only one to be tried; `nil` for all.
    let only: String?

    private var rogues: [Rogue] { Rogue.all.filter { only == nil || $0.name == only } }

    /// What others may wait in comparison to quiet times.
    private static let patience = 3.0

    func run() async throws {
        var gateway = try await start()
        var crowd = try await site.crowd(gateway)
        try await crowd.answers(plan.answersOfOthers)
        _ = crowd.look()
        try await crowd.answers(10 * plan.answersOfOthers)
        let quiet = crowd.look()
        report.check(quiet.faults.isEmpty, "quiet: \(quiet.text), p99 \(Self.text(quiet.p99)) ms")
        for rogue in rogues {
            do { try await check(rogue, gateway, crowd, quiet) } catch { report.fail("\(rogue.name): \(error)") }
            guard ProcessFiles.isRunning(gateway.pid) else {
                report.fail("\(rogue.name): the gateway has ended; the next cases get another one")
                _ = try await crowd.stop()
                gateway = try await start()
                crowd = try await site.crowd(gateway)
                continue
            }
        }
        let rest = try await crowd.stop()
        report.check(rest.faults.isEmpty, "after all: \(rest.text)")
        report.check(try await gateway.stop() == 0, "the gateway stopped by SIGTERM with status 0")
    }

    private func start() async throws -> GatewayProcess {
        let entries = rogues.map { rogue in
            """
            {name: \(rogue.name), kind: \(rogue.file), path: \(rogue.file).so, config: {deed: \(rogue.deed)}, \
            conditions: [{prompts: [\(rogue.name)]}], isolation: process, timeout: \(rogue.timesOut ? "0.5" : "20"), \
            process: {priority: idle, standby: 0, restart_pause: 0.02, restart_pause_limit: 0.05\
            \(rogue.process.isEmpty ? "" : ", \(rogue.process)")}}
            """
        }
        return try await site.start(entries: entries, prompts: rogues.map(\.name))
    }

    private func check(_ rogue: Rogue, _ gateway: GatewayProcess, _ crowd: Crowd, _ quiet: Crowd.Sight) async throws {
        _ = crowd.look()
        var ended: Set<String> = []
        for number in 0..<plan.callsOfRogue {
            if rogue.timesOut { try await waitForWorker(of: rogue, gateway) }
            let answer = try await gateway.client("POST /prompts/\(rogue.name)", [:])
            let expected = rogue.answers[number % rogue.answers.count]
            if !expected.fits(answer) { report.fail("\(rogue.name): answered \(answer.line), not \(expected)") }
            guard !rogue.end.isEmpty else { continue }
            let death = try await gateway.log.line { [ended] line in
                line.isDeath(of: rogue.name) && !ended.contains(line["pid"]?.string ?? "")
            }
            ended.insert(death["pid"]?.string ?? "")
        }
        try await crowd.answers(plan.answersOfOthers)
        let seen = crowd.look()
        let ratio = seen.p99 / max(quiet.p99, 0.001)
        let isPatient = !plan.judgesTime || ratio <= Self.patience
        report.check(
            seen.faults.isEmpty && isPatient,
            "\(rogue.name): \(seen.text), p99 \(Self.text(seen.p99)) ms, \(Self.text(ratio)) times the quiet one"
        )
        try await checkNaming(rogue, gateway)
    }

    /// Waits until the deadline of the next call is for the call alone, and not for the start of a worker.
    ///
    /// Other calls wait in the gateway: to ask it again and again takes time from those whose waiting is measured.
    private func waitForWorker(of rogue: Rogue, _ gateway: GatewayProcess) async throws {
        try await eventually("a worker of \(rogue.name)", within: .seconds(30)) {
            try await !gateway.workerProcesses(of: rogue.name, role: "active").isEmpty
        }
    }

    /// Status and log say what has happened.
    private func checkNaming(_ rogue: Rogue, _ gateway: GatewayProcess) async throws {
        let workers = try await gateway.workers(of: rogue.name)
        let death = workers["last_death"]?.string ?? "none"
        let deaths = workers["deaths"]?.int ?? -1
        let kills = workers["kills"]?.int ?? -1
        let calls = rogue.end.isEmpty ? 0 : plan.callsOfRogue
        let isNamed = rogue.end.isEmpty ? death == "none" : rogue.end.contains { death.contains($0) }
        report.check(
            isNamed && deaths == calls && kills == (rogue.isKilled ? calls : 0),
            "\(rogue.name): status: \(deaths) deaths, \(kills) of them at a deadline; last: \(death)"
        )
        if let violation = rogue.violation {
            let count = workers["violations"]?.int ?? 0
            let last = workers["last_violation"]?.string ?? "none"
            report.check(
                count >= plan.callsOfRogue && last.contains(violation),
                "\(rogue.name): status: \(count) violations, the last: \(last)"
            )
        }
        let lines = gateway.log.entries.filter { $0.isDeath(of: rogue.name) }
        let areRight = lines.allSatisfy { line in
            rogue.end.contains { line["reason"]?.string?.contains($0) == true }
        }
        report.check(
            lines.count == calls && areRight,
            "\(rogue.name): log: \(lines.count) lines"
                + (lines.last.map { ", the last: \($0["reason"] ?? .null)" } ?? "")
        )
    }

    private static func text(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension JSONObject {
    /// Whether a line of the log says that a worker of a plugin has died.
    fileprivate func isDeath(of plugin: String) -> Bool {
        self["message"]?.string == "worker has died" && self["plugin"]?.string == plugin
    }
}

extension Rogue.Answer {
    /// Whether an answer is this one.
    func fits(_ answer: ClientResponse) -> Bool {
        let json = try? answer.json
        let code = json?["details"]?["code"]?.string
        let text = json?["messages"]?[0]?["content"]?["text"]?.string ?? ""
        return switch self {
        case .text(let texts): answer.status == 200 && texts.contains(text)
        case .failure(let status, let expected): answer.status == status && code == expected
        case .textOrFailure(let wanted, let status, let expected):
            answer.status == 200 && text == wanted || answer.status == status && code == expected
        }
    }
}
