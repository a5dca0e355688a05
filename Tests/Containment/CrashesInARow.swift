import GatewayTesting
import PluginPayloads
import TestSupport

/// One worker after the other dies, while others are called.
struct CrashesInARow {
    /// What the gateway has, at one time.
    private struct Footprint {
        let descriptors: Int
        let processes: Int
        let memory: ProcessFiles.Memory

        init(_ gateway: GatewayProcess) throws {
            descriptors = try ProcessFiles.descriptors(of: gateway.pid)
            processes = try ProcessFiles.children(of: gateway.pid).count
            memory = try ProcessFiles.memory(of: gateway.pid)
        }
    }

    private static let warmUp = 5
    /// What the memory of the gateway may grow by: buffers for the load, and memory that is kept for later.
    private static let allowance = 24 << 20

    let site: ContainmentSite
    let plan: Plan
    let report: Report

    func run() async throws {
        let gateway = try await site.start(
            entries: [
                """
                {name: crasher, kind: rogue, path: rogue.so, config: {deed: segfault}, isolation: process, \
                conditions: [{prompts: [crasher]}], timeout: 20, \
                process: {standby: 1, restart_pause: 0.01, restart_pause_limit: 0.05}}
                """
            ],
            prompts: ["crasher"]
        )
        let crowd = try await site.crowd(gateway)
        for _ in 0..<Self.warmUp { try await crash(gateway) }
        let before = try await settled(gateway)
        for _ in 0..<plan.crashes { try await crash(gateway) }
        var after = try await settled(gateway)
        try await crowd.answers(plan.answersOfOthers)
        // Connections that their clients have closed are closed here a moment later.
        try? await eventually("descriptors of closed connections", within: .seconds(10)) {
            after = try Footprint(gateway)
            return after.descriptors <= before.descriptors
        }
        let seen = try await crowd.stop()
        report.check(seen.faults.isEmpty, "\(plan.crashes) crashes in a row: \(seen.text)")
        let workers = try await gateway.workers(of: "crasher")
        report.check(
            workers["deaths"]?.int == Self.warmUp + plan.crashes,
            "status: \(workers["deaths"] ?? .null) deaths, \(workers["restarts"] ?? .null) restarts"
        )
        report.check(
            after.descriptors <= before.descriptors,
            "descriptors: \(before.descriptors), then \(after.descriptors)"
        )
        report.check(after.processes == before.processes, "processes: \(before.processes), then \(after.processes)")
        let growth = after.memory.anonymous - before.memory.anonymous
        report.check(
            growth <= Self.allowance,
            "anonymous memory: \(before.memory.anonymous >> 10) KB, then \(after.memory.anonymous >> 10) KB; resident: "
                + "\(before.memory.resident >> 10) KB, then \(after.memory.resident >> 10) KB"
        )
        report.check(try await gateway.stop() == 0, "the gateway stopped by SIGTERM with status 0")
    }

    private func crash(_ gateway: GatewayProcess) async throws {
        let answer = try await gateway.client("POST /prompts/crasher", [:])
        guard !Rogue.Answer.crashed.fits(answer) else { return }
        report.fail("a call whose worker died got \(answer.line)")
    }

    /// The footprint when all workers are there again.
    private func settled(_ gateway: GatewayProcess) async throws -> Footprint {
        try await eventually("a worker and its standby", within: .seconds(30)) {
            let active = try await gateway.workerProcesses(of: "crasher", role: "active")
            let standby = try await gateway.workerProcesses(of: "crasher", role: "standby")
            return active.count == 1 && standby.count == 1
        }
        return try Footprint(gateway)
    }
}
