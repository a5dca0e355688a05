import PluginHooks
import PluginPayloads
import Testing

@Suite("A chain with a breaker")
struct BreakerChainTests {
    private static let failure = HookResponse.failed(.failed, message: "boom")
    private static let reason =
        "plugin fake is switched off for another 30 s after 3 failures in a row, last: PLUGIN_ERROR: boom"

    /// A plan of one plugin, whose account has failed so often that its breaker is open.
    private static func open(
        _ clock: TestClock,
        mode: PluginMode = .enforce,
        onError: ErrorPolicy? = nil,
        isRequired: Bool = false,
        _ observer: RecordingObserver = RecordingObserver()
    ) throws -> HookPlan {
        let plugin = FakePlugin(sharing: clock.account()) { _ in .finished(.nothing) }
        let failing = HookPlan([plugin.planned(onError: .ignore)], observer: observer)
        for _ in 0..<3 { _ = try ChainTrace(failing, answers: ["fake": failure]) }
        return HookPlan([plugin.planned(mode: mode, onError: onError, isRequired: isRequired)], observer: observer)
    }

    @Test("opens it after failures in a row, and says so once; then nobody calls the plugin, and nothing is counted")
    func opens() throws {
        let observer = RecordingObserver()
        let clock = TestClock()
        let plan = try Self.open(clock, observer)
        let account = plan.hooks[0].account
        for _ in 0..<5 {
            let trace = try ChainTrace(plan)
            #expect(trace.plugins == [])
            #expect(trace.outcome == .failed(.unavailable, Self.reason, by: "fake"))
        }
        #expect(account.counts == "calls 3, errors 3")
        #expect(account.breaker.status.refusals == 5)
        #expect(
            observer.events == Array(repeating: "fake tool_pre_invoke: PLUGIN_ERROR ignored", count: 2) + [
                "fake tool_pre_invoke: opened for 30 s by 3 failures in a row, last PLUGIN_ERROR: boom",
                "fake tool_pre_invoke: PLUGIN_ERROR ignored",
            ]
        )
    }

    /// What an open breaker does to a request, by mode, `on_error` and `required`.
    static let rows: [(PluginMode, ErrorPolicy?, isRequired: Bool, stops: Bool)] = [
        (.enforce, nil, false, true), (.enforce, .ignore, false, false), (.enforce, .disable, false, false),
        (.enforceIgnoreError, nil, false, false), (.enforceIgnoreError, .fail, false, true),
        (.permissive, nil, false, false), (.permissive, .fail, false, true), (.audit, nil, false, false),
        (.concurrent, nil, false, true), (.concurrent, .ignore, false, false), (.fireAndForget, nil, false, false),
        (.enforce, nil, true, true), (.enforce, .ignore, true, true), (.enforce, .disable, true, true),
        (.enforceIgnoreError, nil, true, true), (.permissive, nil, true, true), (.permissive, .ignore, true, true),
        (.audit, nil, true, true), (.concurrent, .ignore, true, true),
    ]

    @Test("that is open stops the request or not, by mode, on_error and required", arguments: rows)
    func modes(mode: PluginMode, onError: ErrorPolicy?, isRequired: Bool, stops: Bool) throws {
        let observer = RecordingObserver()
        let plan = try Self.open(TestClock(), mode: mode, onError: onError, isRequired: isRequired, observer)
        let events = observer.events.count
        let expected = stops ? HookOutcome.failed(.unavailable, Self.reason, by: "fake") : HookOutcome()
        #expect(try ChainTrace(plan).outcome == expected)
        // A call that is not made is no error: there is no line for it, and on_error does not switch the plugin off.
        #expect(observer.events.count == events)
        let account = try #require((plan.hooks + plan.background).first).account
        #expect(account.counts == "calls 3, errors 3")
    }

    @Test(
        "stops the request in every mode if a required plugin could not be called for another reason",
        arguments: [
            (PluginError.Code.unavailable, true, true), (.overloaded, true, true), (.failed, true, false),
            (.crashed, true, false), (.unavailable, false, false), (.overloaded, false, false),
        ]
    )
    func required(code: PluginError.Code, isRequired: Bool, stops: Bool) throws {
        let plugin = FakePlugin("fake")
        for mode in [PluginMode.permissive, .enforceIgnoreError, .audit] {
            let plan = HookPlan([plugin.planned(mode: mode, isRequired: isRequired)])
            let outcome = try ChainTrace(plan, answers: ["fake": .failed(code, message: "no")]).outcome
            #expect(outcome == (stops ? .failed(code, "no", by: "fake") : HookOutcome()), "\(mode)")
        }
    }

    @Test(
        "stops the request in every mode if a required plugin was switched off by on_error: disable",
        arguments: [PluginMode.enforce, .enforceIgnoreError, .permissive, .audit, .concurrent]
    )
    func requiredIsOff(mode: PluginMode) throws {
        let plugin = FakePlugin("fake")
        let plan = HookPlan([plugin.planned(mode: mode, onError: .disable, isRequired: true)])
        #expect(try ChainTrace(plan, answers: ["fake": Self.failure]).outcome == HookOutcome())
        for _ in 0..<2 {
            let trace = try ChainTrace(plan)
            #expect(trace.plugins == [])
            let text = "plugin fake is switched off, because it has failed and has on_error: disable"
            #expect(trace.outcome == .failed(.unavailable, text, by: "fake"))
        }
        #expect(plugin.account.counts == "calls 1, errors 1, off")
        #expect(plugin.account.breaker.status.refusals == 2)
        // Without it nobody misses the plugin.
        let other = HookPlan([plugin.planned(mode: mode, onError: .disable)])
        #expect(try ChainTrace(other).outcome == HookOutcome())
    }

    @Test("counts the death of a worker once, however many calls it had")
    func deaths() async throws {
        try await Rig.run { rig in
            let account = TestClock().account("fake", BreakerSettings(failures: 4, crashes: 3))
            let plugin = FakePlugin(sharing: account) { _ in .finished(.nothing) }
            let hook = plugin.planned(onError: .ignore)
            let plan = HookPlan([hook], observer: rig.observer)
            for death in 1...3 {
                #expect(plugin.account.breaker.status.state == .closed)
                hook.noteCrash("it died", on: rig.executor)
                for _ in 0..<8 { _ = try ChainTrace(plan, answers: ["fake": .failed(.crashed, message: "it died")]) }
                #expect(plugin.account.breaker.status.failures == death)
            }
            #expect(
                rig.observer.events.filter { !$0.hasSuffix("ignored") } == [
                    "fake tool_pre_invoke: opened for 30 s by 3 crashes within 60 s, last PLUGIN_CRASHED: it died"
                ]
            )
        }
    }

    @Test("that was taken away during a trial takes its end as that of any call")
    func replaced() {
        var breaker = BreakerState(BreakerSettings(failures: 3))
        #expect(breaker.fail(isTrial: true, isCrash: false, at: 0) == nil)
        #expect(breaker.failures == 1)
        #expect(breaker.phase == .closed)
        let hasClosed = breaker.succeed(isTrial: true)
        #expect(!hasClosed)
        #expect(breaker.failures == 0)
    }

    @Test("that is open is in the record of what plugins did")
    func record() throws {
        let request = RequestState.recording()
        let outcome = try ChainTrace(Self.open(TestClock()), request: request).outcome
        #expect(
            outcome.executions.map(\.summary) == [
                "fake enforce error: PLUGIN_UNAVAILABLE \(Self.reason), stops, applied"
            ]
        )
        #expect(outcome.executions.map(\.effectiveAllow) == [false])
    }

    @Test("closes it by a trial that succeeds")
    func closes() throws {
        let observer = RecordingObserver()
        let clock = TestClock()
        let plan = try Self.open(clock, observer)
        clock.advance(by: 29)
        #expect(try ChainTrace(plan).plugins == [])
        clock.advance(by: 1)
        #expect(try ChainTrace(plan).plugins == ["fake"])
        #expect(try ChainTrace(plan).plugins == ["fake"])
        #expect(observer.events.suffix(2) == ["fake tool_pre_invoke: tries again", "fake tool_pre_invoke: closed"])
        let status = plan.hooks[0].account.breaker.status
        #expect(
            status
                == Breaker.Status(state: .closed, failures: 0, opens: 1, refusals: 1, lastError: "PLUGIN_ERROR: boom")
        )
    }

    @Test(
        "opens it again by a trial that fails, of whatever kind",
        arguments: [PluginError.Code.failed, .timeout, .crashed]
    )
    func opensAgain(code: PluginError.Code) throws {
        let clock = TestClock()
        let plan = try Self.open(clock)
        clock.advance(by: 30)
        let trace = try ChainTrace(plan, answers: ["fake": .failed(code, message: "again")])
        #expect(trace.outcome == .failed(code, "again", by: "fake"))
        let text = "plugin fake is switched off for another 60 s after 3 failures in a row, last: \(code): again"
        #expect(try ChainTrace(plan).outcome == .failed(.unavailable, text, by: "fake"))
    }

    @Test("learns nothing from a trial that was not made", arguments: [PluginError.Code.overloaded, .unavailable])
    func inconclusive(code: PluginError.Code) throws {
        let clock = TestClock()
        let plan = try Self.open(clock)
        clock.advance(by: 30)
        _ = try ChainTrace(plan, answers: ["fake": .failed(code, message: "no")])
        #expect(plan.hooks[0].account.breaker.status.state == .halfOpen)
        #expect(try ChainTrace(plan).plugins == ["fake"])
        #expect(plan.hooks[0].account.breaker.status.state == .closed)
    }

    @Test("counts a reply that cannot be used, and no verdict")
    func badReplies() throws {
        let plugin = FakePlugin(sharing: TestClock().account()) { _ in .finished(.nothing) }
        let plan = HookPlan([plugin.planned(onError: .ignore)])
        let bad = try HookResponse.reply("[]")
        for answer in [HookResponse.denial(), try .reply(#"{"args": {}}"#), bad, bad, .nothing, bad, bad] {
            _ = try ChainTrace(plan, answers: ["fake": answer])
        }
        #expect(plugin.account.breaker.status.state == .closed)
        _ = try ChainTrace(plan, answers: ["fake": bad])
        #expect(plugin.account.breaker.status.state == .open)
    }

    @Test("leaves a plugin alone that has none")
    func off() throws {
        let plugin = FakePlugin("fake")
        let plan = HookPlan([plugin.planned(onError: .ignore)])
        for _ in 0..<100 { _ = try ChainTrace(plan, answers: ["fake": Self.failure]) }
        #expect(try ChainTrace(plan).plugins == ["fake"])
        #expect(plugin.account.breaker.status.state == .off)
    }

    @Test("goes on with other settings; without any it is closed")
    func use() throws {
        let clock = TestClock()
        let plan = try Self.open(clock)
        let breaker = plan.hooks[0].account
        breaker.breaker.use(BreakerSettings(failures: 9))
        #expect(try ChainTrace(plan).plugins == [])
        breaker.breaker.use(nil)
        #expect(try ChainTrace(plan).plugins == ["fake"])
        breaker.breaker.use(BreakerSettings(failures: 9))
        #expect(try ChainTrace(plan).plugins == ["fake"])
    }

    // MARK: Groups

    @Test("in a band answers at its place; the others are called")
    func band() throws {
        let opened = try Self.open(TestClock()).hooks[0].account
        func plan(_ order: [String]) -> HookPlan {
            let hooks = order.map { name in
                FakePlugin(name, sharing: name == "fake" ? opened : nil) { _ in .finished(.nothing) }
                    .planned(isReadOnly: true)
            }
            return HookPlan(hooks, runsBandsInParallel: true)
        }
        let denial = ["a": HookResponse.denial()]
        let first = try ChainTrace(plan(["fake", "a", "b"]), answers: denial)
        #expect(first.plugins == ["a", "b"])
        #expect(first.outcome == .failed(.unavailable, Self.reason, by: "fake"))
        let last = try ChainTrace(plan(["a", "b", "fake"]), answers: denial)
        #expect(last.plugins == ["a", "b"])
        #expect(last.outcome == .blocked(by: "a"))
        #expect(try ChainTrace(plan(["fake", "a"])).plugins == ["a"])
    }

    @Test("in a concurrent group answers first: then nobody is called, unless its error is let pass")
    func concurrent() throws {
        let opened = try Self.open(TestClock()).hooks[0].account
        func plan(_ onError: ErrorPolicy?) -> HookPlan {
            let fake = FakePlugin(sharing: opened) { _ in .finished(.nothing) }
            return HookPlan([
                FakePlugin("a").planned(mode: .concurrent), fake.planned(mode: .concurrent, onError: onError),
            ])
        }
        let stopped = try ChainTrace(plan(nil))
        #expect(stopped.plugins == [])
        #expect(stopped.outcome == .failed(.unavailable, Self.reason, by: "fake"))
        let passed = try ChainTrace(plan(.ignore))
        #expect(passed.plugins == ["a"])
        #expect(passed.outcome == HookOutcome())
    }
}
