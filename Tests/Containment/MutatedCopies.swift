import GatewayTesting
import PluginPayloads
import TestSupport

/// Copies of a plugin of which some bytes are others are dropped one after the other, each with a reload.
struct MutatedCopies {
    let site: ContainmentSite
    let plan: Plan
    let report: Report

    func run() async throws {
        // The hook is none that others need: what a changed plugin does to its own requests is its own affair.
        let original = try NamedPlugin.bytes(kind: "mutant", mark: "mutant")
        try await drop(Mutation(of: original), count: plan.mutants, isolation: "process", callsHooks: true)
        try await drop(Mutation(of: original), count: plan.mutants / 4, isolation: "in_process", callsHooks: false)
    }

    /// - Parameters:
    ///   - mutation: What is dropped.
    ///   - count: How many copies.
    ///   - isolation: Where they run.
    ///   - callsHooks: Whether what loads is called, too.
    /// - Throws: What keeps the gateway from being asked, with the number of the copy.
    private func drop(_ mutation: Mutation, count: Int, isolation: String, callsHooks: Bool) async throws {
        let gateway = try await site.start(settings: "load_unlisted: true, unlisted_isolation: \(isolation)")
        let crowd = try await site.crowd(gateway)
        var loaded = 0
        var outcomes: [String: Int] = [:]
        for number in 0..<count {
            // A file of its own, and the last one is gone: else a bad copy would leave the last good one running.
            try gateway.site.directory.write(mutation.copy(number), to: "drop/mutant-\(number).so")
            if number > 0 { try Files.remove(gateway.site.directory("drop/mutant-\(number - 1).so")) }
            do { try await gateway.reload() } catch {
                throw SetupFailure("\(isolation): mutant \(number): \(error)")
            }
            guard try await hasLoaded(number, gateway) else { continue }
            loaded += 1
            guard callsHooks else { continue }
            let answer = try await call(gateway)
            outcomes["\(answer.status)", default: 0] += 1
        }
        try await crowd.answers(plan.answersOfOthers)
        let seen = try await crowd.stop()
        report.check(
            seen.faults.isEmpty,
            "\(isolation): \(count) mutants, \(loaded) of which could be loaded: \(seen.text)"
        )
        if callsHooks {
            let text = outcomes.sorted { $0.key < $1.key }.map { "\($0.value) times \($0.key)" }
            report.say("calls of their hook: \(text.joined(separator: ", "))")
        }
        report.check(loaded > 0 && loaded < count, "\(isolation): some mutants load, and some do not")
        report.check(try await gateway.stop() == 0, "the gateway stopped by SIGTERM with status 0")
    }

    private func hasLoaded(_ number: Int, _ gateway: GatewayProcess) async throws -> Bool {
        let plugins = try await gateway.client("GET /plugins").json.array ?? []
        return plugins.contains { plugin in
            plugin["status"]?.string == "active"
                && plugin["file"]?.string?.hasSuffix("/drop/mutant-\(number).so") == true
        }
    }

    private func call(_ gateway: GatewayProcess) async throws -> ClientResponse {
        try await gateway.client("POST /hooks/tool_pre_invoke/invoke", ["payload": ["name": "any", "args": [:]]])
    }
}
