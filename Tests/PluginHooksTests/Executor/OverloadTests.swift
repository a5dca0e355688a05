import PluginHooks
import PluginPayloads
import Synchronization
import Testing

@Suite("A plugin whose calls do not return", .timeLimit(.minutes(1)))
struct OverloadTests {
    private static func blocked(_ name: String, until release: Signal) -> FakePlugin {
        FakePlugin(name) { _ in
            release.block()
            return .finished(.nothing)
        }
    }

    private static func refusal(_ message: String, of plugin: String) -> HookOutcome {
        HookOutcome(
            continueProcessing: false,
            error: PluginError(code: .overloaded, message: message, pluginName: plugin)
        )
    }

    private static let message = "2 calls of plugin slow have not returned; it is called again when one does"

    @Test("is not called any more until one of them does")
    func perPlugin() async throws {
        try await Rig.run(limits: HookExecutor.Limits(lostThreadsPerPlugin: 2)) { rig in
            let release = Signal()
            let slow = Self.blocked("slow", until: release)
            for _ in 0..<2 {
                let outcome = await rig.invoke(slow.planned(timeout: FakePlugin.brief))
                #expect(outcome == lateOutcome(of: "slow", seconds: "0.02"))
            }
            #expect(await rig.invoke(slow.planned()) == Self.refusal(Self.message, of: "slow"))
            #expect(await rig.invoke(slow.planned(isInline: true)) == Self.refusal(Self.message, of: "slow"))
            #expect(await rig.invoke(slow.planned(mode: .permissive)) == HookOutcome())
            #expect(await rig.invoke(FakePlugin("fast").planned()) == HookOutcome())
            #expect(slow.account.counts == "calls 5, errors 3, timeouts 2, lost 2")

            release.send()
            await rig.recovered(slow, late: 2)
            #expect(await rig.invoke(slow.planned()) == HookOutcome())
            #expect(slow.account.counts == "calls 6, errors 3, timeouts 2, late 2")
        }
    }

    @Test("is reported when it is not called any more, and when it is called again, once each")
    func reported() async throws {
        try await Rig.run(limits: HookExecutor.Limits(lostThreads: 2, lostThreadsPerPlugin: 2)) { rig in
            let releases = [Signal(), Signal()]
            let account = PluginAccount(name: "slow", isSerial: false)
            let slow = releases.map { release in
                FakePlugin(sharing: account) { _ in
                    release.block()
                    return .finished(.nothing)
                }
            }
            for plugin in slow { _ = await rig.invoke(plugin.planned(timeout: FakePlugin.brief)) }
            await rig.observer.wait(for: "all: not called any more, 2 lost")
            for _ in 0..<5 { _ = await rig.invoke(slow[0].planned()) }
            releases[0].send()
            await rig.observer.wait(for: "all: called again, 1 lost")
            releases[1].send()
            await rig.recovered(slow[1], late: 2)
            #expect(
                rig.observer.events.filter { $0.contains("called") } == [
                    "slow: not called any more, 2 lost", "all: not called any more, 2 lost",
                    "slow: called again, 1 lost", "all: called again, 1 lost",
                ]
            )
        }
    }

    @Test("is called sixteen times before that, if nothing else is configured")
    func sixteen() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let slow = Self.blocked("slow", until: release)
            let calls = (0..<16).map { _ in rig.begin(slow.planned(timeout: FakePlugin.brief)) }
            for call in calls { #expect(await call.value == lateOutcome(of: "slow", seconds: "0.02")) }
            let message = "16 calls of plugin slow have not returned; it is called again when one does"
            #expect(await rig.invoke(slow.planned()) == Self.refusal(message, of: "slow"))
            release.send()
            await rig.recovered(slow, late: 16)
            #expect(slow.account.counts == "calls 17, errors 1, timeouts 16, late 16")
        }
    }

    @Test("keeps others from being called, if too many threads are lost in all and theirs may be lost too")
    func inAll() async throws {
        try await Rig.run(limits: HookExecutor.Limits(lostThreads: 3)) { rig in
            let release = Signal()
            let slow = ["a", "b", "c"].map { Self.blocked($0, until: release) }
            for plugin in slow { _ = await rig.invoke(plugin.planned(timeout: FakePlugin.brief)) }
            let fast = FakePlugin("fast")
            let message = "3 calls of plugins have not returned (max_lost_threads)"
            #expect(await rig.invoke(fast.planned()) == Self.refusal(message, of: "fast"))
            #expect(await rig.invoke(fast.planned(isInline: true)) == HookOutcome())

            release.send()
            for plugin in slow { await rig.recovered(plugin, late: 1) }
            #expect(await rig.invoke(fast.planned()) == HookOutcome())
        }
    }

    @Test("is still asked to cancel, which may free its threads")
    func cancelled() async throws {
        try await Rig.run(limits: HookExecutor.Limits(lostThreadsPerPlugin: 1)) { rig in
            let cancelled = Signal()
            let slow = FakePlugin("slow", onCancel: { _ in cancelled.send() }) { _ in
                cancelled.block()
                return .finished(.nothing)
            }
            _ = await rig.invoke(slow.planned(timeout: FakePlugin.brief))
            await rig.recovered(slow, late: 1)
            #expect(await rig.invoke(slow.planned()) == HookOutcome())
        }
    }

    @Test("is not asked to cancel any more when that does not return either")
    func blockingCancel() async throws {
        try await Rig.run(limits: HookExecutor.Limits(lostThreadsPerPlugin: 1)) { rig in
            let release = Signal()
            let isSuspended = Signal()
            let slow = FakePlugin("slow", onCancel: { _ in release.block() }) { _ in
                isSuspended.send()
                return .pending
            }
            let later = rig.begin(slow.planned(timeout: 5 * FakePlugin.brief))
            await isSuspended.wait()
            let first = rig.begin(slow.planned(timeout: FakePlugin.brief))
            _ = await first.value
            #expect(await later.value == lateOutcome(of: "slow", seconds: "0.1"))
            await rig.observer.wait(for: "slow tool_pre_invoke: thread lost, 1 in all")
            // The queue is served in order, so the other cancellation's turn is over when this is done.
            for _ in 0..<10 { #expect(await rig.invoke(FakePlugin().planned()) == HookOutcome()) }
            #expect(slow.cancelled == 1)
            release.send()
            await rig.recovered(slow, late: 1)
        }
    }

    @Test("leaves the work of its lanes waiting until one of them does")
    func lanes() async throws {
        try await Rig.run(limits: HookExecutor.Limits(lostThreadsPerPlugin: 1)) { rig in
            let release = Signal()
            let slow = Self.blocked("slow", until: release)
            let waiting = Mutex<HookCall?>(nil)
            let suspended = Signal()
            let suspending = FakePlugin("slow", sharing: slow.account) { call in
                waiting.withLock { $0 = call }
                suspended.send()
                return .pending
            }
            let pending = rig.begin(suspending.planned())
            await suspended.wait()
            _ = await rig.invoke(slow.planned(timeout: FakePlugin.brief))

            let journal = Journal()
            let call = try #require(waiting.withLock { $0.take() })
            rig.executor.submit(
                {
                    journal.add("job")
                    _ = call.complete(.nothing)
                },
                to: call
            )
            for _ in 0..<10 { #expect(await rig.invoke(FakePlugin().planned()) == HookOutcome()) }
            #expect(journal.all == [])
            release.send()
            #expect(await pending.value == HookOutcome())
            #expect(journal.all == ["job"])
            await rig.recovered(slow, late: 1)
        }
    }
}
