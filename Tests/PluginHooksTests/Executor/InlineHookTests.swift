import Glibc
import PluginHooks
import PluginPayloads
import Synchronization
import Testing

@Suite("A hook that never blocks", .timeLimit(.minutes(1)))
struct InlineHookTests {
    @Test("runs on the caller's thread")
    func callersThread() async throws {
        try await Rig.run { rig in
            let thread = Atomic<UInt>(0)
            let plugin = FakePlugin { _ in
                thread.store(UInt(pthread_self()), ordering: .relaxed)
                return .finished(.denial())
            }
            let plan = rig.plan(plugin.planned(isInline: true))
            let request = RequestState()
            let caller = UInt(pthread_self())
            let outcome = await rig.invoke(plan, request: request)
            #expect(thread.load(ordering: .relaxed) == caller)
            #expect(outcome == .blocked(by: "fake"))
        }
    }

    @Test("runs on the caller's thread on the main actor too")
    @MainActor
    func mainThread() async throws {
        try await Rig.run { rig in
            let caller = UInt(pthread_self())
            let plugin = FakePlugin { _ in
                #expect(UInt(pthread_self()) == caller)
                return .finished(.nothing)
            }
            #expect(await rig.invoke(plugin.planned(isInline: true)) == HookOutcome())
        }
    }

    @Test("keeps its order among hooks that may block")
    func mixedChain() async throws {
        try await Rig.run { rig in
            let journal = Journal()
            let hooks = [("a", true), ("b", true), ("c", false), ("d", true), ("e", false)].map { name, isInline in
                FakePlugin(name) { _ in
                    journal.add(name)
                    return .finished(.nothing)
                }.planned(isInline: isInline)
            }
            let plan = HookPlan(hooks, observer: rig.observer)
            #expect(await rig.invoke(plan, request: RequestState()) == HookOutcome())
            #expect(journal.all == ["a", "b", "c", "d", "e"])
        }
    }

    @Test("is counted and reported, but not stopped, when it takes too long")
    func overrun() async throws {
        try await Rig.run { rig in
            let plugin = FakePlugin { call in
                while Clock.coarseNow() <= call.deadline {}
                return .finished(.denial())
            }
            let outcome = await rig.invoke(plugin.planned(timeout: 1, isInline: true))
            #expect(outcome == .blocked(by: "fake"))
            #expect(plugin.account.counts == "calls 1, blocks 1, overruns 1")
            #expect(rig.observer.events == ["fake tool_pre_invoke: overran"])
        }
    }

    @Test("has made an error when it says that it goes on")
    func pending() async throws {
        try await Rig.run { rig in
            let suspended = Mutex<HookCall?>(nil)
            let plugin = FakePlugin { call in
                suspended.withLock { $0 = call }
                return .pending
            }
            let outcome = await rig.invoke(plugin.planned(isInline: true))
            let message = "hook returned HG_PENDING, but did not declare that it may suspend"
            let error = PluginError(code: .badReply, message: message, pluginName: "fake")
            #expect(outcome == HookOutcome(continueProcessing: false, error: error))
            #expect(suspended.withLock { $0.take() }?.complete(.nothing) == false)
            #expect(plugin.account.counts == "calls 1, errors 1")
        }
    }

    @Test("may queue work on its lane, which runs when the hook has returned")
    func lane() async throws {
        try await Rig.run { rig in
            let journal = Journal()
            let done = Signal()
            let plugin = FakePlugin { [executor = rig.executor] call in
                executor.submit({ journal.add("one") }, to: call)
                executor.submit(
                    {
                        journal.add("two")
                        done.send()
                    },
                    to: call
                )
                journal.add("hook")
                return .finished(.nothing)
            }
            #expect(await rig.invoke(plugin.planned(isInline: true)) == HookOutcome())
            await done.wait()
            #expect(journal.all == ["hook", "one", "two"])
        }
    }
}
