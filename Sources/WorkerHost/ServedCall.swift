import PluginHooks
import PluginPayloads
import Synchronization
import WorkerProtocol

/// One call of the gateway, from its slot to its result.
final class ServedCall: ServedClient, HookInvoker {
    let slot: Int
    let sequence: UInt32
    private let board: ReplyBoard
    private let questions: Questions
    private let table: CallTable
    /// The call as the plugin has it, until it has ended.
    private let call = Mutex<HookCall?>(nil)

    init(
        slot: Int,
        sequence: UInt32,
        in table: CallTable,
        board: ReplyBoard,
        questions: Questions
    ) {
        self.slot = slot
        self.sequence = sequence
        self.board = board
        self.questions = questions
        self.table = table
    }

    func willMake(_ call: HookCall) { self.call.withLock { $0 = call } }

    func respond(_ response: HookResponse) {
        call.withLock { $0 = nil }
        table.set(nil, at: slot)
        board.publish(response, slot: slot, sequence: sequence)
    }

    /// Tells the plugin that nobody needs the call any more.
    func cancel(on executor: HookExecutor) {
        guard let call = call.withLock({ $0 }) else { return }
        executor.cancel(call)
    }

    func invoke(
        _ hook: HookName,
        _ payload: PayloadBlock,
        for call: HookCall,
        completion: @escaping @Sendable (HookOutcome) -> Void
    ) -> Bool {
        let request = call.request
        let frame = AskFrame(slot: slot, sequence: sequence, hook: hook.text, payload: payload)
        questions.ask(frame) { answer in
            StateFrame.unpack(answer.state, into: request, plugin: 0)
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
        let refusal = "hooks have invoked one another more than \(HookCall.maxInvocationDepth) times"
        guard let outcome, let read = try? HookOutcome(block: outcome.root) else {
            let error = PluginError(code: .unavailable, message: refusal)
            return HookOutcome(continueProcessing: false, error: error)
        }
        return read
    }
}
