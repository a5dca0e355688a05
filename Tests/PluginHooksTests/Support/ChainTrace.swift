import PluginHooks
import PluginPayloads

/// One chain, run without an executor: every plugin answers what the test says.
struct ChainTrace {
    let outcome: HookOutcome
    /// The plugins that were called, with the payload that they saw.
    let calls: [(plugin: String, payload: JSONValue)]

    var plugins: [String] { calls.map(\.plugin) }
    var payloads: [JSONValue] { calls.map(\.payload) }

    init(
        _ plan: HookPlan,
        _ payload: PayloadBlock = anyPayload,
        request: RequestState? = nil,
        answers: [String: HookResponse] = [:]
    ) throws {
        let request = request ?? RequestState()
        var state = ChainState(plan, payload: payload)
        var calls: [(plugin: String, payload: JSONValue)] = []
        while true {
            switch state.next(of: plan, for: request) {
            case .finish(let outcome):
                self.outcome = outcome
                self.calls = calls
                return
            case .call(let hook):
                calls.append((hook.plugin, state.payload.value))
                state.receive(answers[hook.plugin] ?? .nothing, of: plan, for: request)
            case .callTogether(let places, _):
                let members = places.map { (place: $0, plugin: plan.hooks[$0].plugin) }
                calls += members.map { ($0.plugin, state.payload.value) }
                let given = members.map { member in
                    ChainState.Answer(place: member.place, response: answers[member.plugin] ?? .nothing, nanoseconds: 1)
                }
                state.receive(given, of: plan, for: request)
            }
        }
    }
}
