import CPluginFixtures
import PluginSDK
import PluginTestKit
import Testing

@Suite("Conformance")
struct ConformanceTests {
    static let email: JSONObject = ["recipient": "ada", "subject": "Hi", "body": "Hello"]

    @Test("a Swift plugin that does all right has no findings")
    func swiftPlugin() async {
        let suite = ConformanceSuite(
            EmailGuard.self,
            configuration: ["domain": "example.com"],
            samples: ["email_pre_send": Self.email]
        )
        #expect(await suite.run() == [])
    }

    @Test("asynchronous handlers have no findings")
    func asynchronous() async {
        let suite = ConformanceSuite(AsyncTests.Busy.self, samples: ["tool_pre_invoke": .toolCall(["n": 7])])
        #expect(await suite.run() == [])
    }

    @Test("a C plugin answers as a Swift one does, at once and later", arguments: ["email_pre_send", "email_later"])
    func cPlugin(hook: String) async throws {
        let suite = unsafe ConformanceSuite(entry: email_guard_entry, samples: [hook: Self.email])
        #expect(await suite.run() == [])

        let harness = try unsafe PluginHarness(entry: email_guard_entry)
        let fixed = try await harness.invoke(hook, payload: Self.email)
        #expect(fixed == HarnessResult(modified: ["recipient": "ada@example.com"], metadata: ["fixed_email": true]))
        #expect(try await harness.invoke(hook, payload: ["recipient": "a@b"]) == HarnessResult())
        #expect(try await harness.invoke(hook, payload: [:]) == .failed("recipient: missing"))
    }

    @Test("every broken rule is found")
    func naughty() async {
        let suite = unsafe ConformanceSuite(
            entry: naughty_entry,
            samples: ["turns": [:], "missing": [:]],
            patience: .milliseconds(200)
        )
        let findings = Set(await suite.run().map(\.description))
        let expected: Set = [
            "instances: two instances say another name, version or other hooks",
            "configuration: the unknown key hookgate_conformance_unknown_key is not reported",
            "lifecycle: health failed: no connection",
            "lifecycle: stop has not ended within 0.2 seconds",
            "answers: stuck: no answer within 0.2 seconds",
            "answers: missing: the plugin has no hook missing; it has deny, reply, twice, suspend, stuck, nonsense, turns",
            "concurrency: turns: 50 of 100 concurrent calls were answered otherwise than a single one",
            "rules: add_hook: a member is null or malformed",
            "rules: start: `completed` was called twice",
            "rules: deny: deny: not declared by HG_MAY_DENY",
            "rules: reply: reply: the block does not lie in memory of `alloc`",
            "rules: twice: was completed twice, or after it had returned a status",
            "rules: suspend: returned HG_PENDING without HG_MAY_SUSPEND",
        ]
        #expect(findings.subtracting(expected).filter { !$0.hasPrefix("answers: turns: ") } == [])
        #expect(expected.subtracting(findings) == [])
    }

    @Test("what a hook returns that is no status is a failure")
    func nonsense() async throws {
        let harness = try unsafe PluginHarness(entry: naughty_entry)
        let result = try await harness.invoke("nonsense", payload: [:])
        #expect(result == .failed("the hook returned the status 7 and said nothing to `fail`"))
        let error = await #expect(throws: HarnessError.self) { try await harness.invoke("other", payload: [:]) }
        #expect(
            error?.description
                == "the plugin has no hook other; it has deny, reply, twice, suspend, stuck, nonsense, turns"
        )
    }
}
