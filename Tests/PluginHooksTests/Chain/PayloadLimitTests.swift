import PluginHooks
import PluginPayloads
import Testing

@Suite("The size of a payload")
struct PayloadLimitTests {
    static let characters = PayloadLimits(maxCharacters: 100)

    private static func payload(args: JSONValue) throws -> PayloadBlock {
        try PayloadBlock(JSONValue.object(["name": "12345678", "args": args]))
    }

    private static func tooLarge(_ message: String) -> HookOutcome {
        HookOutcome(continueProcessing: false, error: PluginError(code: .payloadTooLarge, message: message))
    }

    static let fitting: [JSONValue] = [
        // 92 scalars beside the 8 of the name.
        .string(String(repeating: "x", count: 92)),
        .string(String(repeating: "é", count: 92)),
        .string(String(repeating: "e\u{301}", count: 46)),
        .string(String(repeating: "👩‍🔬", count: 30) + "ab"),
        .array([.string(String(repeating: "x", count: 46)), ["deep": [.string(String(repeating: "y", count: 46))]]]),
        // Neither keys nor numbers count.
        .object([String(repeating: "k", count: 500): .string(String(repeating: "x", count: 92))]),
        .array([.number(String(repeating: "1", count: 500)), .string(String(repeating: "x", count: 92))]),
    ]

    @Test("may be the limit's characters, counted as scalars of all texts", arguments: fitting)
    func exactly(_ args: JSONValue) throws {
        let plan = HookPlan([FakePlugin("a").planned()], limits: Self.characters)
        let trace = try ChainTrace(plan, Self.payload(args: args))
        #expect(trace.outcome == HookOutcome())
        #expect(trace.plugins == ["a"])
    }

    @Test("may not be one character more, in any mode", arguments: fitting)
    func oneMore(_ args: JSONValue) throws {
        let plan = HookPlan([FakePlugin("a").planned(mode: .permissive)], limits: Self.characters)
        let trace = try ChainTrace(plan, Self.payload(args: .array([args, "z"])))
        #expect(
            trace.outcome
                == Self.tooLarge("Payload size 101 exceeds limit of 100 characters (max_payload_characters)")
        )
        #expect(trace.plugins == [])
    }

    @Test("may be the limit's bytes, and not one more")
    func bytes() throws {
        let payload = try Self.payload(args: ["q": "text"])
        let hooks = [FakePlugin("a").planned(mode: .permissive)]
        let fits = try ChainTrace(HookPlan(hooks, limits: PayloadLimits(maxBlockBytes: payload.size)), payload)
        #expect(fits.outcome == HookOutcome())
        #expect(fits.plugins == ["a"])

        let limits = PayloadLimits(maxBlockBytes: payload.size - 1)
        let exceeds = try ChainTrace(HookPlan(hooks, limits: limits), payload)
        let size = payload.size
        #expect(
            exceeds.outcome
                == Self.tooLarge("Payload of \(size) bytes exceeds limit of \(size - 1) bytes (max_block_bytes)")
        )
        #expect(exceeds.plugins == [])
    }

    @Test("may grow to the limit by a reply")
    func fittingReply() throws {
        let plan = HookPlan([FakePlugin("a").planned()], limits: Self.characters)
        let args = JSONValue.string(String(repeating: "y", count: 92))
        let reply = try PayloadBlock(JSONValue.object(["args": args]))
        let trace = try ChainTrace(plan, Self.payload(args: "x"), answers: ["a": .effects { $0.reply = reply }])
        #expect(trace.outcome == HookOutcome(modifiedPayload: try Self.payload(args: args)))
    }

    @Test(
        "may not grow further, which is an error of the plugin by its mode",
        arguments: [PluginMode.enforce, .permissive]
    )
    func growingReply(_ mode: PluginMode) throws {
        let plan = HookPlan(
            [FakePlugin("a").planned(mode: mode), FakePlugin("b").planned()],
            limits: Self.characters
        )
        let reply = try PayloadBlock(JSONValue.object(["args": .string(String(repeating: "y", count: 93))]))
        let payload = try Self.payload(args: "x")
        let trace = try ChainTrace(plan, payload, answers: ["a": .effects { $0.reply = reply }])
        let message =
            "reply makes the payload too large: Payload size 101 exceeds limit of 100 characters (max_payload_characters)"
        let error = PluginError(code: .badReply, message: message, pluginName: "a")
        let expected = mode == .enforce ? HookOutcome(continueProcessing: false, error: error) : HookOutcome()
        #expect(trace.outcome == expected)
        #expect(trace.payloads == Array(repeating: payload.value, count: mode == .enforce ? 1 : 2))
    }

    @Test("counts for a reply that is a value of its own", arguments: [100, 101])
    func valueReply(_ length: Int) throws {
        let hook = HookName.httpAuthResolveUser
        let plan = HookPlan([FakePlugin("a").planned(on: hook)], on: hook, limits: Self.characters)
        let reply = try PayloadBlock(JSONValue.object(["email": .string(String(repeating: "y", count: length))]))
        let trace = try ChainTrace(plan, answers: ["a": .effects { $0.reply = reply }])
        #expect(trace.outcome.error?.code == (length == 100 ? nil : .badReply))
        #expect(trace.outcome.modifiedPayload == (length == 100 ? reply : nil))
    }
}
