import PluginHooks
import PluginPayloads
import Synchronization
import Testing

@Suite("A hook that goes on after its function returned", .timeLimit(.minutes(1)))
struct SuspensionTests {
    /// Calls that wait for somebody to complete them.
    final class Waiting: Sendable {
        private let calls = Mutex<[HookCall]>([])
        private let gathering: Gathering

        init(for count: Int = 1) { gathering = Gathering(of: count) }

        /// A plugin that leaves its calls here.
        func plugin(_ name: String = "fake") -> FakePlugin {
            FakePlugin(name) { call in
                self.calls.withLock { $0.append(call) }
                self.gathering.arrive()
                return .pending
            }
        }

        /// All calls, once they are here.
        func all() async -> [HookCall] {
            await gathering.all.wait()
            return calls.withLock { calls in
                defer { calls = [] }
                return calls
            }
        }
    }

    @Test("is completed from any thread")
    func otherThread() async throws {
        try await Rig.run { rig in
            let plugin = FakePlugin { call in
                Thread.detach { #expect(call.complete(.denial())) }
                return .pending
            }
            for _ in 0..<200 {
                let outcome = await rig.invoke(plugin.planned())
                #expect(outcome == .blocked(by: "fake"))
            }
            #expect(plugin.account.counts == "calls 200, blocks 200")
            #expect(plugin.cancelled == 0)
        }
    }

    @Test("may be completed before it returns")
    func early() async throws {
        try await Rig.run { rig in
            let plugin = FakePlugin { call in
                #expect(call.complete(.denial()))
                #expect(!call.isOpen)
                return .pending
            }
            let outcome = await rig.invoke(plugin.planned())
            #expect(outcome == .blocked(by: "fake"))
            #expect(plugin.account.counts == "calls 1, blocks 1")
        }
    }

    @Test("is answered with what it completed with, even if it keeps its thread then")
    func earlyAndBlocked() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let plugin = FakePlugin { call in
                #expect(call.complete(.denial()))
                release.block()
                return .pending
            }
            let outcome = await rig.invoke(plugin.planned(timeout: FakePlugin.brief))
            #expect(outcome == .blocked(by: "fake"))
            #expect(plugin.account.counts == "calls 1, blocks 1, lost 1")
            release.send()
            await rig.recovered(plugin, late: 1)
            #expect(plugin.account.counts == "calls 1, blocks 1")
            #expect(plugin.cancelled == 0)
        }
    }

    @Test("is completed once: what comes after is dropped")
    func twice() async throws {
        try await Rig.run { rig in
            let waiting = Waiting()
            let call = rig.begin(waiting.plugin().planned())
            for suspended in await waiting.all() {
                #expect(suspended.isOpen)
                #expect(suspended.complete(.denial("FIRST")))
                #expect(!suspended.isOpen)
                #expect(!suspended.complete(.denial("SECOND")))
            }
            #expect(await call.value == .blocked("FIRST", by: "fake"))

            let early = FakePlugin { call in
                #expect(call.complete(.denial("FIRST")))
                #expect(!call.complete(.denial("SECOND")))
                return .pending
            }
            let outcome = await rig.invoke(early.planned())
            #expect(outcome == .blocked("FIRST", by: "fake"))
            #expect(early.account.counts == "calls 1, blocks 1")
        }
    }

    @Test("keeps no thread while it waits, and each call gets its own answer")
    func manyAtOnce() async throws {
        try await Rig.run { rig in
            let waiting = Waiting(for: 1000)
            let hook = waiting.plugin().planned()
            let calls = try (0..<1000).map { number in
                let payload = try PayloadBlock(JSONValue.object(["number": .int(Int64(number))]))
                let plan = rig.plan(hook)
                let request = RequestState()
                return Task { await rig.invoke(plan, payload: payload, request: request) }
            }
            let suspended = await waiting.all()
            #expect(await rig.invoke(FakePlugin().planned()) == HookOutcome())
            for call in suspended.reversed() {
                #expect(call.complete(.effects { $0.metadata = ["payload": call.payload.value] }))
            }
            for (number, call) in calls.enumerated() {
                #expect(await call.value == HookOutcome(metadata: ["payload": ["number": .int(Int64(number))]]))
            }
        }
    }

    @Test("is answered at its deadline, cancelled once, and may complete later without effect")
    func late() async throws {
        try await Rig.run { rig in
            let waiting = Waiting()
            let plugin = waiting.plugin("slow")
            let next = FakePlugin("next")
            let outcome = await rig.invoke(
                plugin.planned(mode: .permissive, timeout: FakePlugin.brief),
                next.planned()
            )
            #expect(outcome == HookOutcome())
            #expect(plugin.account.counts == "calls 1, timeouts 1")
            #expect(next.account.counts == "calls 1")
            for call in await waiting.all() {
                #expect(!call.isOpen)
                #expect(!call.complete(.denial()))
                #expect(!call.complete(.denial()))
            }
            #expect(plugin.account.counts == "calls 1, timeouts 1, late 1")
        }
    }

    @Test("is told that nobody waits, and may complete because of that")
    func completesWhenCancelled() async throws {
        try await Rig.run { rig in
            let cancelled = Signal()
            let plugin = FakePlugin(
                "slow",
                onCancel: { call in
                    #expect(!call.complete(.nothing))
                    cancelled.send()
                }
            ) { _ in .pending }
            let outcome = await rig.invoke(plugin.planned(timeout: FakePlugin.brief))
            #expect(outcome == lateOutcome(of: "slow", seconds: "0.02"))
            await cancelled.wait()
            #expect(plugin.account.counts == "calls 1, timeouts 1, late 1")
            #expect(plugin.cancelled == 1)
        }
    }

    @Test("is answered at its deadline if it never completes, also when nothing else happens")
    func never() async throws {
        try await Rig.run { rig in
            let plugin = FakePlugin("slow") { _ in .pending }
            for _ in 0..<50 {
                let outcome = await rig.invoke(plugin.planned(timeout: 1_000_000))
                #expect(outcome == lateOutcome(of: "slow", seconds: "0.001"))
            }
            #expect(plugin.account.counts == "calls 50, timeouts 50")
        }
    }

    @Test("that completes when the deadline comes is answered by one of the two")
    func race() async throws {
        try await Rig.run { rig in
            let plugin = FakePlugin("slow") { call in
                Thread.detach {
                    while Clock.now() < call.deadline {}
                    if call.complete(.denial()) { return }
                    #expect(!call.isOpen)
                }
                return .pending
            }
            for _ in 0..<100 {
                let outcome = await rig.invoke(plugin.planned(timeout: 1_000_000))
                let denied = HookOutcome.blocked(by: "slow")
                #expect(outcome == denied || outcome == lateOutcome(of: "slow", seconds: "0.001"))
            }
        }
    }

    @Test("loses its thread if its function returns late, and ends when it completes")
    func pendingLate() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let waiting = Waiting()
            let suspending = waiting.plugin("slow")
            let plugin = FakePlugin("slow", sharing: suspending.account) { call in
                release.block()
                return suspending.run(call)
            }
            let outcome = await rig.invoke(plugin.planned(timeout: FakePlugin.brief))
            #expect(outcome == lateOutcome(of: "slow", seconds: "0.02"))
            release.send()
            await rig.recovered(plugin, late: 1)
            #expect(plugin.account.counts == "calls 1, timeouts 1")
            for call in await waiting.all() { #expect(!call.complete(.nothing)) }
            #expect(plugin.account.counts == "calls 1, timeouts 1, late 1")
        }
    }
}
