import PluginPayloads
import Testing

@Suite("Hook names")
struct HookNameTests {
    @Test("a standard name is recognised from its text")
    func standardNameIsRecognised() {
        #expect(HookName("tool_pre_invoke") == .toolPreInvoke)
        #expect(HookName.standard.map(\.standardIndex) == Array(0..<16))
    }

    @Test("a custom name has no place among the standard ones")
    func customNameHasNoIndex() {
        #expect(HookName("email_pre_send").standardIndex == nil)
        #expect(HookName("email_pre_send") == HookName("email_pre_send"))
        #expect(HookName("email_pre_send") != HookName("email_post_send"))
    }
}
