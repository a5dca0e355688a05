import GatewayTesting
import Glibc
import PluginPayloads
import TestSupport

/// Workers, and the gateway, are killed from outside, while plugins are called.
struct KilledProcesses {
    let site: ContainmentSite
    let plan: Plan
    let report: Report

    /// How soon workers have to be gone after their gateway.
    private static let limit = Duration.seconds(1)

    func run() async throws {
        let gateway = try await start()
        let others = try await site.crowd(gateway)
        let callers = try await Crowd(port: gateway.port, prompt: "victim") { answer, _ in
            try answer.rendered == "unharmed"
        }
        for (what, signal, roles) in [
            ("the worker", SIGKILL, ["active"]), ("the standby", SIGKILL, ["standby"]),
            ("the worker and its standby", SIGKILL, ["active", "standby"]),
        ] {
            let victims = try await settled(gateway).filter { roles.contains($0.role) }.map(\.process)
            for victim in victims { kill(victim, signal) }
            try await replaced(victims, gateway)
            try await callers.answers(plan.answersOfOthers)
            try await others.answers(plan.answersOfOthers)
            let (own, seen) = (callers.look(), others.look())
            report.check(seen.faults.isEmpty, "kill -9 of \(what): \(seen.text)")
            report.check(own.faults.isEmpty, "kill -9 of \(what): calls of its own plugin are repeated: \(own.text)")
        }
        try await stopWorker(gateway, callers, others)
        try await killGateway(gateway, [callers, others])
    }

    private func start() async throws -> GatewayProcess {
        let gateway = try await site.start(
            entries: [
                """
                {name: victim, kind: victim, path: victim.so, isolation: process, timeout: 3, \
                conditions: [{prompts: [victim]}], \
                process: {restart_pause: 0.02, restart_pause_limit: 0.05, idempotent_hooks: [prompt_pre_fetch]}}
                """,
                """
                {name: loop, kind: rogue, path: rogue.so, config: {deed: loop}, isolation: process, timeout: 60, \
                conditions: [{prompts: [loop]}]}
                """,
            ],
            prompts: ["loop"]
        ) { try $0.directory.write(NamedPlugin.prompts(kind: "victim", mark: "unharmed"), to: "victim.so") }
        try await site.addPrompt("victim", "{{ marks }}", to: gateway)
        return gateway
    }

    /// The processes of the victim, when all are there.
    private func settled(_ gateway: GatewayProcess) async throws -> [(process: Int32, role: String)] {
        var processes: [(Int32, String)] = []
        try await eventually("a worker and its standby", within: .seconds(30)) {
            processes = (try await gateway.workers(of: "victim")["processes"]?.array ?? []).compactMap { process in
                guard let identifier = process["pid"]?.int, let role = process["role"]?.string else { return nil }
                return (Int32(clamping: identifier), role)
            }
            return Set(processes.map(\.1)) == ["active", "standby"]
        }
        return processes
    }

    /// Waits until others have taken the places of processes.
    private func replaced(_ victims: [Int32], _ gateway: GatewayProcess) async throws {
        try await eventually("workers in the place of \(victims)", within: .seconds(30)) {
            let processes = try await gateway.workerProcesses(of: "victim")
            return processes.count == 2 && !processes.contains { victims.contains($0) }
        }
        _ = try await settled(gateway)
    }

    /// A worker that is stopped, and not ended, takes no calls: it is killed, and others take its place.
    private func stopWorker(_ gateway: GatewayProcess, _ callers: Crowd, _ others: Crowd) async throws {
        let victims = try await settled(gateway).filter { $0.role == "active" }.map(\.process)
        for victim in victims { kill(victim, SIGSTOP) }
        try await replaced(victims, gateway)
        try await others.answers(plan.answersOfOthers)
        let seen = others.look()
        report.check(seen.faults.isEmpty, "kill -STOP of the worker: \(seen.text)")
        try await eventually("calls that are answered again", within: .seconds(30)) {
            _ = callers.look()
            try await callers.answers(10)
            return callers.look().faults.isEmpty
        }
        report.say("ok: and its plugin's calls are answered again")
    }

    /// All workers follow their gateway, also one that is inside a hook that never ends.
    private func killGateway(_ gateway: GatewayProcess, _ crowds: [Crowd]) async throws {
        let busy = try await RawConnection(port: gateway.port)
        await busy.send("POST /prompts/loop HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}")
        try await eventually("a call in the endless loop") {
            try await gateway.workers(of: "loop")["processes"]?.array?.contains { $0["calls"]?.int == 1 } == true
        }
        let workers = try ProcessFiles.children(of: gateway.pid).keys
        try await gateway.kill()
        let start = ContinuousClock.now
        try await eventually("the end of all workers", within: .seconds(10)) {
            !workers.contains(where: ProcessFiles.isRunning)
        }
        let time = ContinuousClock.now - start
        report.check(
            !workers.isEmpty && time <= Self.limit,
            "kill -9 of the gateway: its \(workers.count) workers were gone after "
                + "\(Int(time / .milliseconds(1))) ms"
        )
        for crowd in crowds { _ = try await crowd.stop() }
    }
}
