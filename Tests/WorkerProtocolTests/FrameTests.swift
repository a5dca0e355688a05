import PluginHooks
import PluginPayloads
import Testing
import WorkerProtocol

@Suite("A frame")
struct FrameTests {
    private static func block(_ value: JSONValue) throws -> PayloadBlock { try PayloadBlock(value) }

    @Test(
        "of a call arrives as it was sent",
        arguments: [nil, ["0": ["key": [1, 2]]]] as [JSONValue?],
        [["name": "search"], [:], ["text": .string(String(repeating: "é", count: 30_000))]] as [JSONValue]
    )
    func call(state: JSONValue?, payload: JSONValue) throws {
        let memory = try TestedMemory().memory
        let frame = CallFrame(
            hook: 7,
            deadline: .max,
            payload: try Self.block(payload),
            context: try Self.block(["request_id": "1"]),
            state: try state.map(Self.block),
            depth: 5
        )
        #expect(frame.size <= RegionGeometry.areaBytes)
        frame.write(to: memory, slot: 63, at: RegionGeometry.slotArea(63))
        let read = CallFrame(memory, slot: 63)
        #expect(read.hook == 7)
        #expect(read.deadline == .max)
        #expect(read.depth == 5)
        #expect(read.payload.value == payload)
        #expect(read.context.value == ["request_id": "1"])
        #expect(read.state?.value == state)
    }

    @Test("of a result arrives as it was sent, with what was counted")
    func result() throws {
        let memory = try TestedMemory()
        for (response, expected) in try Self.responses() {
            for counts in [[:], ["a": 1, "b": -2]] as [[String: Int64]] {
                let frame = try memory.roundTrip(response, counts: counts)
                let hasEffects = expected != "nothing" || counts.isEmpty
                #expect(text(frame.response) == (hasEffects ? expected : "{}"))
                #expect(frame.counts == counts)
            }
        }
    }

    private static func responses() throws -> [(HookResponse, String)] {
        func effects(_ change: (HookEffects) throws -> Void) rethrows -> HookResponse {
            let effects = HookEffects()
            try change(effects)
            return .completed(effects)
        }
        let violation = try PluginViolation(
            block: block(["reason": "r", "description": "d", "code": "C", "details": ["n": 1]]).root
        )
        let violationText =
            #"{"reason":"r","description":"d","code":"C","details":{"n":1},"mcp_error_code":null,"#
            + #""http_status_code":null,"http_headers":null,"plugin_name":""}"#
        return [
            (.completed(nil), "nothing"),
            (try effects { $0.reply = try block(["name": "x"]) }, #"{"reply":{"name":"x"}}"#),
            (effects { $0.metadata = ["a": [1.50, nil]] }, #"{"metadata":{"a":[1.5,null]}}"#),
            (effects { $0.httpHeaders = ["X-A": "1"] }, #"{"headers":{"X-A":"1"}}"#),
            (effects { $0.retryDelayMilliseconds = 250 }, #"{"retry":250}"#),
            (
                try effects { effects in
                    effects.stateWrites = [
                        StateWrite(scope: .pluginState, key: "k", value: try block("v")),
                        StateWrite(scope: .globalState, key: "", value: nil),
                    ]
                },
                #"{"state":[{"scope":"pluginState","key":"k","value":"v"},{"scope":"globalState","key":"","value":null}]}"#
            ),
            (effects { $0.denial = violation }, #"{"denial":\#(violationText)}"#),
            (effects { $0.report = violation }, #"{"report":\#(violationText)}"#),
            (.failed(.timeout, message: "late"), "PLUGIN_TIMEOUT: late"),
            (.failed(.badReply, message: ""), "PLUGIN_BAD_REPLY: "),
            (.failed(.failed, message: "the disk is full\n"), "PLUGIN_ERROR: the disk is full\n"),
        ]
    }

    @Test("of a failure speaks of its plugin alone, in 4,096 bytes at most")
    func failure() throws {
        let memory = try TestedMemory()
        #expect(text(try memory.roundTrip(.failed(.crashed, message: "m")).response) == "PLUGIN_ERROR: m")
        let long = String(repeating: "x", count: 5_000)
        let expected = "PLUGIN_ERROR: " + long.prefix(4_096)
        #expect(text(try memory.roundTrip(.failed(.failed, message: long)).response) == expected)
    }

    @Test(
        "of a question arrives as it was sent",
        arguments: ["ask", "my.hook:v1-2", String(repeating: "h", count: 128)]
    )
    func question(hook: String) throws {
        let memory = try TestedMemory().memory
        let frame = AskFrame(slot: 63, sequence: 9, hook: hook, payload: try Self.block(["a": 1]))
        frame.write(to: memory, ask: 2, at: RegionGeometry.askArea(2))
        let read = try AskFrame(memory, ask: 2, limits: TestedMemory.limits)
        #expect(read.slot == 63)
        #expect(read.sequence == 9)
        #expect(read.hook == hook)
        #expect(read.payload.value == ["a": 1])
    }

    @Test(
        "of an answer arrives as it was sent",
        arguments: [nil, ["continue_processing": true]] as [JSONValue?],
        [nil, ["1": ["k": "v"]]] as [JSONValue?]
    )
    func answer(outcome: JSONValue?, state: JSONValue?) throws {
        let memory = try TestedMemory().memory
        let frame = AnswerFrame(outcome: try outcome.map(Self.block), state: try state.map(Self.block))
        frame.write(to: memory, ask: 0, at: RegionGeometry.askArea(0))
        let read = AnswerFrame(memory, ask: 0)
        #expect(read.outcome?.value == outcome)
        #expect(read.state?.value == state)
    }
}
