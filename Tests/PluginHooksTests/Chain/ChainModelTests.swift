import PluginHooks
import PluginPayloads
import TestSupport
import Testing

@Suite("A chain of any plugins")
struct ChainModelTests {
    enum Answer: CaseIterable {
        case nothing
        case replies
        case notes
        case reports
        case denies
        case fails
    }

    struct Link {
        let name: String
        let mode: PluginMode
        let onError: ErrorPolicy?
        let answer: Answer

        var response: HookResponse {
            switch answer {
            case .nothing: .nothing
            case .replies: .effects { $0.reply = try? PayloadBlock(JSONValue.object(["name": .string(name)])) }
            case .notes: .effects { $0.metadata = [name: 1, "last": .string(name)] }
            case .reports: .effects { $0.report = .denied("SEEN", by: "") }
            case .denies: .denial()
            case .fails: .failed(.failed, message: "it broke")
            }
        }
    }

    /// What the contract says, without the machinery.
    struct Model {
        var name = "at first"
        var outcome = HookOutcome()
        var calls: [String] = []

        init(_ links: [Link]) throws {
            for link in links where outcome.continueProcessing {
                calls.append("\(link.name) sees \(name)")
                try take(link)
            }
        }

        private mutating func take(_ link: Link) throws {
            switch link.answer {
            case .nothing: break
            case .replies where link.mode == .audit || link.mode == .concurrent: break
            case .replies:
                name = link.name
                outcome.modifiedPayload = try PayloadBlock(JSONValue.object(["name": .string(name)]))
            case .notes:
                outcome.metadata[link.name] = 1
                outcome.metadata["last"] = .string(link.name)
            case .reports where link.mode == .audit: break
            case .reports: outcome.violation = .denied("SEEN", by: link.name)
            case .denies where link.mode == .audit || link.mode == .permissive: break
            case .denies: outcome = .blocked(by: link.name, metadata: outcome.metadata)
            case .fails:
                let failing: Set<PluginMode> = [.enforce, .concurrent]
                guard link.onError == .fail || link.onError == nil && failing.contains(link.mode) else { return }
                let metadata = outcome.metadata
                outcome = .failed(.failed, "it broke", by: link.name)
                outcome.metadata = metadata
            }
        }
    }

    private static func links(_ random: inout SplitMix64) -> [Link] {
        let modes: [PluginMode] = [.enforce, .enforceIgnoreError, .permissive, .audit, .concurrent]
        let policies: [ErrorPolicy?] = [nil, nil, .fail, .ignore, .disable]
        var links: [Link] = []
        for index in 0..<Int.random(in: 1...12, using: &random) {
            // Two concurrent ones would be a group, where time decides.
            let allowed = links.last?.mode == .concurrent ? modes.dropLast() : modes[...]
            links.append(
                Link(
                    name: "p\(index)",
                    mode: allowed[Int.random(in: allowed.indices, using: &random)],
                    onError: policies[Int.random(in: policies.indices, using: &random)],
                    answer: Answer.allCases[Int.random(in: Answer.allCases.indices, using: &random)]
                )
            )
        }
        return links
    }

    @Test("does what the contract says", arguments: 0..<20 as Range<UInt64>)
    func random(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let links = Self.links(&random)
            let plan = HookPlan(links.map { FakePlugin($0.name).planned(mode: $0.mode, onError: $0.onError) })
            let payload = try PayloadBlock(JSONValue.object(["name": "at first"]))
            let answers = Dictionary(uniqueKeysWithValues: links.map { ($0.name, $0.response) })
            let trace = try ChainTrace(plan, payload, answers: answers)
            let model = try Model(links)
            #expect(trace.outcome == model.outcome, "\(links)")
            let calls = trace.calls.map { call in
                "\(call.plugin) sees \(call.payload.object?["name"]?.string ?? "nothing")"
            }
            #expect(calls == model.calls, "\(links)")
        }
    }
}
