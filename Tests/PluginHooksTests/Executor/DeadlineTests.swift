import PluginHooks
import PluginPayloads
import Synchronization
import Testing

@Suite("A hook that does not return in time", .timeLimit(.minutes(1)))
struct DeadlineTests {
    /// A plugin whose hook keeps its thread until the signal is sent, and denies then.
    private static func blocked(
        _ name: String = "slow",
        until release: Signal,
        entered: @escaping @Sendable () -> Void = {}
    ) -> FakePlugin {
        FakePlugin(name) { _ in
            entered()
            release.block()
            return .finished(.denial())
        }
    }

    @Test("is answered at its deadline, while it still keeps its thread")
    func answered() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let plugin = Self.blocked(until: release)
            #expect(
                await rig.invoke(plugin.planned(timeout: FakePlugin.brief)) == lateOutcome(of: "slow", seconds: "0.02")
            )
            #expect(plugin.account.counts == "calls 1, timeouts 1, lost 1")
            #expect(rig.executor.lostThreads.load(ordering: .relaxed) == 1)

            await rig.observer.wait(for: "slow tool_pre_invoke: thread lost, 1 in all")
            release.send()
            await rig.recovered(plugin, late: 1)
            #expect(plugin.account.counts == "calls 1, timeouts 1, late 1")
            #expect(rig.executor.lostThreads.load(ordering: .relaxed) == 0)
            #expect(
                rig.observer.events == [
                    "slow tool_pre_invoke: thread lost, 1 in all", "slow tool_pre_invoke: ended late",
                ]
            )
            let fast = FakePlugin()
            #expect(await rig.invoke(fast.planned()) == HookOutcome())
        }
    }

    @Test("is not answered before its deadline", arguments: [1_000_000, 3_000_000])
    func notEarly(_ timeout: UInt64) async throws {
        try await Rig.run { rig in
            let plugin = FakePlugin("slow") { _ in .pending }
            for _ in 0..<50 {
                let start = Clock.now()
                let outcome = await rig.invoke(plugin.planned(timeout: timeout))
                #expect(outcome.error?.code == .timeout)
                #expect(Clock.now() - start >= timeout)
            }
        }
    }

    @Test("is answered ten times in a row")
    func tenInARow() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let plugin = Self.blocked(until: release)
            for lost in 1...10 {
                let outcome = await rig.invoke(plugin.planned(timeout: 1_000_000))
                #expect(outcome == lateOutcome(of: "slow", seconds: "0.001"))
                #expect(plugin.account.lostThreads.load(ordering: .relaxed) == lost)
            }
            release.send()
            await rig.recovered(plugin, late: 10)
            #expect(plugin.account.counts == "calls 10, timeouts 10, late 10")
        }
    }

    @Test("does not keep other plugins waiting, even eight at once")
    func eightAtOnce() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let entered = Gathering(of: 8)
            let slow = Self.blocked(until: release) { entered.arrive() }
            let fast = FakePlugin("fast")
            let late = (0..<8).map { _ in rig.begin(slow.planned(timeout: FakePlugin.brief)) }
            await entered.all.wait()
            for _ in 0..<1000 { #expect(await rig.invoke(fast.planned()) == HookOutcome()) }
            for call in late { #expect(await call.value == lateOutcome(of: "slow", seconds: "0.02")) }
            for _ in 0..<1000 { #expect(await rig.invoke(fast.planned()) == HookOutcome()) }
            #expect(slow.account.counts == "calls 8, timeouts 8, lost 8")

            release.send()
            await rig.recovered(slow, late: 8)
            #expect(slow.account.counts == "calls 8, timeouts 8, late 8")
            #expect(fast.account.counts == "calls 2000")
        }
    }

    @Test("does not end the chain if its plugin is permissive")
    func permissive() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let slow = Self.blocked(until: release)
            let next = FakePlugin("next") { call in
                .finished(.effects { $0.metadata = ["next": .string("\(call.payload.value)")] })
            }
            let outcome = await rig.invoke(
                slow.planned(mode: .permissive, timeout: FakePlugin.brief),
                next.planned()
            )
            #expect(outcome == HookOutcome(metadata: ["next": "{}"]))
            #expect(slow.account.counts == "calls 1, timeouts 1, lost 1")
            await rig.observer.wait(for: "slow tool_pre_invoke: PLUGIN_TIMEOUT ignored")
            release.send()
            await rig.recovered(slow, late: 1)
        }
    }

    @Test("has no effect any more")
    func lateEffects() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let value = try PayloadBlock(JSONValue.int(1))
            let plugin = FakePlugin("slow") { call in
                release.block()
                #expect(!call.isOpen)
                return .finished(
                    .effects {
                        $0.stateWrites = [StateWrite(scope: .globalState, key: "late", value: value)]
                        $0.metadata = ["late": true]
                    }
                )
            }
            let request = RequestState()
            let plan = rig.plan(plugin.planned(timeout: FakePlugin.brief))
            #expect(await rig.invoke(plan, request: request) == lateOutcome(of: "slow", seconds: "0.02"))
            release.send()
            await rig.recovered(plugin, late: 1)
            #expect(request.all(scope: .globalState, plugin: 0).isEmpty)
        }
    }

    @Test("is cancelled once, beside the hook")
    func cancelled() async throws {
        try await Rig.run { rig in
            let cancelled = Signal()
            // The hook returns because it was cancelled, and only then.
            let plugin = FakePlugin("slow", onCancel: { _ in cancelled.send() }) { _ in
                cancelled.block()
                return .finished(.nothing)
            }
            let outcome = await rig.invoke(plugin.planned(timeout: FakePlugin.brief))
            #expect(outcome == lateOutcome(of: "slow", seconds: "0.02"))
            await rig.recovered(plugin, late: 1)
            #expect(plugin.cancelled == 1)
        }
    }

    @Test("is not cancelled when it has ended meanwhile")
    func endedBeforeCancel() async throws {
        // One thread at a time: it goes on with the chain first, and would cancel after that.
        try await Rig.run(threads: 1, limits: HookExecutor.Limits(threads: 1)) { rig in
            let release = Signal()
            let slow = Self.blocked(until: release)
            let returned = Signal()
            let next = FakePlugin("next") { _ in
                release.send()
                returned.block()
                return .finished(.nothing)
            }
            let call = rig.begin(
                slow.planned(mode: .permissive, timeout: FakePlugin.brief),
                next.planned()
            )
            await rig.recovered(slow, late: 1)
            returned.send()
            #expect(await call.value == HookOutcome())
            // The queue is served in order, so the cancellation's turn is over when this is done.
            #expect(await rig.invoke(FakePlugin().planned()) == HookOutcome())
            #expect(slow.cancelled == 0)
        }
    }

    @Test("is not cancelled when it ended in time")
    func noCancel() async throws {
        try await Rig.run { rig in
            let plugin = FakePlugin()
            for _ in 0..<100 { #expect(await rig.invoke(plugin.planned()) == HookOutcome()) }
            #expect(plugin.cancelled == 0)
        }
    }

    @Test("loses another thread if cancelling it blocks as well")
    func blockingCancel() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let plugin = FakePlugin("slow", onCancel: { _ in release.block() }) { _ in
                release.block()
                return .finished(.nothing)
            }
            let outcome = await rig.invoke(plugin.planned(timeout: FakePlugin.brief))
            #expect(outcome == lateOutcome(of: "slow", seconds: "0.02"))
            await rig.observer.wait(for: "slow tool_pre_invoke: thread lost, 2 in all")
            #expect(await rig.invoke(FakePlugin().planned()) == HookOutcome())
            release.send()
            await rig.recovered(plugin, late: 2)
            #expect(plugin.account.counts == "calls 1, timeouts 1, late 1")
            #expect(rig.executor.lostThreads.load(ordering: .relaxed) == 0)
        }
    }

    @Test("may wait as long as its timeout says, and more hooks may than there are threads")
    func moreThanThreads() async throws {
        try await Rig.run(threads: 2) { rig in
            // Each hook returns when all have been entered: they run at the same time, or never end.
            let entered = Gathering(of: 40)
            let plugin = FakePlugin { _ in
                entered.arrive()
                entered.all.block()
                return .finished(.nothing)
            }
            let calls = (0..<40).map { _ in rig.begin(plugin.planned()) }
            for call in calls { #expect(await call.value == HookOutcome()) }
            #expect(plugin.account.counts == "calls 40")
        }
    }

    @Test("has all the time there is with the longest timeout")
    func longestTimeout() async throws {
        try await Rig.run { rig in
            let plugin = FakePlugin()
            #expect(await rig.invoke(plugin.planned(timeout: .max)) == HookOutcome())
            #expect(await rig.invoke(plugin.planned(timeout: .max, isInline: true)) == HookOutcome())
            #expect(plugin.account.counts == "calls 2")
        }
    }
}
