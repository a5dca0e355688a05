import Glibc
import PluginHooks
import PluginPayloads
import Synchronization
import TestSupport
import Testing

/// Many chains with groups at once; with HOOKGATE_SOAK=1 a hundred times as many.
@Suite("Many groups at once", .timeLimit(.minutes(10)))
struct GroupStormTests {
    private static let hook = HookName("storm")
    private static let rounds = unsafe getenv("HOOKGATE_SOAK") == nil ? 250 : 25_000

    /// What a member does; it is in the payload, so that a mix-up of two chains shows.
    enum Behaviour: String, CaseIterable {
        case nothing
        case notes
        case suspends
        case denies
        case fails
    }

    private static func member(_ name: String, _ executor: HookExecutor, isSerial: Bool) -> FakePlugin {
        FakePlugin(name, isSerial: isSerial) { call in
            let number = call.payload.root["number"]?.value ?? .null
            switch Behaviour(rawValue: call.payload.root[name]?.string ?? "") {
            case .nothing: return .finished(.nothing)
            case .notes: return .finished(.effects { $0.metadata = [name: number] })
            case .suspends:
                executor.submit({ _ = call.complete(.effects { $0.metadata = [name: number] }) }, to: call)
                return .pending
            case .denies: return .finished(.denial("\(number) \(name)"))
            case .fails: return .finished(.failed(.failed, message: "\(number) \(name)"))
            case nil: return .finished(.failed(.badReply, message: "unknown behaviour"))
            }
        }
    }

    /// One chain: what its members do, and what may become of it.
    struct Chain {
        let number: Int64
        let behaviours: [(name: String, Behaviour)]

        init(_ number: Int64, _ names: [String], _ random: inout SplitMix64) {
            self.number = number
            behaviours = names.map { name in
                let isRare = Int.random(in: 0..<6, using: &random) == 0
                let kinds: [Behaviour] = isRare ? [.denies, .fails] : [.nothing, .notes, .suspends]
                return (name, kinds[Int.random(in: kinds.indices, using: &random)])
            }
        }

        var payload: PayloadBlock? {
            let members = behaviours.map { ($0.name, JSONValue.string($0.1.rawValue)) }
            return try? PayloadBlock(JSONObject([("number", .int(number))] + members))
        }

        /// Whether an outcome is the one of this chain: the first to block in time is not known.
        func explains(_ outcome: HookOutcome) -> Bool {
            let noted = behaviours.filter { $0.1 == .notes || $0.1 == .suspends }.map(\.name)
            let blocks = behaviours.filter { $0.1 == .denies || $0.1 == .fails }
            guard !blocks.isEmpty else {
                return outcome == HookOutcome(metadata: JSONObject(noted.map { ($0, .int(number)) }))
            }
            return blocks.contains { name, behaviour in
                var expected: HookOutcome =
                    behaviour == .denies
                    ? .blocked("\(JSONValue.int(number)) \(name)", by: name)
                    : .failed(.failed, "\(JSONValue.int(number)) \(name)", by: name)
                // Who has answered before that is not known either.
                guard outcome.metadata.allSatisfy({ noted.contains($0.0) || $0.0 == "_decision_plugin" }),
                    outcome.metadata.allSatisfy({ $0.0 == "_decision_plugin" || $0.1 == .int(number) })
                else { return false }
                expected.metadata = outcome.metadata
                let decider = outcome.metadata["_decision_plugin"]
                return outcome == expected && decider == (behaviour == .denies ? .string(name) : nil)
            }
        }
    }

    @Test("each get an outcome of their own, and leave nothing behind", arguments: [1, 2, 3] as [UInt64])
    func storm(_ seed: UInt64) async throws {
        try await Rig.run(limits: HookExecutor.Limits(pool: 4)) { rig in
            let names = ["a", "b", "c", "d", "e"]
            let members = names.map { Self.member($0, rig.executor, isSerial: $0 == "c") }
            let hooks = members.map { $0.planned(on: Self.hook, mode: .concurrent, isInline: false) }
            let plan = HookPlan(hooks, on: Self.hook, observer: rig.observer)
            await withTaskGroup { group in
                for task in 0..<8 {
                    let home: HookExecutor? = task.isMultiple(of: 2) ? rig.executor : nil
                    group.addTask(executorPreference: home) {
                        var random = SplitMix64(seed: seed &* 100 &+ UInt64(task))
                        for round in 0..<Self.rounds {
                            let chain = Chain(Int64(task * 1_000_000 + round), names, &random)
                            guard let payload = chain.payload else {
                                Issue.record("the payload does not fit")
                                return
                            }
                            let outcome = await rig.invoke(plan, payload: payload, request: RequestState())
                            #expect(chain.explains(outcome), "\(chain) \(outcome)")
                        }
                    }
                }
            }
            // Nobody holds a place of the pool, or the serial plugin, any more.
            let entered = Gathering(of: 4)
            let last = FakePlugin("last") { _ in
                entered.arrive()
                entered.all.block()
                return .finished(.nothing)
            }
            let lastHooks = (0..<4).map { _ in last.planned(mode: .concurrent) }
            #expect(await rig.invoke(HookPlan(lastHooks), request: RequestState()) == HookOutcome())
            let serial = FakePlugin("c", sharing: members[2].account) { _ in .finished(.nothing) }
            #expect(await rig.invoke(serial.planned()) == HookOutcome())
            #expect(rig.executor.lostThreads.load(ordering: .relaxed) == 0)
            #expect(rig.observer.events == [])
        }
    }
}
