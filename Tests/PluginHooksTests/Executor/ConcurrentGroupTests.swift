import PluginHooks
import PluginPayloads
import Synchronization
import Testing

@Suite("Neighbours in mode concurrent", .timeLimit(.minutes(1)))
struct ConcurrentGroupTests {
    /// A plugin whose hook keeps its thread until the signal is sent.
    private static func blocked(
        _ name: String,
        until release: Signal,
        entered: Signal = Signal(),
        then response: HookResponse = .nothing
    ) -> FakePlugin {
        FakePlugin(name) { _ in
            entered.send()
            release.block()
            return .finished(response)
        }
    }

    private static func answering(_ name: String, _ response: HookResponse) -> FakePlugin {
        FakePlugin(name) { _ in .finished(response) }
    }

    @Test("run at the same time, on the payload as it was before the first of them")
    func together() async throws {
        try await Rig.run { rig in
            let journal = Journal()
            let entered = Gathering(of: 2)
            let change = try PayloadBlock(json: #"{"name": "other"}"#)
            let meeting = ["a", "b"].map { name in
                FakePlugin(name) { call in
                    journal.add("\(call.payload.value)")
                    entered.arrive()
                    entered.all.block()
                    return .finished(.effects { $0.reply = change })
                }
            }
            let first = try Self.answering("first", .reply(#"{"name": "y"}"#))
            let last = FakePlugin("last") { call in
                journal.add("last \(call.payload.value)")
                return .finished(.nothing)
            }
            let outcome = await rig.invoke(
                first.planned(),
                meeting[0].planned(mode: .concurrent),
                meeting[1].planned(mode: .concurrent),
                last.planned(),
                payload: try PayloadBlock(json: #"{"name": "x"}"#)
            )
            #expect(outcome == HookOutcome(modifiedPayload: try PayloadBlock(json: #"{"name": "y"}"#)))
            let seen = "\(["name": "y"] as JSONValue)"
            #expect(journal.all == [seen, seen, "last \(seen)"])
            #expect(meeting.map(\.account.counts) == ["calls 1", "calls 1"])
        }
    }

    @Test("say in their order what they have to say, whoever comes first")
    func order() async throws {
        try await Rig.run { rig in
            let done = Signal()
            let value = try PayloadBlock(JSONValue.int(1))
            let other = try PayloadBlock(JSONValue.int(2))
            let first = FakePlugin("first") { _ in
                done.block()
                return .finished(
                    .effects {
                        $0.metadata = ["k": "first", "a": 1]
                        $0.httpHeaders = ["x": "first"]
                        $0.retryDelayMilliseconds = 20
                        $0.stateWrites = [StateWrite(scope: .globalState, key: "k", value: value)]
                        $0.report = .denied("FIRST", by: "")
                    }
                )
            }
            let second = FakePlugin("second") { _ in
                defer { done.send() }
                return .finished(
                    .effects {
                        $0.metadata = ["k": "second", "b": 2]
                        $0.httpHeaders = ["x": "second"]
                        $0.retryDelayMilliseconds = 10
                        $0.stateWrites = [StateWrite(scope: .globalState, key: "k", value: other)]
                        $0.report = .denied("SECOND", by: "")
                    }
                )
            }
            let request = RequestState()
            let plan = rig.plan(first.planned(mode: .concurrent), second.planned(mode: .concurrent))
            #expect(
                await rig.invoke(plan, request: request)
                    == HookOutcome(
                        violation: .denied("SECOND", by: "second"),
                        metadata: ["k": "second", "a": 1, "b": 2],
                        retryDelayMilliseconds: 20,
                        httpHeaders: ["x": "second"]
                    )
            )
            #expect(request.value(of: "k", scope: .globalState, plugin: 0) == other)
        }
    }

    static let decisions: [(String, HookResponse, HookOutcome)] = [
        ("a denial", .denial("STOP"), .blocked("STOP", by: "quick")),
        ("an error", .failed(.failed, message: "it broke"), .failed(.failed, "it broke", by: "quick")),
    ]

    @Test("are cancelled when one of them decides, which is no error of theirs", arguments: decisions)
    func firstInTime(_ name: String, _ response: HookResponse, _ expected: HookOutcome) async throws {
        try await Rig.run { rig in
            let entered = Signal()
            let cancelled = Signal()
            let slow = FakePlugin("slow", onCancel: { _ in cancelled.send() }) { call in
                entered.send()
                cancelled.block()
                #expect(!call.isOpen)
                return .finished(.denial("LATE"))
            }
            let quick = FakePlugin("quick") { _ in
                entered.block()
                return .finished(response)
            }
            let next = FakePlugin("next")
            let outcome = await rig.invoke(
                slow.planned(mode: .concurrent),
                quick.planned(mode: .concurrent),
                next.planned()
            )
            #expect(outcome == expected)
            await cancelled.wait()
            #expect(slow.cancelled == 1)
            #expect(slow.account.counts == "calls 1")
            #expect(next.account.counts == "")
            #expect(rig.executor.lostThreads.load(ordering: .relaxed) == 0)
            #expect(rig.observer.events == [])
        }
    }

    @Test("lose their thread if they were cancelled, and still have not returned at their own deadline")
    func withdrawnAndLost() async throws {
        try await Rig.run { rig in
            let entered = Signal()
            let release = Signal()
            let slow = Self.blocked("slow", until: release, entered: entered, then: .denial("LATE"))
            let quick = FakePlugin("quick") { _ in
                entered.block()
                return .finished(.denial())
            }
            let outcome = await rig.invoke(
                slow.planned(mode: .concurrent, timeout: 5 * FakePlugin.brief),
                quick.planned(mode: .concurrent)
            )
            #expect(outcome == .blocked(by: "quick"))
            await rig.observer.wait(for: "slow tool_pre_invoke: thread lost, 1 in all")
            #expect(slow.account.counts == "calls 1, lost 1")
            release.send()
            await rig.recovered(slow, late: 1)
            #expect(slow.account.counts == "calls 1, late 1")
            #expect(slow.cancelled == 1)
        }
    }

    @Test("may complete after they were cancelled, without effect", arguments: [false, true])
    func suspended(completesWhenCancelled: Bool) async throws {
        try await Rig.run { rig in
            let waiting = Mutex<HookCall?>(nil)
            let isSuspended = Signal()
            let cancelled = Signal()
            let slow = FakePlugin(
                "slow",
                onCancel: { call in
                    if completesWhenCancelled { _ = call.complete(.denial("LATE")) }
                    cancelled.send()
                }
            ) { call in
                waiting.withLock { $0 = call }
                isSuspended.send()
                return .pending
            }
            let quick = FakePlugin("quick") { _ in
                isSuspended.block()
                return .finished(.denial())
            }
            let outcome = await rig.invoke(
                slow.planned(mode: .concurrent),
                quick.planned(mode: .concurrent)
            )
            #expect(outcome == .blocked(by: "quick"))
            await cancelled.wait()
            let call = try #require(waiting.withLock { $0.take() })
            #expect(!call.isOpen)
            _ = call.complete(.denial("LATER"))
            #expect(await rig.invoke(FakePlugin().planned()) == HookOutcome())
            #expect(slow.account.counts == "calls 1")
            #expect(slow.cancelled == 1)
        }
    }

    @Test("go on when one fails whose errors are ignored, and the denial of another decides")
    func ignoredError() async throws {
        // With one thread the one that denies comes when the other has failed.
        try await Rig.run(threads: 1) { rig in
            let failing = FakePlugin("failing") { _ in .finished(.failed(.failed, message: "it broke")) }
            let denying = FakePlugin("denying") { _ in .finished(.denial()) }
            let failingHook = failing.planned(mode: .concurrent, onError: .ignore)
            #expect(await rig.invoke(failingHook, FakePlugin("calm").planned(mode: .concurrent)) == HookOutcome())
            #expect(await rig.invoke(failingHook, denying.planned(mode: .concurrent)) == .blocked(by: "denying"))
            #expect(failing.account.counts == "calls 2, errors 2")
            #expect(
                rig.observer.events == Array(repeating: "failing tool_pre_invoke: PLUGIN_ERROR ignored", count: 2)
            )
        }
    }

    @Test("end the request when one is late, and its errors are not ignored")
    func late() async throws {
        try await Rig.run { rig in
            let release = Signal()
            let slow = Self.blocked("slow", until: release)
            let hook = slow.planned(mode: .concurrent, timeout: FakePlugin.brief)
            let other = FakePlugin("other").planned(mode: .concurrent)
            #expect(await rig.invoke(other, hook) == lateOutcome(of: "slow", seconds: "0.02"))
            release.send()
            await rig.recovered(slow, late: 1)
            #expect(slow.account.counts == "calls 1, timeouts 1, late 1")
        }
    }

    @Test("may never block, or take one call at a time")
    func inlineAndSerial() async throws {
        try await Rig.run { rig in
            let inside = Atomic<Int>(0)
            let serial = FakePlugin("serial", isSerial: true) { _ in
                #expect(inside.add(1, ordering: .acquiringAndReleasing).newValue == 1)
                inside.subtract(1, ordering: .acquiringAndReleasing)
                return .finished(.effects { $0.metadata = ["serial": 1] })
            }
            let inline = Self.answering("inline", .effects { $0.metadata = ["inline": 1] })
            let hooks = [
                serial.planned(mode: .concurrent), inline.planned(mode: .concurrent, isInline: true),
                serial.planned(mode: .concurrent), serial.planned(mode: .concurrent),
            ]
            let plan = HookPlan(hooks, observer: rig.observer)
            for _ in 0..<100 {
                let outcome = await rig.invoke(plan, request: RequestState())
                #expect(outcome == HookOutcome(metadata: ["serial": 1, "inline": 1]))
            }
            #expect(serial.account.counts == "calls 300")
            #expect(inline.account.counts == "calls 100")
        }
    }

    @Test("are not called any more when another one has decided before it was their turn")
    func decidedBeforeTheirTurn() async throws {
        try await Rig.run { rig in
            let calls = Mutex<HookCall?>(nil)
            let isInside = Signal()
            let serial = FakePlugin("serial", isSerial: true) { call in
                if call.payload.root["first"]?.bool == true {
                    calls.withLock { $0 = call }
                    isInside.send()
                    return .pending
                }
                Issue.record("nobody waits for this call")
                return .finished(.nothing)
            }
            let firstPlan = rig.plan(serial.planned())
            let payload = try PayloadBlock(json: #"{"first": true}"#)
            let request = RequestState()
            let first = Task { await rig.invoke(firstPlan, payload: payload, request: request) }
            await isInside.wait()

            let deny = Signal()
            let quick = Self.blocked("quick", until: deny, then: .denial())
            let second = rig.begin(serial.planned(mode: .concurrent), quick.planned(mode: .concurrent))
            while serial.account.waitingCalls != 1 { await Task.yield() }
            deny.send()
            #expect(await second.value == .blocked(by: "quick"))
            #expect(calls.withLock { $0.take() }?.complete(.nothing) == true)
            #expect(await first.value == HookOutcome())
            // The gate is free again.
            while serial.account.waitingCalls != 0 { await Task.yield() }
            let third = rig.begin(FakePlugin("serial", sharing: serial.account) { _ in .finished(.nothing) }.planned())
            #expect(await third.value == HookOutcome())
        }
    }

    @Test("are refused like others when too many of their calls have not returned")
    func overloaded() async throws {
        try await Rig.run(limits: HookExecutor.Limits(lostThreadsPerPlugin: 1)) { rig in
            let release = Signal()
            let slow = Self.blocked("slow", until: release)
            _ = await rig.invoke(slow.planned(timeout: FakePlugin.brief))
            let message = "1 calls of plugin slow have not returned; it is called again when one does"
            let other = FakePlugin("other").planned(mode: .concurrent)
            #expect(
                await rig.invoke(other, slow.planned(mode: .concurrent))
                    == .failed(.overloaded, message, by: "slow")
            )
            #expect(await rig.invoke(slow.planned(mode: .concurrent, onError: .ignore), other) == HookOutcome())
            release.send()
            await rig.recovered(slow, late: 1)
            #expect(slow.account.counts == "calls 3, errors 2, timeouts 1, late 1")
        }
    }

    @Test("are called alone when the conditions leave one, which blocks as usual and changes nothing")
    func groupOfOne() async throws {
        try await Rig.run { rig in
            var others = HookConditions.Alternative()
            others.tools = ["other"]
            let alone = try Self.answering("alone", .reply(#"{"name": "z"}"#))
            let skipped = FakePlugin("skipped")
            let payload = try PayloadBlock(json: #"{"name": "x"}"#)
            let skippedHook = skipped.planned(mode: .concurrent, conditions: [others])
            let changed = await rig.invoke(skippedHook, alone.planned(mode: .concurrent), payload: payload)
            #expect(changed == HookOutcome())
            let denying = Self.answering("denying", .denial())
            let denied = await rig.invoke(denying.planned(mode: .concurrent), skippedHook, payload: payload)
            #expect(denied == .blocked(by: "denying"))
            #expect(skipped.account.counts == "")
            #expect(await rig.invoke(skippedHook, skippedHook, payload: payload) == HookOutcome())
        }
    }

    @Test("run as many at a time as the pool has places, and the others after them")
    func pool() async throws {
        try await Rig.run(limits: HookExecutor.Limits(pool: 3)) { rig in
            let inside = Atomic<Int>(0)
            let entered = Gathering(of: 3)
            let plugin = FakePlugin("member") { _ in
                #expect(inside.add(1, ordering: .acquiringAndReleasing).newValue <= 3)
                entered.arrive()
                entered.all.block()
                inside.subtract(1, ordering: .acquiringAndReleasing)
                return .finished(.nothing)
            }
            let hooks = (0..<50).map { _ in plugin.planned(mode: .concurrent) }
            let plan = HookPlan(hooks, observer: rig.observer)
            #expect(await rig.invoke(plan, request: RequestState()) == HookOutcome())
            #expect(plugin.account.counts == "calls 50")
        }
    }

    @Test("that have no place yet when another one decides are not called")
    func poolAndDecision() async throws {
        try await Rig.run(limits: HookExecutor.Limits(pool: 1)) { rig in
            let later = FakePlugin("later")
            let denying = Self.answering("denying", .denial())
            for _ in 0..<20 {
                let outcome = await rig.invoke(denying.planned(mode: .concurrent), later.planned(mode: .concurrent))
                #expect(outcome == .blocked(by: "denying"))
            }
            // Their places are free again.
            let calm = FakePlugin("calm").planned(mode: .concurrent)
            #expect(await rig.invoke(calm, calm, calm) == HookOutcome())
            #expect(later.account.counts == "")
        }
    }
}
