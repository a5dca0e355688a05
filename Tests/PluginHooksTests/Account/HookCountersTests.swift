import PluginHooks
import PluginPayloads
import Testing

@Suite("What is counted about a plugin")
struct HookCountersTests {
    @Test("is counted for each of its hooks")
    func perHook() throws {
        let plugin = FakePlugin("a")
        let hooks: [HookName] = [.toolPreInvoke, .toolPostInvoke, HookName("custom")]
        let plans = hooks.map { HookPlan([plugin.planned(on: $0, mode: .enforceIgnoreError)], on: $0) }
        let answers: [[HookResponse]] = [
            [.denial(), .nothing],
            [try .reply(#"{"result": 1}"#), .failed(.failed, message: ""), .failed(.timeout, message: "")],
            [],
        ]
        for (plan, answers) in zip(plans, answers) {
            for answer in answers { _ = try ChainTrace(plan, answers: ["a": answer]) }
        }
        var counts = plugin.account.hookCounts
        for hook in hooks { counts[hook]?.latency = nil }
        #expect(
            counts == [
                hooks[0]: HookCounts(calls: 2, blocks: 1),
                hooks[1]: HookCounts(calls: 3, modifications: 1, errors: 1, timeouts: 1),
                hooks[2]: HookCounts(),
            ]
        )
        #expect(
            plugin.account.totals == HookCounts(calls: 5, blocks: 1, modifications: 1, errors: 1, timeouts: 1)
        )
    }

    @Test("goes on when the plugin is planned anew")
    func plannedAgain() throws {
        let plugin = FakePlugin("a")
        for _ in 0..<3 { _ = try ChainTrace(HookPlan([plugin.planned()])) }
        #expect(plugin.account.totals == HookCounts(calls: 3))
    }

    @Test("has latencies from the first call on, and none without calls")
    func latency() throws {
        let plugin = FakePlugin("a")
        let plan = HookPlan([plugin.planned()])
        #expect(plugin.account.hookCounts == [.toolPreInvoke: HookCounts()])
        _ = try ChainTrace(plan)
        #expect(plugin.account.hookCounts[.toolPreInvoke]?.latency != nil)
    }

    @Test("measures the first 32 calls and then one of 64")
    func sampling() throws {
        let counters = PluginAccount(name: "a", isSerial: false).counters(for: .toolPreInvoke)
        let measured = (0..<200).filter { _ in counters.begin() }
        #expect(measured == Array(0..<32) + [64, 128, 192])
        #expect(counters.counts.calls == 200)
    }
}
