import PluginHooks
import Testing

@Suite("The groups of a plan")
struct HookGroupTests {
    /// A hook in short: its mode, whether it only reads, and its priority.
    struct Hook: Sendable {
        let mode: PluginMode
        let isReadOnly: Bool
        let priority: Int

        static func concurrent(_ priority: Int = 1) -> Hook {
            Hook(mode: .concurrent, isReadOnly: false, priority: priority)
        }

        static func reads(_ priority: Int = 1, _ mode: PluginMode = .enforce) -> Hook {
            Hook(mode: mode, isReadOnly: true, priority: priority)
        }

        static func writes(_ priority: Int = 1) -> Hook {
            Hook(mode: .enforce, isReadOnly: false, priority: priority)
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let hooks: [Hook]
        /// Without bands, and with them: `0...1 in time`, `2...3 in order`.
        let groups: [[String]]

        init(_ description: String, _ hooks: [Hook], _ groups: [String], withBands: [String]? = nil) {
            testDescription = description
            self.hooks = hooks
            self.groups = [groups, withBands ?? groups]
        }
    }

    static let table = [
        Row("no hooks", [], []),
        Row("one of each", [.concurrent(), .writes(), .reads()], []),
        Row("concurrent neighbours", [.concurrent(), .concurrent()], ["0...1 in time"]),
        Row(
            "concurrent ones of several priorities",
            [.concurrent(1), .concurrent(2), .concurrent(9)],
            ["0...2 in time"]
        ),
        Row("a writer between", [.concurrent(), .writes(), .concurrent()], []),
        Row(
            "two groups",
            [.concurrent(), .concurrent(), .writes(), .concurrent(), .concurrent(), .concurrent()],
            ["0...1 in time", "3...5 in time"]
        ),
        Row("readers of one priority", [.reads(), .reads(), .reads()], [], withBands: ["0...2 in order"]),
        Row(
            "readers of one priority and several modes",
            [.reads(1, .enforce), .reads(1, .permissive), .reads(1, .audit), .reads(1, .enforceIgnoreError)],
            [],
            withBands: ["0...3 in order"]
        ),
        Row(
            "readers of two priorities",
            [.reads(1), .reads(1), .reads(2), .reads(2)],
            [],
            withBands: ["0...1 in order", "2...3 in order"]
        ),
        Row("a writer in a band", [.reads(), .reads(), .writes(), .reads()], [], withBands: ["0...1 in order"]),
        Row("writers of one priority", [.writes(), .writes()], []),
        Row(
            "a concurrent one that only reads, beside readers",
            [.reads(), .reads(), .reads(1, .concurrent), .reads(1, .concurrent), .reads()],
            ["2...3 in time"],
            withBands: ["0...1 in order", "2...3 in time"]
        ),
    ]

    @Test("are the maximal runs of neighbours that may run at the same time", arguments: table)
    func groups(_ row: Row) {
        let hooks = row.hooks.map {
            FakePlugin().planned(mode: $0.mode, isReadOnly: $0.isReadOnly, priority: $0.priority)
        }
        let groups = [false, true].map { HookPlan(hooks, runsBandsInParallel: $0).groups.map(Self.text) }
        #expect(groups == row.groups)
    }

    @Test("are counted without the hooks that run in the background")
    func background() {
        let modes: [PluginMode] = [.concurrent, .fireAndForget, .concurrent]
        let plan = HookPlan(modes.map { FakePlugin().planned(mode: $0) })
        #expect(plan.groups.map(Self.text) == ["0...1 in time"])
        #expect(plan.hooks.map(\.mode) == [.concurrent, .concurrent])
        #expect(plan.background.map(\.mode) == [.fireAndForget])
    }

    private static func text(of group: HookGroup) -> String {
        let verdict = group.verdict == .firstInTime ? "in time" : "in order"
        return "\(group.range.lowerBound)...\(group.range.upperBound - 1) \(verdict)"
    }
}
