import PluginHooks
import PluginPayloads
import Testing

@Suite("A chain")
struct ChainOrderTests {
    static let names = ["a", "b", "c"]
    static let plugins = names.map { FakePlugin($0).planned() }

    @Test("without plugins lets everything pass, whatever its size")
    func empty() throws {
        let plan = HookPlan([], limits: PayloadLimits(maxBlockBytes: 1, maxCharacters: 0))
        let trace = try ChainTrace(plan, PayloadBlock(json: #"{"name": "search"}"#))
        #expect(trace.outcome == HookOutcome())
    }

    @Test("calls its plugins in the order of the plan, and changes nothing when they do not")
    func order() throws {
        let trace = try ChainTrace(HookPlan(Self.plugins))
        #expect(trace.plugins == ["a", "b", "c"])
        #expect(trace.outcome == HookOutcome())
    }

    @Test("gives every plugin what the ones before it have left")
    func changes() throws {
        let trace = try ChainTrace(
            HookPlan(Self.plugins),
            PayloadBlock(json: #"{"name": "x", "args": {"q": 1}}"#),
            answers: ["a": .reply(#"{"name": "y"}"#), "b": .reply(#"{"args": null}"#)]
        )
        #expect(
            trace.payloads == [
                ["name": "x", "args": ["q": 1]], ["name": "y", "args": ["q": 1]], ["name": "y", "args": nil],
            ]
        )
        #expect(trace.outcome == HookOutcome(modifiedPayload: try PayloadBlock(json: #"{"name": "y", "args": null}"#)))
    }

    @Test("ends at the first plugin that blocks, and shows no payload then")
    func blocked() throws {
        let trace = try ChainTrace(
            HookPlan(Self.plugins),
            PayloadBlock(json: #"{"name": "x"}"#),
            answers: ["a": .reply(#"{"name": "y"}"#), "b": .denial("STOP")]
        )
        #expect(trace.plugins == ["a", "b"])
        #expect(trace.outcome == .blocked("STOP", by: "b"))
    }

    @Test("ends at the first plugin that fails, and shows neither payload nor earlier report then")
    func failed() throws {
        let trace = try ChainTrace(
            HookPlan(Self.plugins),
            PayloadBlock(json: #"{"name": "x"}"#),
            answers: [
                "a": .effects {
                    $0.reply = try? PayloadBlock(json: #"{"name": "y"}"#)
                    $0.report = .denied("SEEN", by: "")
                },
                "b": .failed(.failed, message: "it broke"),
            ]
        )
        #expect(trace.plugins == ["a", "b"])
        let error = PluginError(code: .failed, message: "it broke", pluginName: "b")
        #expect(trace.outcome == HookOutcome(continueProcessing: false, error: error))
    }

    @Test("merges metadata, the last writer of a key wins, and `_decision_plugin` is the gateway's")
    func metadata() throws {
        let trace = try ChainTrace(
            HookPlan(Self.plugins),
            answers: [
                "a": .effects { $0.metadata = ["k": 1, "a": true, "_decision_plugin": "a"] },
                "b": .effects { $0.metadata = ["k": 2] },
                "c": .effects { $0.metadata = ["c": nil] },
            ]
        )
        #expect(trace.outcome == HookOutcome(metadata: ["k": 2, "a": true, "c": nil]))
    }

    @Test("keeps the metadata and headers of a plugin that blocks, and of those before it")
    func metadataOfADenial() throws {
        let trace = try ChainTrace(
            HookPlan(Self.plugins),
            answers: [
                "a": .effects {
                    $0.metadata = ["seen": 1]
                    $0.httpHeaders = ["x-a": "1"]
                },
                "b": .effects {
                    $0.metadata = ["seen": 2]
                    $0.httpHeaders = ["retry-after": "5"]
                    $0.denial = .denied(by: "")
                },
            ]
        )
        #expect(
            trace.outcome
                == .blocked(
                    by: "b",
                    metadata: ["seen": 2],
                    httpHeaders: ["x-a": "1", "retry-after": "5"]
                )
        )
    }

    @Test("asks for the longest of the delays that its plugins ask for, and merges their headers")
    func retryAndHeaders() throws {
        let trace = try ChainTrace(
            HookPlan(Self.plugins),
            answers: [
                "a": .effects {
                    $0.retryDelayMilliseconds = 200
                    $0.httpHeaders = ["x-one": "a", "x-two": "a"]
                },
                "b": .effects { $0.retryDelayMilliseconds = 500 },
                "c": .effects {
                    $0.retryDelayMilliseconds = 300
                    $0.httpHeaders = ["x-two": "c"]
                },
            ]
        )
        #expect(
            trace.outcome
                == HookOutcome(retryDelayMilliseconds: 500, httpHeaders: ["x-one": "a", "x-two": "c"])
        )
    }

    @Test("shows the last report, under its plugin's name, and goes on")
    func report() throws {
        let trace = try ChainTrace(
            HookPlan(Self.plugins),
            answers: [
                "a": .effects { $0.report = .denied("FIRST", by: "somebody else") },
                "b": .effects { $0.report = .denied("SECOND", by: "") },
            ]
        )
        #expect(trace.plugins == ["a", "b", "c"])
        #expect(trace.outcome == HookOutcome(violation: .denied("SECOND", by: "b")))
    }

    @Test(
        "takes the denial of a plugin that replies, reports and denies",
        arguments: [PluginMode.enforce, .permissive]
    )
    func denialWithReply(mode: PluginMode) throws {
        let plan = HookPlan([FakePlugin("a").planned(mode: mode)])
        let trace = try ChainTrace(
            plan,
            PayloadBlock(json: #"{"name": "x"}"#),
            answers: [
                "a": .effects {
                    $0.reply = try? PayloadBlock(json: #"{"name": "y"}"#)
                    $0.report = .denied("SEEN", by: "")
                    $0.denial = .denied("STOP", by: "")
                    $0.metadata = ["k": 1]
                }
            ]
        )
        let expected =
            mode == .enforce
            ? .blocked("STOP", by: "a", metadata: ["k": 1])
            : HookOutcome(metadata: ["k": 1])
        #expect(trace.outcome == expected)
    }

    @Test("drops all that a plugin asked for that fails")
    func nothingOfAFailure() throws {
        let request = RequestState()
        let trace = try ChainTrace(
            HookPlan([FakePlugin("a").planned(mode: .permissive), FakePlugin("b").planned()]),
            request: request,
            answers: ["a": .failed(.badReply, message: "nonsense")]
        )
        #expect(trace.plugins == ["a", "b"])
        #expect(trace.outcome == HookOutcome())
    }
}
