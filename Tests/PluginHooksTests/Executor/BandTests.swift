import PluginHooks
import PluginPayloads
import Testing

@Suite("Neighbours of one priority that only read", .timeLimit(.minutes(1)))
struct BandTests {
    /// A band of three, which meet if `meets`, and answer then.
    private static func band(
        _ responses: [HookResponse],
        meets: Bool = false,
        onError: ErrorPolicy? = nil
    ) -> (plugins: [FakePlugin], hooks: [PlannedHook]) {
        let entered = Gathering(of: responses.count)
        let plugins = zip(["a", "b", "c"], responses).map { name, response in
            FakePlugin(name) { _ in
                entered.arrive()
                if meets { entered.all.block() }
                return .finished(response)
            }
        }
        let hooks = plugins.enumerated().map { index, plugin in
            plugin.planned(stateKey: index, onError: onError, isReadOnly: true)
        }
        return (plugins, hooks)
    }

    private static func plan(_ hooks: [PlannedHook], _ rig: Rig) -> HookPlan {
        HookPlan(hooks, runsBandsInParallel: true, observer: rig.observer)
    }

    @Test("run at the same time if that is configured, and their words are merged in their order")
    func together() async throws {
        try await Rig.run { rig in
            let value = try PayloadBlock(JSONValue.int(1))
            let other = try PayloadBlock(JSONValue.int(2))
            let (plugins, hooks) = Self.band(
                [
                    .effects {
                        $0.metadata = ["k": "a", "a": 1]
                        $0.stateWrites = [StateWrite(scope: .globalState, key: "k", value: value)]
                    },
                    .effects { $0.metadata = ["b": 1] },
                    .effects {
                        $0.metadata = ["k": "c"]
                        $0.stateWrites = [StateWrite(scope: .globalState, key: "k", value: other)]
                    },
                ],
                meets: true
            )
            let request = RequestState()
            let outcome = await rig.invoke(Self.plan(hooks, rig), request: request)
            #expect(outcome == HookOutcome(metadata: ["k": "c", "a": 1, "b": 1]))
            #expect(request.value(of: "k", scope: .globalState, plugin: 0) == other)
            #expect(plugins.map(\.account.counts) == ["calls 1", "calls 1", "calls 1"])
        }
    }

    @Test("run one after the other if it is not")
    func oneByOne() async throws {
        try await Rig.run { rig in
            let (plugins, hooks) = Self.band([.nothing, .denial(), .nothing])
            let plan = HookPlan(hooks, observer: rig.observer)
            #expect(await rig.invoke(plan, request: RequestState()) == .blocked(by: "b"))
            #expect(plugins.map(\.account.counts) == ["calls 1", "calls 1, blocks 1", ""])
        }
    }

    @Test("all answer before the first one in their order that denies decides")
    func firstInOrder() async throws {
        try await Rig.run { rig in
            let isLast = Signal()
            let first = FakePlugin("first") { _ in .finished(.effects { $0.metadata = ["first": 1] }) }
            let decider = FakePlugin("decider") { _ in
                isLast.block()
                return .finished(.denial("DECIDES"))
            }
            let quick = FakePlugin("quick") { _ in
                defer { isLast.send() }
                return .finished(
                    .effects {
                        $0.denial = .denied("QUICK", by: "")
                        $0.metadata = ["quick": 1]
                    }
                )
            }
            let next = FakePlugin("next")
            let band = [first, decider, quick].map { $0.planned(isReadOnly: true) }
            let plan = Self.plan(band + [next.planned(priority: 200)], rig)
            var outcome = await rig.invoke(plan, request: .recording())
            #expect(
                outcome.executions.map(\.summary) == [
                    "first enforce completed", "decider enforce completed: DECIDES because, denies, stops, applied",
                    "quick enforce completed: QUICK because, denies, stops",
                ]
            )
            outcome.executions = []
            #expect(outcome == .blocked("DECIDES", by: "decider", metadata: ["first": 1]))
            #expect(
                [first, decider, quick, next].map(\.account.counts)
                    == ["calls 1", "calls 1, blocks 1", "calls 1", ""]
            )
            #expect(quick.cancelled == 0)
        }
    }

    @Test("that fail after the one that decides are counted, and decide nothing")
    func failsAfterTheDecider() async throws {
        try await Rig.run { rig in
            let (plugins, hooks) = Self.band([.nothing, .denial(), .failed(.failed, message: "it broke")])
            let outcome = await rig.invoke(Self.plan(hooks, rig), request: RequestState())
            #expect(outcome == .blocked(by: "b"))
            #expect(plugins.map(\.account.counts) == ["calls 1", "calls 1, blocks 1", "calls 1, errors 1"])
        }
    }

    @Test(
        "that fail before the one that denies decide, or not, by their policy",
        arguments: [ErrorPolicy.fail, .ignore]
    )
    func failsBeforeTheDecider(_ policy: ErrorPolicy) async throws {
        try await Rig.run { rig in
            let (plugins, hooks) = Self.band(
                [.failed(.failed, message: "it broke"), .denial(), .nothing],
                onError: policy
            )
            let outcome = await rig.invoke(Self.plan(hooks, rig), request: RequestState())
            let expected: HookOutcome =
                policy == .fail ? .failed(.failed, "it broke", by: "a") : .blocked(by: "b")
            #expect(outcome == expected)
            let blocks = policy == .fail ? "calls 1" : "calls 1, blocks 1"
            #expect(plugins.map(\.account.counts) == ["calls 1, errors 1", blocks, "calls 1"])
        }
    }

    @Test("are split by a writer, and those after it see what it has left")
    func writer() async throws {
        try await Rig.run { rig in
            let journal = Journal()
            let reader = { (name: String) in
                FakePlugin(name) { call in
                    journal.add("\(name) \(call.payload.root["name"]?.string ?? "")")
                    return .finished(.nothing)
                }.planned(isReadOnly: true)
            }
            let change = try PayloadBlock(json: #"{"name": "y"}"#)
            let writer = FakePlugin("writer") { _ in .finished(.effects { $0.reply = change }) }
            let plan = Self.plan([reader("a"), reader("b"), writer.planned(), reader("c"), reader("d")], rig)
            let payload = try PayloadBlock(json: #"{"name": "x"}"#)
            let outcome = await rig.invoke(plan, payload: payload, request: RequestState())
            #expect(outcome == HookOutcome(modifiedPayload: change))
            #expect(journal.all.prefix(2).sorted() == ["a x", "b x"])
            #expect(journal.all.dropFirst(2).sorted() == ["c y", "d y"])
        }
    }
}
