import PluginHooks
import PluginPayloads
import Testing

@Suite("The plans of all hooks")
struct HookRegistryTests {
    static let custom = HookName("email_pre_send")

    @Test("are found by the name of their hook", arguments: HookName.standard + [custom])
    func found(_ hook: HookName) {
        let plan = HookPlan([FakePlugin().planned(on: hook)], on: hook)
        let other = HookPlan([], on: HookName("other"))
        let registry = HookRegistry([plan, other])
        #expect(registry.plan(for: hook) === plan)
        #expect(registry.plan(for: HookName(hook.text)) === plan)
        #expect(registry.plans.map(\.hook.text).sorted() == [hook.text, "other"].sorted())
    }

    @Test("are missing for hooks that no plugin has", arguments: [HookName.toolPreInvoke, custom])
    func missing(_ hook: HookName) {
        #expect(HookRegistry.empty.plan(for: hook) == nil)
        #expect(HookRegistry([HookPlan([], on: HookName("other"))]).plan(for: hook) == nil)
    }
}
