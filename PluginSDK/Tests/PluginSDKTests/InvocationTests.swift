import PluginSDK
import PluginTestKit
import Testing

@Suite("A handler that invokes another hook")
struct InvocationTests {
    struct Asking: HandlerPlugin {
        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke) { payload, context in
                await Task.yield()
                let outcome = try await context.invoke("budget_check", payload: ["tool": .string(payload.name)])
                return HookResult(metadata: ["outcome": .object(outcome.object)])
            }
        }
    }

    private static let outcomes: [HookOutcome] = [
        HookOutcome(),
        HookOutcome(
            continueProcessing: false,
            violation: {
                var violation = PluginViolation(reason: "spent", description: "No budget is left.", code: "BUDGET")
                violation.pluginName = "treasurer"
                return violation
            }(),
            metadata: ["left": 0]
        ),
        HookOutcome(
            continueProcessing: false,
            error: PluginError(code: .timeout, message: "too slow", pluginName: "treasurer")
        ),
    ]

    @Test("gets its outcome", arguments: outcomes)
    func outcome(_ given: HookOutcome) async throws {
        let harness = try PluginHarness(Asking.self)
        let request = HarnessRequest { hook, payload in
            hook == "budget_check" && payload == ["tool": "echo"] ? given : HookOutcome(metadata: ["wrong": true])
        }
        let result = try await harness.invoke("tool_pre_invoke", payload: .toolCall(), request: request)
        #expect(result == HarnessResult(metadata: ["outcome": .object(given.object)]))
        #expect(harness.complaints == [])
    }

    @Test("gets the changed payload")
    func modified() async throws {
        let harness = try PluginHarness(Asking.self)
        let changed = try PayloadBlock(["tool": "other"] as JSONObject)
        let request = HarnessRequest { _, _ in HookOutcome(modifiedPayload: changed) }
        let result = try await harness.invoke("tool_pre_invoke", payload: .toolCall(), request: request)
        #expect(result.metadata["outcome"]?["modified_payload"] == ["tool": "other"])
    }
}
