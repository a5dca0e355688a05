import PluginHooks
import PluginPayloads
import Testing

@Suite("The state of a request")
struct RequestStateTests {
    private static func write(_ scope: RequestState.Scope, _ key: String, _ value: Int64?) throws -> StateWrite {
        StateWrite(scope: scope, key: key, value: try value.map { try PayloadBlock(JSONValue.int($0)) })
    }

    private static func writing(_ writes: [StateWrite]) -> HookResponse { .effects { $0.stateWrites = writes } }

    static let scopes: [(RequestState.Scope, isShared: Bool)] = [
        (.pluginState, false), (.pluginMetadata, false), (.globalState, true), (.globalMetadata, true),
    ]

    @Test("is seen by later hooks of the plugin, and by other plugins if it is global", arguments: scopes)
    func visibility(_ scope: RequestState.Scope, isShared: Bool) throws {
        let request = RequestState()
        let plan = HookPlan([
            FakePlugin("a").planned(stateKey: 1), FakePlugin("b").planned(stateKey: 2, mode: .permissive),
        ])
        let first = try ChainTrace(
            plan,
            request: request,
            answers: ["a": Self.writing([Self.write(scope, "k", 1), Self.write(scope, "gone", 2)])]
        )
        #expect(first.outcome == HookOutcome())
        #expect(request.value(of: "k", scope: scope, plugin: 1)?.value == 1)
        #expect(request.value(of: "k", scope: scope, plugin: 2)?.value == (isShared ? 1 : nil))

        _ = try ChainTrace(
            plan,
            request: request,
            answers: [
                "a": Self.writing([Self.write(scope, "gone", nil)]),
                "b": Self.writing([Self.write(scope, "k", 3)]),
            ]
        )
        #expect(request.all(scope: scope, plugin: 1).mapValues(\.value) == ["k": isShared ? 3 : 1])
        #expect(request.all(scope: scope, plugin: 2).mapValues(\.value) == ["k": 3])
        for (other, _) in Self.scopes where other != scope {
            #expect(request.all(scope: other, plugin: 1).isEmpty)
        }
    }

    @Test("is there for the next plugin of the same chain")
    func sameChain() throws {
        let request = RequestState()
        let plan = HookPlan([FakePlugin("a").planned(), FakePlugin("b").planned(stateKey: 1)])
        var chain = ChainState(plan, payload: anyPayload)
        _ = chain.next(of: plan, for: request)
        chain.receive(try Self.writing([Self.write(.globalState, "k", 1)]), of: plan, for: request)
        _ = chain.next(of: plan, for: request)
        #expect(request.value(of: "k", scope: .globalState, plugin: 1)?.value == 1)
    }

    @Test("keeps what a hook wrote that denied, and nothing of one that failed")
    func endings() throws {
        let request = RequestState()
        let plan = HookPlan([FakePlugin("a").planned()])
        let writes = [try Self.write(.globalState, "denied", 1)]
        _ = try ChainTrace(
            plan,
            request: request,
            answers: [
                "a": .effects {
                    $0.stateWrites = writes
                    $0.denial = .denied(by: "")
                }
            ]
        )
        _ = try ChainTrace(plan, request: request, answers: ["a": .failed(.failed, message: "")])
        #expect(request.all(scope: .globalState, plugin: 0).mapValues(\.value) == ["denied": 1])
    }

    private static func context(_ user: String?) throws -> RequestContext {
        try RequestContext(RequestIdentity(requestID: "r", user: user.map(JSONValue.string)))
    }

    @Test("goes on when more is known of the request, in both directions", arguments: scopes.map(\.0))
    func continuing(_ scope: RequestState.Scope) throws {
        let first = RequestState(context: try Self.context(nil), recordsExecutions: true)
        first.merge([try Self.write(scope, "before", 1)], plugin: 1)
        let second = RequestState(context: try Self.context("ada"), continuing: first)
        let third = RequestState(context: try Self.context("ada again"), continuing: second)
        third.merge([try Self.write(scope, "after", 2), try Self.write(scope, "before", nil)], plugin: 1)
        for state in [first, second, third] {
            #expect(state.all(scope: scope, plugin: 1).mapValues(\.value) == ["after": 2])
        }
        #expect([first, second, third].map(\.context.userText) == [nil, "ada", "ada again"])
        #expect([second, third].map(\.recordsExecutions) == [true, true])
    }

    @Test("decides by what is known now whether a plugin runs")
    func continuingConditions() throws {
        var users = HookConditions.Alternative()
        users.userPatterns = ["ada"]
        let plan = HookPlan([FakePlugin("a").planned(conditions: [users]), FakePlugin("b").planned()])
        let first = RequestState(context: try Self.context(nil))
        #expect(try ChainTrace(plan, request: first).plugins == ["b"])
        let second = RequestState(context: try Self.context("ada@example.com"), continuing: first)
        #expect(try ChainTrace(plan, request: second).plugins == ["a", "b"])
        #expect(try ChainTrace(plan, request: first).plugins == ["b"])
    }

    @Test("has global metadata of the embedding program, which all plugins see")
    func globalMetadata() throws {
        let first = RequestState(context: try Self.context(nil))
        let second = RequestState(context: try Self.context("ada"), continuing: first)
        second.setGlobalMetadata("tool", try PayloadBlock(JSONValue.string("search")))
        for state in [first, second] {
            #expect(state.value(of: "tool", scope: .globalMetadata, plugin: 3)?.value == "search")
            #expect(state.all(scope: .globalState, plugin: 3).isEmpty)
        }
    }
}
