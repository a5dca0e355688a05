import PluginHooks
import PluginPayloads
import Synchronization
import Testing

@Suite("The executor", .timeLimit(.minutes(1)))
struct CallerTests {
    /// A plugin that tells which thread its hook runs on.
    private static func telling(_ journal: Journal) -> FakePlugin {
        FakePlugin { _ in
            journal.add(ThreadList.currentName)
            return .finished(.denial())
        }
    }

    private static let denied = HookOutcome.blocked(by: "fake")

    @Test("runs hooks for tasks that prefer it, and these tasks themselves")
    func preferring() async throws {
        try await Rig.run { rig in
            let journal = Journal()
            let plan = rig.plan(Self.telling(journal).planned())
            let request = RequestState()
            let outcomes = await Task(executorPreference: rig.executor) {
                journal.add(ThreadList.currentName)
                let first = await rig.invoke(plan, request: request)
                journal.add(ThreadList.currentName)
                return [first, await rig.invoke(plan, request: request)]
            }.value
            #expect(outcomes == [Self.denied, Self.denied])
            #expect(journal.all == Array(repeating: "hookgate-hooks", count: 4))
        }
    }

    @Test("runs hooks for other tasks on its own threads")
    func plain() async throws {
        try await Rig.run { rig in
            let journal = Journal()
            let plan = rig.plan(Self.telling(journal).planned())
            let request = RequestState()
            let plain = await Task { await rig.invoke(plan, request: request) }.value
            let detached = await Task.detached { await rig.invoke(plan, request: request) }.value
            #expect([plain, detached] == [Self.denied, Self.denied])
            #expect(journal.all == ["hookgate-hooks", "hookgate-hooks"])
        }
    }

    @Test("runs hooks for the main actor, which goes on where it was")
    @MainActor
    func mainActor() async throws {
        try await Rig.run { rig in
            let journal = Journal()
            #expect(await rig.invoke(Self.telling(journal).planned()) == Self.denied)
            MainActor.assertIsolated()
            #expect(journal.all == ["hookgate-hooks"])
        }
    }

    @Test("runs the child tasks of a task that prefers it, in numbers")
    func children() async throws {
        try await Rig.run { rig in
            let plan = rig.plan(FakePlugin().planned(), FakePlugin("next").planned())
            let request = RequestState()
            let count = await Task(executorPreference: rig.executor) {
                await withTaskGroup { group in
                    for _ in 0..<2000 {
                        group.addTask { await rig.invoke(plan, request: request) == HookOutcome() }
                    }
                    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
            }.value
            #expect(count == 2000)
        }
    }

    @Test("has other threads do what a task has begun that keeps its own")
    func stolenWork() async throws {
        try await Rig.run { rig in
            await Task(executorPreference: rig.executor) {
                let done = Signal()
                Task(executorPreference: rig.executor) { done.send() }
                done.block()
            }.value
        }
    }

    @Test("goes on with a call that a hook has completed which keeps its thread")
    func completedByAnother() async throws {
        try await Rig.run { rig in
            let waiting = Mutex<HookCall?>(nil)
            let isSuspended = Signal()
            let suspending = FakePlugin("suspending") { call in
                waiting.withLock { $0 = call }
                isSuspended.send()
                return .pending
            }
            let release = Signal()
            let completing = FakePlugin("completing") { _ in
                #expect(waiting.withLock { $0.take() }?.complete(.nothing) == true)
                release.block()
                return .finished(.nothing)
            }
            let suspended = rig.begin(suspending.planned())
            await isSuspended.wait()
            let blocked = rig.begin(completing.planned())
            #expect(await suspended.value == HookOutcome())
            release.send()
            #expect(await blocked.value == HookOutcome())
        }
    }

    @Test("goes on with a call that a hook completes just when its own thread is given up")
    func completedByALostHook() async throws {
        try await Rig.run { rig in
            for round in 0..<40 {
                let waiting = Mutex<HookCall?>(nil)
                let isSuspended = Signal()
                let suspending = FakePlugin("suspending") { call in
                    waiting.withLock { $0 = call }
                    isSuspended.send()
                    return .pending
                }
                let release = Signal()
                let late = FakePlugin("late") { call in
                    while Clock.now() < call.deadline + UInt64(round % 8) * 1_000_000 {}
                    #expect(waiting.withLock { $0.take() }?.complete(.nothing) == true)
                    release.block()
                    return .finished(.nothing)
                }
                let suspended = rig.begin(suspending.planned())
                await isSuspended.wait()
                let blocked = rig.begin(late.planned(timeout: 1_000_000))
                #expect(await suspended.value == HookOutcome())
                #expect(await blocked.value == lateOutcome(of: "late", seconds: "0.001"))
                release.send()
            }
            await rig.observer.wait(for: "late tool_pre_invoke: ended late", count: 40)
            #expect(rig.executor.lostThreads.load(ordering: .relaxed) == 0)
        }
    }

    @Test("ends its threads when it is stopped, a lost one when it returns")
    func stop() async throws {
        await #expect(processExitsWith: .success) {
            let executor = HookExecutor(threadCount: 3, observer: RecordingObserver())
            let release = Signal()
            let slow = FakePlugin("slow") { _ in
                release.block()
                return .finished(.nothing)
            }
            let plan = HookPlan([slow.planned(timeout: FakePlugin.brief)])
            let outcome = await plan.invoke(anyPayload, request: RequestState(), executor: executor)
            try #require(outcome == lateOutcome(of: "slow", seconds: "0.02"))
            executor.stop()
            await ThreadList.until("hookgate-", number: 1)
            release.send()
            await ThreadList.until("hookgate-", number: 0)
        }
    }

    @Test("still does what comes after it was stopped, and answers what was suspended")
    func afterStop() async throws {
        await #expect(processExitsWith: .success) {
            let executor = HookExecutor(threadCount: 2, observer: RecordingObserver())
            let isSuspended = Signal()
            let plugin = FakePlugin("slow") { _ in
                isSuspended.send()
                return .pending
            }
            let plan = HookPlan([plugin.planned(timeout: FakePlugin.brief)])
            let request = RequestState()
            let call = Task { await plan.invoke(anyPayload, request: request, executor: executor) }
            await isSuspended.wait()
            executor.stop()
            let outcome = await call.value
            try #require(outcome == lateOutcome(of: "slow", seconds: "0.02"))
            await ThreadList.until("hookgate-", number: 0)
            await Task(executorPreference: executor) {}.value
            await ThreadList.until("hookgate-", number: 0)
        }
    }
}
