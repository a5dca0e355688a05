import GatewayTesting
import PluginPayloads
import TestSupport

/// Calls of a Swift plugin that suspend, in the gateway and in a worker with one thread.
struct AsyncCalls {
    let site: ContainmentSite
    let report: Report

    private static let calls = 8

    /// The plugins, each called by the prompt of its name, with time or with little.
    private static let plugins: [(name: String, rest: String)] = [
        ("here", "isolation: in_process, timeout: 20"), ("here-brief", "isolation: in_process, timeout: 0.3"),
        ("there", "isolation: process, timeout: 20, process: {threads: 1, standby: 0}"),
        ("there-brief", "isolation: process, timeout: 0.3, process: {threads: 1, standby: 0, kill_grace: 20}"),
    ]

    func run() async throws {
        let entries = Self.plugins.map { name, rest in
            "{name: \(name), kind: async_swift, path: async_swift.so, conditions: [{prompts: [\(name)]}], \(rest)}"
        }
        let gateway = try await site.start(entries: entries, prompts: Self.plugins.map(\.name)) { place in
            try place.directory.copy("\(site.rogues)/async_swift.so", to: "async_swift.so")
        }
        for name in ["here", "there"] {
            try await checkOrder(name, gateway)
            try await checkCancellation(name + "-brief", gateway)
            try await checkDeadline(name + "-brief", gateway)
        }
        for name in ["there", "there-brief"] {
            let deaths = try await gateway.workers(of: name)["deaths"]?.int
            report.check(deaths == 0, "\(name): its worker lives on: \(deaths.map(String.init) ?? "unknown") deaths")
        }
        report.check(try await gateway.stop() == 0, "the gateway stopped by SIGTERM with status 0")
    }

    private static func call(_ name: String, _ act: String, _ gateway: GatewayProcess) async throws -> ClientResponse {
        try await gateway.client("POST /prompts/\(name)", ["act": .string(act)])
    }

    /// Waits until the plugin says something of its calls.
    private func wait(for text: String, _ name: String, _ gateway: GatewayProcess) async throws {
        try await eventually("\(name): \(text)", within: .seconds(30)) {
            try await Self.call(name, "look", gateway).rendered == text
        }
    }

    /// Calls that are under way at once end in the reverse order, and one of them by an error.
    private func checkOrder(_ name: String, _ gateway: GatewayProcess) async throws {
        let (sums, errors) = try await withThrowingTaskGroup(of: ClientResponse.self) { group in
            for number in 0..<Self.calls {
                group.addTask { try await Self.call(name, number == 3 ? "throw" : "wait", gateway) }
            }
            try await wait(for: "\(Self.calls) wait, 0 cancelled", name, gateway)
            let opened = try await Self.call(name, "open", gateway)
            report.check(opened.status == 200, "\(name): another call ends before those that wait")
            let answers = try await group.reduce(into: []) { $0.append($1) }
            let numbers = try answers.compactMap { try $0.rendered?.split(separator: " ").compactMap { Int($0) } }
            return (numbers.map { $0.reduce(0, +) }, answers.filter { $0.status != 200 }.map(\.line))
        }
        // Who came first has left last.
        report.check(
            sums == Array(repeating: Self.calls - 1, count: Self.calls - 1),
            "\(name): \(Self.calls) calls that are suspended at once end in the reverse order: \(sums)"
        )
        let failure =
            #"500 {"message":"prompt_pre_fetch failed: plugin \#(name): PLUGIN_ERROR","#
            + #""details":{"code":"PLUGIN_ERROR","plugin_name":"\#(name)"}}"#
        report.check(errors == [failure], "\(name): the call that throws is answered so: \(errors)")
    }

    /// A call that is told that its time is over ends by that, and the next ones are served.
    private func checkCancellation(_ name: String, _ gateway: GatewayProcess) async throws {
        let answer = try await Self.call(name, "obey", gateway)
        report.check(answer.status == 504, "\(name): the call is answered at its deadline: \(answer.line)")
        try await wait(for: "0 wait, 1 cancelled", name, gateway)
        report.say("ok: \(name): the task of the call was cancelled")
    }

    /// A call that is deaf to that is answered as well; it takes no thread, and the next ones are served.
    private func checkDeadline(_ name: String, _ gateway: GatewayProcess) async throws {
        let answer = try await Self.call(name, "ignore", gateway)
        report.check(answer.status == 504, "\(name): the deaf call is answered at its deadline: \(answer.line)")
        try await eventually("an answer of \(name)", within: .seconds(30)) {
            try await Self.call(name, "look", gateway).status == 200
        }
        report.say("ok: \(name): the next call is served")
    }
}
