import GatewayTesting
import Glibc
import PluginPayloads
import TestSupport

/// Builds of a plugin follow each other by SIGHUP, each in workers of its own, while it is called.
struct SwappedWorkers {
    let site: ContainmentSite
    let plan: Plan
    let report: Report

    func run() async throws {
        let gateway = try await site.start(
            entries: [
                """
                {name: swapped, kind: swapped, path: swapped.so, isolation: process, timeout: 20, \
                conditions: [{prompts: [swapped]}]}
                """
            ]
        ) { try put(0, $0) }
        try await site.addPrompt("swapped", "{{ marks }}", to: gateway)
        let others = try await site.crowd(gateway)
        let callers = try await Crowd(port: gateway.port, prompt: "swapped") { answer, _ in
            try answer.status == 200 && answer.rendered?.hasPrefix("build-") == true
        }
        let kept = try await gateway.workerProcesses(of: "outside")
        var processes = try await gateway.workerProcesses(of: "swapped")
        var all = Set(processes)
        for number in 1...plan.swaps {
            try put(number, gateway.site)
            try await gateway.reload()
            let answer = try await gateway.client("POST /prompts/swapped", [:])
            guard try answer.rendered == "build-\(number)" else {
                report.fail("after reload \(number): \(answer.line)")
                continue
            }
            let next = try await gateway.workerProcesses(of: "swapped")
            if next.isEmpty || next.contains(where: processes.contains) {
                report.fail("after reload \(number) the workers are \(next), after \(processes)")
            }
            processes = next
            all.formUnion(next)
        }
        try await callers.answers(plan.answersOfOthers)
        let (own, seen) = (try await callers.stop(), try await others.stop())
        report.check(own.faults.isEmpty, "\(plan.swaps) swaps: of the plugin: \(own.text)")
        report.check(seen.faults.isEmpty, "\(plan.swaps) swaps: \(seen.text)")
        let unchanged = try await gateway.workerProcesses(of: "outside")
        report.check(!kept.isEmpty && Set(unchanged) == Set(kept), "the plugin that has not changed keeps \(kept)")
        let last = Set(try await gateway.workerProcesses(of: "swapped"))
        try await eventually("the end of workers that nobody needs", within: .seconds(30)) {
            !all.subtracting(last).contains(where: ProcessFiles.isRunning)
        }
        report.say("ok: the workers of all \(plan.swaps) builds before have ended")
        let deaths = try await gateway.workers(of: "swapped")["deaths"]?.int
        report.check(deaths == 0, "none of them has died: \(deaths.map(String.init) ?? "unknown") deaths")
        report.check(try await gateway.stop() == 0, "the gateway stopped by SIGTERM with status 0")
    }

    private func put(_ number: Int, _ site: GatewaySite) throws {
        try site.directory.write(NamedPlugin.prompts(kind: "swapped", mark: "build-\(number)"), to: "swapped.so")
    }
}
