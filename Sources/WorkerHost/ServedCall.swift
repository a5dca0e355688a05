import PluginHooks
import PluginPayloads
import Synchronization
import WorkerProtocol

/// One call of the gateway, from its slot to its result.
final class ServedCall: ServedClient, HookInvoker {
    let slot: Int
    let sequence: UInt32
    /// How many hooks have invoked one another to get to the call.
    private let depth: Int
    private let board: ReplyBoard
    private let questions: Questions
    private let table: CallTable
    private let executor: HookExecutor
    private let state = Mutex(State())

    private struct State {
        /// The call as the plugin has it, until it has ended.
        var call: HookCall?
        /// Whether nobody needs it any more, which may be known before the plugin has it.
        var isCancelled = false
    }

    init(
        slot: Int,
        sequence: UInt32,
        depth: Int,
        in table: CallTable,
        board: ReplyBoard,
        questions: Questions,
        executor: HookExecutor
    ) {
        self.slot = slot
        self.sequence = sequence
        self.depth = depth
        self.board = board
        self.questions = questions
        self.table = table
        self.executor = executor
    }

    func willMake(_ call: HookCall) {
        board.begin(slot: slot, sequence: sequence)
        let isCancelled = state.withLock { state in
            state.call = call
            return state.isCancelled
        }
        if isCancelled { executor.cancel(call) }
    }

    func respond(_ response: HookResponse) {
        state.withLock { $0.call = nil }
        table.set(nil, at: slot)
        board.publish(response, slot: slot, sequence: sequence)
    }

    /// Tells the plugin that nobody needs the call any more.
    func cancel() {
        let call = state.withLock { state in
            state.isCancelled = true
            return state.call
        }
        if let call { executor.cancel(call) }
    }

    func invoke(
        _ hook: HookName,
        _ payload: PayloadBlock,
        for call: HookCall,
        completion: @escaping @Sendable (HookOutcome) -> Void
    ) -> Bool {
        guard depth < HookCall.maxInvocationDepth else { return false }
        let request = call.request
        let frame = AskFrame(slot: slot, sequence: sequence, hook: hook.text, payload: payload)
        questions.ask(frame, depth: depth) { answer in
            // A refusal says nothing of what the request remembers.
            if answer.outcome != nil { StateFrame.unpack(answer.state, into: request, plugin: 0) }
            completion(answer.hookOutcome)
        }
        return true
    }
}

/// The calls that are under way, by their slots.
final class CallTable: Sendable {
    private let calls = Mutex<[ServedCall?]>(Array(repeating: nil, count: RegionGeometry.slots))

    func set(_ call: ServedCall?, at slot: Int) { calls.withLock { $0[slot] = call } }

    var all: [ServedCall] { calls.withLock { $0.compactMap(\.self) } }
}

extension AnswerFrame {
    /// The outcome as the plugin sees it.
    fileprivate var hookOutcome: HookOutcome {
        let refusal = "the gateway cannot give the hook's outcome: the call has ended, or the outcome is too large"
        guard let outcome, let read = try? HookOutcome(block: outcome.root) else {
            let error = PluginError(code: .unavailable, message: refusal)
            return HookOutcome(continueProcessing: false, error: error)
        }
        return read
    }
}
