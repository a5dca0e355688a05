import PluginHooks
import PluginPayloads
import Synchronization
import Testing

@Suite("A plugin that takes one call at a time", .timeLimit(.minutes(1)))
struct SerialPluginTests {
    /// Waits until that many calls wait for their turn.
    private static func waiting(_ count: Int, for plugin: FakePlugin) async {
        while plugin.account.waitingCalls != count { await Task.yield() }
    }

    /// A serial plugin whose calls are suspended; the test completes them one by one.
    final class Stepping: Sendable {
        private let arrived = Mutex<[HookCall]>([])
        private let arrivals: [Signal]
        private let entered = Atomic<Int>(0)

        init(_ count: Int) { arrivals = (0..<count).map { _ in Signal() } }

        func plugin() -> FakePlugin {
            FakePlugin("serial", isSerial: true) { call in
                self.arrived.withLock { $0.append(call) }
                self.arrivals[self.entered.add(1, ordering: .relaxed).oldValue].send()
                return .pending
            }
        }

        /// Waits until a call has got its turn.
        func turn(_ index: Int) async { await arrivals[index].wait() }

        /// Completes a call when it has got its turn, and lets go of it.
        func complete(_ index: Int) async {
            await turn(index)
            let call = arrived.withLock { $0.removeFirst() }
            #expect(call.complete(.effects { $0.metadata = ["turn": .int(Int64(index))] }))
        }
    }

    @Test("gets its calls in the order of their arrival")
    func order() async throws {
        try await Rig.run(threads: 4) { rig in
            let steps = Stepping(20)
            let plugin = steps.plugin()
            var calls: [Task<HookOutcome, Never>] = []
            for number in 0..<20 {
                calls.append(rig.begin(plugin.planned()))
                await steps.turn(0)
                await Self.waiting(number, for: plugin)
            }
            for index in 0..<20 { await steps.complete(index) }
            for (index, call) in calls.enumerated() {
                #expect(await call.value == HookOutcome(metadata: ["turn": .int(Int64(index))]))
            }
        }
    }

    @Test("never gets two, however many come and however they end")
    func exclusion() async throws {
        try await Rig.run(threads: 4) { rig in
            let inside = Atomic<Int>(0)
            let plugin = FakePlugin("serial", isSerial: true) { [executor = rig.executor] call in
                #expect(inside.add(1, ordering: .acquiringAndReleasing).newValue == 1)
                guard call.payload.root["suspends"]?.bool == true else {
                    inside.subtract(1, ordering: .acquiringAndReleasing)
                    return .finished(.nothing)
                }
                executor.submit(
                    {
                        inside.subtract(1, ordering: .acquiringAndReleasing)
                        _ = call.complete(.nothing)
                    },
                    to: call
                )
                return .pending
            }
            let plan = rig.plan(plugin.planned(isInline: true))
            await withTaskGroup { group in
                for number in 0..<8 {
                    group.addTask {
                        for round in 0..<200 {
                            let payload = try? PayloadBlock(
                                JSONValue.object(["suspends": .bool((number + round).isMultiple(of: 3))])
                            )
                            guard let payload else { return }
                            let request = RequestState()
                            #expect(await rig.invoke(plan, payload: payload, request: request) == HookOutcome())
                        }
                    }
                }
            }
            #expect(plugin.account.counts == "calls 1600")
        }
    }

    @Test("lets calls that wait too long go, without a thread")
    func timeout() async throws {
        try await Rig.run { rig in
            let steps = Stepping(2)
            let plugin = steps.plugin()
            let first = rig.begin(plugin.planned())
            await steps.turn(0)
            let second = rig.begin(plugin.planned(timeout: FakePlugin.brief))
            #expect(await second.value == lateOutcome(of: "serial", seconds: "0.02"))
            #expect(plugin.account.counts == "calls 2, timeouts 1")
            #expect(plugin.account.waitingCalls == 0)

            let third = rig.begin(plugin.planned())
            await Self.waiting(1, for: plugin)
            await steps.complete(0)
            #expect(await first.value == HookOutcome(metadata: ["turn": 0]))
            await steps.complete(1)
            #expect(await third.value == HookOutcome(metadata: ["turn": 1]))
        }
    }

    @Test("keeps others waiting while a call that was given up has not returned")
    func lostCall() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let plugin = FakePlugin("serial", isSerial: true) { call in
                if call.payload.root["blocks"]?.bool == true { release.block() }
                return .finished(.nothing)
            }
            let blocks = try PayloadBlock(json: #"{"blocks": true}"#)
            let plan = rig.plan(plugin.planned(timeout: FakePlugin.brief))
            let request = RequestState()
            for _ in 0..<3 {
                let outcome = await rig.invoke(plan, payload: blocks, request: request)
                #expect(outcome == lateOutcome(of: "serial", seconds: "0.02"))
                #expect(plugin.account.lostThreads.load(ordering: .relaxed) == 1)
            }
            let next = rig.begin(plugin.planned())
            await Self.waiting(1, for: plugin)
            release.send()
            #expect(await next.value == HookOutcome())
            await rig.recovered(plugin, late: 1)
            #expect(plugin.account.counts == "calls 4, timeouts 3, late 1")
        }
    }

    @Test("is called for one that has waited, even if too many threads are lost when its turn comes")
    func overloadedWhileWaiting() async throws {
        try await Rig.run(limits: HookExecutor.Limits(lostThreads: 1)) { rig in
            let steps = Stepping(3)
            let plugin = steps.plugin()
            let first = rig.begin(plugin.planned())
            await steps.turn(0)
            let second = rig.begin(plugin.planned())
            await Self.waiting(1, for: plugin)

            let release = Signal()
            let slow = FakePlugin("slow") { _ in
                release.block()
                return .finished(.nothing)
            }
            _ = await rig.invoke(slow.planned(timeout: FakePlugin.brief))
            await steps.complete(0)
            await steps.turn(1)
            release.send()
            await rig.recovered(slow, late: 1)

            let third = rig.begin(plugin.planned())
            await Self.waiting(1, for: plugin)
            await steps.complete(1)
            await steps.complete(2)
            #expect(await first.value == HookOutcome(metadata: ["turn": 0]))
            #expect(await second.value == HookOutcome(metadata: ["turn": 1]))
            #expect(await third.value == HookOutcome(metadata: ["turn": 2]))
        }
    }

    @Test("lets a call go whose turn comes too late, and is free for the next one")
    func lateTurn() async throws {
        try await Rig.run(threads: 1, limits: HookExecutor.Limits(threads: 1)) { rig in
            let steps = Stepping(2)
            let plugin = steps.plugin()
            let first = rig.begin(plugin.planned())
            await steps.turn(0)
            let second = rig.begin(plugin.planned(timeout: 5 * FakePlugin.brief))
            while plugin.account.waitingCalls == 0, plugin.account.totals.timeouts == 0 {
                await Task.yield()
            }

            // The turn comes in time, but the only thread is busy until it is too late.
            let isBusy = Signal()
            let release = Signal()
            let busy = rig.begin(
                FakePlugin("busy") { _ in
                    isBusy.send()
                    release.block()
                    return .finished(.nothing)
                }.planned()
            )
            await isBusy.wait()
            await steps.complete(0)
            let deadline = Clock.now() + 6 * FakePlugin.brief
            while Clock.now() < deadline { await Task.yield() }
            release.send()
            #expect(await busy.value == HookOutcome())
            #expect(await first.value == HookOutcome(metadata: ["turn": 0]))
            #expect(await second.value == lateOutcome(of: "serial", seconds: "0.1"))

            let third = rig.begin(plugin.planned())
            await steps.complete(1)
            #expect(await third.value == HookOutcome(metadata: ["turn": 1]))
            #expect(plugin.account.counts == "calls 3, timeouts 1")
        }
    }
}
