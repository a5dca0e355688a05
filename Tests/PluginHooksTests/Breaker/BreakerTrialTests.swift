import PluginHooks
import PluginPayloads
import Synchronization
import Testing

@Suite("The trial of a breaker")
struct BreakerTrialTests {
    private static func open(_ account: PluginAccount, _ rig: Rig) async {
        let failing = FakePlugin(sharing: account) { _ in .finished(.failed(.failed, message: "boom")) }
        for _ in 0..<3 { _ = await rig.invoke(failing.planned(onError: .ignore)) }
    }

    @Test("is one call of many that come at the same time", arguments: [false, true])
    func oneOfMany(isSerial: Bool) async throws {
        try await Rig.run(threads: 4) { rig in
            let clock = TestClock()
            let account = clock.account(isSerial: isSerial)
            await Self.open(account, rig)
            clock.advance(by: 30)
            let (begun, goes) = (Signal(), Signal())
            let calls = Atomic<Int>(0)
            let plugin = FakePlugin(sharing: account) { _ in
                calls.add(1, ordering: .relaxed)
                begun.send()
                goes.block()
                return .finished(.nothing)
            }
            let trial = rig.begin(plugin.planned())
            await begun.wait()
            let others = (0..<50).map { _ in rig.begin(plugin.planned()) }
            for other in others { #expect(await other.value.error?.code == .unavailable) }
            #expect(calls.load(ordering: .relaxed) == 1)
            goes.send()
            #expect(await trial.value == HookOutcome())
            #expect(await rig.invoke(plugin.planned()) == HookOutcome())
            #expect(calls.load(ordering: .relaxed) == 2)
        }
    }

    @Test("that is late opens it again, and its end afterwards changes nothing")
    func late() async throws {
        try await Rig.run { rig in
            let clock = TestClock()
            let account = clock.account()
            await Self.open(account, rig)
            clock.advance(by: 30)
            let goes = Signal()
            let plugin = FakePlugin(sharing: account) { _ in
                goes.block()
                return .finished(.nothing)
            }
            #expect(
                await rig.invoke(plugin.planned(timeout: FakePlugin.brief)) == lateOutcome(of: "fake", seconds: "0.02")
            )
            #expect(account.breaker.status.state == .open)
            goes.send()
            await rig.recovered(plugin, late: 1)
            #expect(account.breaker.status.state == .open)
            #expect(account.breaker.status.retryNanoseconds == 60_000_000_000)
        }
    }

    @Test("in a group goes on until its call ends, although another member has decided")
    func withdrawn() async throws {
        try await Rig.run(threads: 4) { rig in
            let clock = TestClock()
            let account = clock.account()
            await Self.open(account, rig)
            clock.advance(by: 30)
            let (begun, goes) = (Signal(), Signal())
            let plugin = FakePlugin(sharing: account) { _ in
                begun.send()
                goes.block()
                return .finished(.nothing)
            }
            let denying = FakePlugin("denying") { _ in
                begun.block()
                return .finished(.denial())
            }
            let outcome = await rig.invoke(plugin.planned(mode: .concurrent), denying.planned(mode: .concurrent))
            #expect(outcome == .blocked(by: "denying"))
            #expect(await rig.invoke(plugin.planned()).error?.code == .unavailable)
            #expect(account.breaker.status.state == .halfOpen)
            goes.send()
            // The end of a call that nobody waits for has no event; the next call is let through once it has come.
            while await rig.invoke(plugin.planned()).error != nil { await Task.yield() }
            #expect(account.breaker.status.state == .closed)
        }
    }

    @Test("can be a call that nobody waits for")
    func background() async throws {
        try await Rig.run { rig in
            let clock = TestClock()
            let account = clock.account()
            await Self.open(account, rig)
            let plugin = FakePlugin(sharing: account) { _ in .finished(.nothing) }
            _ = await rig.invoke(plugin.planned(mode: .fireAndForget))
            await rig.executor.drainBackground()
            #expect(account.totals.calls == 3)
            clock.advance(by: 30)
            _ = await rig.invoke(plugin.planned(mode: .fireAndForget))
            await rig.observer.wait(for: "fake tool_pre_invoke: closed")
            #expect(account.totals.calls == 4)
        }
    }

    @Test("of calls that run inline is one at a time, too; threads may ask at once")
    func storm() async throws {
        try await Rig.run(threads: 4) { rig in
            let clock = TestClock()
            let account = clock.account()
            await Self.open(account, rig)
            // From here on it never closes, so each call is a trial.
            let inside = Atomic<Int>(0)
            let most = Atomic<Int>(0)
            let isBroken = Atomic<Bool>(true)
            let plugin = FakePlugin(sharing: account) { _ in
                most.max(inside.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
                defer { inside.subtract(1, ordering: .relaxed) }
                return isBroken.load(ordering: .relaxed)
                    ? .finished(.failed(.failed, message: "x")) : .finished(.nothing)
            }
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        for round in 0..<2_000 {
                            _ = await rig.invoke(plugin.planned(onError: .ignore, isInline: round % 2 == 0))
                            if round % 100 == 0 { clock.advance(by: 301) }
                        }
                    }
                }
            }
            #expect(most.load(ordering: .relaxed) == 1)
            #expect(account.breaker.status.opens > 20)
            isBroken.store(false, ordering: .relaxed)
            clock.advance(by: 301)
            #expect(await rig.invoke(plugin.planned(isInline: true)) == HookOutcome())
            #expect(account.breaker.status.state == .closed)
        }
    }
}
