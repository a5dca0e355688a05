import EmailGuard
import PluginPayloads
import PluginTestKit
import Testing

@Suite("The email guard")
struct EmailGuardTests {
    @Test("a recipient without a domain gets one")
    func completesRecipient() async throws {
        let harness = try PluginHarness(EmailGuard.self, configuration: ["domain": "example.com"])
        let result = try await harness.invoke(
            "email_pre_send",
            payload: ["recipient": "ada", "subject": "Hi", "body": "…"]
        )
        #expect(result.modified?["recipient"] == "ada@example.com")
        #expect(result.metadata == ["fixed_email": true])
    }

    @Test("a complete recipient is left alone")
    func leavesCompleteRecipient() async throws {
        let harness = try PluginHarness(EmailGuard.self, configuration: ["domain": "example.com"])
        let result = try await harness.invoke(
            "email_pre_send",
            payload: ["recipient": "a@b.c", "subject": "", "body": ""]
        )
        #expect(result.modified == nil)
        #expect(result.metadata == [:])
    }
}
