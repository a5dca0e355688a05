import PluginHooks
import PluginPayloads
import Synchronization
import Testing

@Suite("The lane of a call", .timeLimit(.minutes(1)))
struct LaneTests {
    @Test("runs its jobs in order, one at a time, when the hook's function has returned")
    func order() async throws {
        try await Rig.run(threads: 4) { rig in
            let journal = Journal()
            let running = Atomic<Int>(0)
            let plugin = FakePlugin { [executor = rig.executor] call in
                for number in 1...20 {
                    executor.submit(
                        {
                            #expect(running.add(1, ordering: .relaxed).newValue == 1)
                            journal.add("\(number)")
                            running.subtract(1, ordering: .relaxed)
                            if number == 20 { _ = call.complete(.nothing) }
                        },
                        to: call
                    )
                }
                // The executor has every chance to run a job too early.
                let somethingElse = Signal()
                Task(executorPreference: executor) { somethingElse.send() }
                somethingElse.block()
                journal.add("returned")
                return .pending
            }
            #expect(await rig.invoke(plugin.planned()) == HookOutcome())
            #expect(journal.all == ["returned"] + (1...20).map { "\($0)" })
        }
    }

    @Test("takes jobs from any thread, and from its own jobs, while the call is suspended")
    func fromAnywhere() async throws {
        try await Rig.run { rig in
            let journal = Journal()
            let plugin = FakePlugin { [executor = rig.executor] call in
                Thread.detach {
                    executor.submit(
                        {
                            journal.add("from a thread")
                            executor.submit(
                                {
                                    journal.add("from a job")
                                    _ = call.complete(.nothing)
                                },
                                to: call
                            )
                            journal.add("never inside submit")
                        },
                        to: call
                    )
                }
                return .pending
            }
            #expect(await rig.invoke(plugin.planned()) == HookOutcome())
            #expect(journal.all == ["from a thread", "never inside submit", "from a job"])
        }
    }

    @Test("whose job does not return loses its thread, and the call is answered at its deadline")
    func blocked() async throws {
        try await Rig.run { rig in
            let journal = Journal()
            let release = Signal()
            let done = Signal()
            let plugin = FakePlugin("slow") { [executor = rig.executor] call in
                executor.submit({ release.block() }, to: call)
                executor.submit(
                    {
                        journal.add("next job, open: \(call.isOpen)")
                        #expect(!call.complete(.nothing))
                        done.send()
                    },
                    to: call
                )
                return .pending
            }
            let outcome = await rig.invoke(plugin.planned(timeout: FakePlugin.brief))
            #expect(outcome == lateOutcome(of: "slow", seconds: "0.02"))
            await rig.observer.wait(for: "slow tool_pre_invoke: thread lost, 1 in all")
            #expect(await rig.invoke(FakePlugin().planned()) == HookOutcome())
            #expect(plugin.account.counts == "calls 1, timeouts 1, lost 1")
            #expect(journal.all == [])

            release.send()
            await done.wait()
            await rig.recovered(plugin, late: 1)
            #expect(journal.all == ["next job, open: false"])
            #expect(plugin.account.counts == "calls 1, timeouts 1, late 1")
        }
    }

    @Test("may run 50 ms for a call that was answered, and loses its thread then")
    func grace() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let plugin = FakePlugin("slow") { [executor = rig.executor] call in
                executor.submit({ release.block() }, to: call)
                return .finished(.nothing)
            }
            #expect(await rig.invoke(plugin.planned()) == HookOutcome())
            await rig.observer.wait(for: "slow tool_pre_invoke: thread lost, 1 in all")
            #expect(await rig.invoke(FakePlugin().planned()) == HookOutcome())
            release.send()
            await rig.recovered(plugin, late: 1)
            #expect(plugin.account.counts == "calls 1")
        }
    }

    @Test("runs the jobs of a hook that returned late")
    func lateHook() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let done = Signal()
            let plugin = FakePlugin("slow") { [executor = rig.executor] call in
                executor.submit({ done.send() }, to: call)
                release.block()
                return .finished(.nothing)
            }
            let outcome = await rig.invoke(plugin.planned(timeout: FakePlugin.brief))
            #expect(outcome == lateOutcome(of: "slow", seconds: "0.02"))
            release.send()
            await done.wait()
        }
    }

    @Test("that never ends lets others have their turn")
    func endless() async throws {
        // One thread: it has to serve the others between the jobs of the lane.
        try await Rig.run(threads: 1, limits: HookExecutor.Limits(threads: 1)) { rig in
            let isOver = Atomic<Bool>(false)
            let turns = Atomic<Int>(0)
            let started = Signal()
            let plugin = FakePlugin { [executor = rig.executor] call in
                @Sendable func turn() {
                    if turns.add(1, ordering: .relaxed).newValue == 1 { started.send() }
                    if isOver.load(ordering: .relaxed) {
                        _ = call.complete(.nothing)
                    } else {
                        executor.submit(turn, to: call)
                    }
                }
                executor.submit(turn, to: call)
                return .pending
            }
            let endless = rig.begin(plugin.planned())
            await started.wait()
            for _ in 0..<100 { #expect(await rig.invoke(FakePlugin().planned()) == HookOutcome()) }
            isOver.store(true, ordering: .relaxed)
            #expect(await endless.value == HookOutcome())
        }
    }
}
