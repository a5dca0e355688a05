import PluginHooks
import PluginPayloads
import Synchronization
import Testing

@Suite("A plugin in mode fire_and_forget", .timeLimit(.minutes(1)))
struct BackgroundTests {
    /// A plugin that notes the payloads that it sees.
    private static func noting(_ journal: Journal, _ response: HookResponse = .nothing) -> FakePlugin {
        FakePlugin("background") { call in
            journal.add("\(call.payload.root["name"]?.string ?? "none")")
            return .finished(response)
        }
    }

    private static func payload(_ name: String = "x") throws -> PayloadBlock {
        try PayloadBlock(JSONValue.object(["name": .string(name)]))
    }

    static let ends: [(String, HookResponse, HookOutcome, calls: [String])] = [
        ("passes", .nothing, HookOutcome(), ["x"]),
        ("is blocked", .denial(), .blocked(by: "other"), ["x"]),
        ("fails", .failed(.failed, message: "it broke"), .failed(.failed, "it broke", by: "other"), []),
    ]

    @Test(
        "gets the payload as it was at first when a request passes or is blocked, and no failed one",
        arguments: ends,
        [false, true]
    )
    func original(
        _ end: (String, HookResponse, HookOutcome, calls: [String]),
        isInline: Bool
    ) async throws {
        try await Rig.run { rig in
            let journal = Journal()
            let change = try Self.payload("y")
            let writer = FakePlugin("writer") { _ in .finished(.effects { $0.reply = change }) }
            let other = FakePlugin("other") { _ in .finished(end.1) }
            let plan = rig.plan(
                Self.noting(journal).planned(mode: .fireAndForget, priority: 1),
                writer.planned(isInline: isInline),
                other.planned(isInline: isInline)
            )
            let outcome = await rig.invoke(plan, payload: try Self.payload(), request: RequestState())
            var expected = end.2
            if expected.continueProcessing { expected.modifiedPayload = change }
            #expect(outcome == expected)
            await rig.executor.drainBackground()
            #expect(journal.all == end.calls)
        }
    }

    @Test("is not called for a payload that is too large")
    func tooLarge() async throws {
        try await Rig.run { rig in
            let journal = Journal()
            let plan = HookPlan(
                [Self.noting(journal).planned(mode: .fireAndForget)],
                limits: PayloadLimits(maxBlockBytes: 1),
                observer: rig.observer
            )
            let outcome = await rig.invoke(plan, request: RequestState())
            #expect(outcome.error?.code == .payloadTooLarge)
            await rig.executor.drainBackground()
            #expect(journal.all == [])
        }
    }

    @Test("changes nothing that others see, and keeps its own state")
    func effects() async throws {
        try await Rig.run { rig in
            let value = try PayloadBlock(JSONValue.int(1))
            let change = try Self.payload("z")
            let scopes: [RequestState.Scope] = [.pluginState, .pluginMetadata, .globalState, .globalMetadata]
            let plugin = FakePlugin("background") { _ in
                .finished(
                    .effects {
                        $0.reply = change
                        $0.denial = .denied("NO", by: "")
                        $0.report = .denied("SEEN", by: "")
                        $0.metadata = ["k": 1]
                        $0.httpHeaders = ["x": "1"]
                        $0.retryDelayMilliseconds = 5
                        $0.stateWrites = scopes.map { StateWrite(scope: $0, key: "k", value: value) }
                    }
                )
            }
            let request = RequestState.recording()
            let plan = rig.plan(plugin.planned(stateKey: 1, mode: .fireAndForget))
            #expect(await rig.invoke(plan, payload: try Self.payload(), request: request) == HookOutcome())
            await rig.executor.drainBackground()
            #expect(scopes.map { request.value(of: "k", scope: $0, plugin: 1)?.value } == [1, 1, nil, nil])
            #expect(plugin.account.counts == "calls 1")
            #expect(rig.observer.events == [])
        }
    }

    @Test("is called for the requests that its conditions match, by their payload at first")
    func conditions() async throws {
        try await Rig.run { rig in
            let journal = Journal()
            var tools = HookConditions.Alternative()
            tools.tools = ["x"]
            let change = try Self.payload("y")
            let writer = FakePlugin("writer") { _ in .finished(.effects { $0.reply = change }) }
            let plan = rig.plan(
                writer.planned(),
                Self.noting(journal).planned(mode: .fireAndForget, conditions: [tools])
            )
            for name in ["x", "y", "x", "z"] {
                _ = await rig.invoke(plan, payload: try Self.payload(name), request: RequestState())
            }
            await rig.executor.drainBackground()
            #expect(journal.all == ["x", "x"])
        }
    }

    @Test("keeps no request waiting, and is waited for at the end")
    func drain() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let suspended = Mutex<[HookCall]>([])
            let isSuspended = Gathering(of: 3)
            let blocking = FakePlugin("blocking") { _ in
                release.block()
                return .finished(.nothing)
            }
            let suspending = FakePlugin("suspending") { call in
                suspended.withLock { $0.append(call) }
                isSuspended.arrive()
                return .pending
            }
            let plan = rig.plan(
                blocking.planned(mode: .fireAndForget),
                suspending.planned(mode: .fireAndForget)
            )
            for _ in 0..<3 { #expect(await rig.invoke(plan, request: RequestState()) == HookOutcome()) }
            let journal = Journal()
            let drained = Task {
                await rig.executor.drainBackground()
                journal.add("drained")
            }
            await isSuspended.all.wait()
            for call in suspended.withLock({ $0 }) { #expect(call.complete(.nothing)) }
            #expect(await rig.invoke(FakePlugin().planned()) == HookOutcome())
            #expect(journal.all == [])
            journal.add("release")
            release.send()
            await drained.value
            #expect(journal.all == ["release", "drained"])
            #expect([blocking, suspending].map(\.account.counts) == ["calls 3", "calls 3"])
            await rig.executor.drainBackground()
        }
    }

    @Test("has as many calls at once as the pool has places")
    func pool() async throws {
        try await Rig.run(limits: HookExecutor.Limits(pool: 3)) { rig in
            let inside = Atomic<Int>(0)
            let entered = Gathering(of: 3)
            let plugin = FakePlugin("background") { _ in
                #expect(inside.add(1, ordering: .acquiringAndReleasing).newValue <= 3)
                entered.arrive()
                entered.all.block()
                inside.subtract(1, ordering: .acquiringAndReleasing)
                return .finished(.nothing)
            }
            let plan = rig.plan(plugin.planned(mode: .fireAndForget))
            for _ in 0..<200 { #expect(await rig.invoke(plan, request: RequestState()) == HookOutcome()) }
            await rig.executor.drainBackground()
            #expect(plugin.account.counts == "calls 200")
        }
    }

    @Test("loses calls when too many wait, which is said once for each power of two")
    func drops() async throws {
        try await Rig.run(limits: HookExecutor.Limits(pool: 1)) { rig in
            let release = Signal()
            let plugin = FakePlugin("background") { _ in
                release.block()
                return .finished(.nothing)
            }
            let plan = rig.plan(plugin.planned(mode: .fireAndForget))
            let request = RequestState()
            for _ in 0..<10_011 { #expect(await rig.invoke(plan, request: request) == HookOutcome()) }
            #expect(plugin.account.dropped.load(ordering: .relaxed) == 10)
            #expect(rig.observer.events == [1, 2, 4, 8].map { "background tool_pre_invoke: \($0) dropped" })
            release.send()
            await rig.executor.drainBackground()
            #expect(plugin.account.counts == "calls 10001")
        }
    }

    @Test("fails for nobody else, but is counted, and switched off if that is configured")
    func errors() async throws {
        try await Rig.run { rig in
            let plugin = FakePlugin("background") { _ in .finished(.failed(.failed, message: "it broke")) }
            for onError: ErrorPolicy in [.fail, .ignore, .disable, .disable] {
                let plan = rig.plan(plugin.planned(mode: .fireAndForget, onError: onError))
                #expect(await rig.invoke(plan, request: RequestState()) == HookOutcome())
                await rig.executor.drainBackground()
            }
            #expect(plugin.account.counts == "calls 3, errors 3, off")
            #expect(
                rig.observer.events == [
                    "background tool_pre_invoke: PLUGIN_ERROR ignored",
                    "background tool_pre_invoke: PLUGIN_ERROR ignored",
                    "background tool_pre_invoke: PLUGIN_ERROR switches it off",
                ]
            )
        }
    }

    // MARK: Required

    @Test("that is required and cannot be called fails a request that would pass, and no blocked one")
    func required() async throws {
        try await Rig.run { rig in
            let clock = TestClock()
            let failing = FakePlugin(sharing: clock.account()) { _ in .finished(.failed(.failed, message: "boom")) }
            for _ in 0..<3 { _ = await rig.invoke(failing.planned(onError: .ignore)) }
            let required = failing.planned(mode: .fireAndForget, isRequired: true)
            let journal = Journal()
            let other = Self.noting(journal).planned(mode: .fireAndForget, isRequired: true)
            let text =
                "plugin fake is switched off for another 30 s after 3 failures in a row, last: PLUGIN_ERROR: boom"
            #expect(await rig.invoke(other, required) == .failed(.unavailable, text, by: "fake"))
            await rig.executor.drainBackground()
            #expect(journal.all == [])
            let denying = FakePlugin("denying") { _ in .finished(.denial()) }
            #expect(await rig.invoke(denying.planned(), other, required) == .blocked(by: "denying"))
            await rig.executor.drainBackground()
            #expect(journal.all == ["none"])
            #expect(failing.account.breaker.status.refusals == 2)
        }
    }

    @Test("that is required is seen by every request that passes, also while its breaker tries it")
    func requiredTrial() async throws {
        try await Rig.run(threads: 4) { rig in
            let clock = TestClock()
            let account = clock.account()
            let failing = FakePlugin(sharing: account) { _ in .finished(.failed(.failed, message: "boom")) }
            for _ in 0..<3 { _ = await rig.invoke(failing.planned(onError: .ignore)) }
            clock.advance(by: 30)
            let release = Signal()
            let plugin = FakePlugin(sharing: account) { _ in
                release.block()
                return .finished(.nothing)
            }
            let plan = rig.plan(plugin.planned(mode: .fireAndForget, isRequired: true))
            let passed = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<100 {
                    group.addTask { await rig.invoke(plan, request: RequestState()).continueProcessing }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(passed == 1)
            release.send()
            await rig.executor.drainBackground()
            #expect(account.totals.calls == 4)
        }
    }

    @Test("that is required fails requests when too many calls wait, and no other plugin of theirs is called")
    func requiredDrops() async throws {
        try await Rig.run(limits: HookExecutor.Limits(pool: 1)) { rig in
            let release = Signal()
            let plugins = ["a", "b"].map { name in
                FakePlugin(name) { _ in
                    release.block()
                    return .finished(.nothing)
                }
            }
            let plan = HookPlan(
                plugins.map { $0.planned(mode: .fireAndForget, isRequired: true) },
                observer: rig.observer
            )
            // One runs, and 10,000 may wait: the last place is of no use to two.
            for _ in 0..<5_000 { #expect(await rig.invoke(plan, request: RequestState()) == HookOutcome()) }
            let text = "plugin a cannot be started: too many calls wait in the background"
            for _ in 0..<2 {
                #expect(await rig.invoke(plan, request: RequestState()) == .failed(.overloaded, text, by: "a"))
            }
            #expect(plugins.map { $0.account.dropped.load(ordering: .relaxed) } == [2, 2])
            release.send()
            await rig.executor.drainBackground()
            #expect(plugins.map(\.account.counts) == ["calls 5000", "calls 5000"])
        }
    }

    @Test("that is required fails requests once on_error: disable has switched it off")
    func requiredIsOff() async throws {
        try await Rig.run { rig in
            let plugin = FakePlugin { _ in .finished(.failed(.failed, message: "boom")) }
            let plan = rig.plan(plugin.planned(mode: .fireAndForget, onError: .disable, isRequired: true))
            #expect(await rig.invoke(plan, request: RequestState()) == HookOutcome())
            await rig.executor.drainBackground()
            let text = "plugin fake is switched off, because it has failed and has on_error: disable"
            #expect(await rig.invoke(plan, request: RequestState()) == .failed(.unavailable, text, by: "fake"))
        }
    }

    @Test("may be late, which is its own error, and loses its thread")
    func late() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let plugin = FakePlugin("background") { _ in
                release.block()
                return .finished(.nothing)
            }
            let plan = rig.plan(plugin.planned(mode: .fireAndForget, timeout: FakePlugin.brief))
            #expect(await rig.invoke(plan, request: RequestState()) == HookOutcome())
            await rig.executor.drainBackground()
            #expect(plugin.account.counts == "calls 1, timeouts 1, lost 1")
            release.send()
            await rig.recovered(plugin, late: 1)
            #expect(
                rig.observer.events.sorted() == [
                    "background tool_pre_invoke: PLUGIN_TIMEOUT ignored",
                    "background tool_pre_invoke: ended late",
                    "background tool_pre_invoke: thread lost, 1 in all",
                ]
            )
        }
    }
}
