import CJournal
import CLinux
import Glibc
import PluginHooks
import PluginPayloads
import Synchronization
import WorkerProtocol

/// The calls that the gateway submits, and what else it wants the worker to look at.
final class CallSource: WorkSource {
    let memory: WorkerMemory
    /// The plugin's hooks, in the order of its registration, as soon as it is ready.
    private let hooks = Mutex<[PlannedHook]>([])
    private let board: ReplyBoard
    private let questions: Questions
    /// The call that is taken next; any thread may take it.
    private let head = Atomic<UInt32>(0)
    /// How many cancellations were attended to.
    private let cancellations = Atomic<UInt32>(0)
    /// The calls that are under way, by their slots.
    private let calls = CallTable()
    private let hasProcessors = sysconf(Int32(_SC_NPROCESSORS_ONLN)) >= 2

    init(_ memory: WorkerMemory, board: ReplyBoard, questions: Questions) {
        self.memory = memory
        self.board = board
        self.questions = questions
    }

    /// Lets the calls of the gateway in.
    func open(_ hooks: [PlannedHook]) { self.hooks.withLock { $0 = hooks } }

    /// Lets no more calls in, and lets go of the plugin.
    func close() { hooks.withLock { $0 = [] } }

    var isActive: Bool { true }

    var hasWork: Bool {
        head.load(ordering: .relaxed) != memory.submitted.value
            || cancellations.load(ordering: .relaxed) != memory.cancellations.value
            || questions.hasAnswer || board.hasRoomForWaiting
    }

    var waitingRuns: Int { Int(memory.submitted.value &- head.load(ordering: .relaxed)) }

    func take(for executor: HookExecutor) -> HookRun? {
        attend(executor)
        while true {
            let position = head.load(ordering: .relaxed)
            guard position != memory.submitted.value else { return nil }
            // Before the position is this thread's: from then on the gateway may write another call's slot there.
            let slot = Int(memory.ring(position).value)
            guard head.compareExchange(expected: position, desired: position &+ 1, ordering: .acquiring).exchanged
            else { continue }
            if let run = begin(slot: slot, executor) { return run }
        }
    }

    private func begin(slot: Int, _ executor: HookExecutor) -> HookRun? {
        hookgate_crash_prepare_thread()
        let sequence = memory.sequence(slot).value
        memory.workerProcessor.publish(hookgate_processor())
        let offset = CallFrame.offset(memory, slot: slot)
        guard memory.cancelled(slot).value != sequence else {
            // Nobody needs it any more, so nobody runs it.
            board.giveBackLarge(at: offset)
            let late = HookResponse.failed(.timeout, message: "the call was cancelled before it began")
            board.publish(late, slot: slot, sequence: sequence)
            return nil
        }
        let frame = CallFrame(memory, slot: slot)
        board.giveBackLarge(at: offset)
        guard let hook = hooks.withLock({ $0.indices.contains(frame.hook) ? $0[frame.hook] : nil }) else {
            let refusal = HookResponse.failed(.unavailable, message: "the plugin has been stopped")
            board.publish(refusal, slot: slot, sequence: sequence)
            return nil
        }
        let call = ServedCall(
            slot: slot,
            sequence: sequence,
            depth: frame.depth,
            in: calls,
            board: board,
            questions: questions,
            executor: executor
        )
        calls.set(call, at: slot)
        // Whoever looked for cancelled calls before this one was there has not found it.
        if memory.cancelled(slot).value == sequence { call.cancel() }
        let request = RequestState(context: RequestContext(seenByPlugins: frame.context), invoker: call)
        if let state = frame.state { StateFrame.unpack(state, into: request, plugin: 0) }
        return ServedRun(
            hook,
            frame.payload,
            of: request,
            deadline: frame.deadline,
            for: call,
            executor: executor
        )
    }

    /// Tells plugins of cancelled calls, and of answers; and sends results that had to wait for room.
    private func attend(_ executor: HookExecutor) {
        let seen = memory.cancellations.value
        if cancellations.exchange(seen, ordering: .relaxed) != seen {
            for call in calls.all {
                guard memory.cancelled(call.slot).value == call.sequence else { continue }
                call.cancel()
            }
        }
        questions.deliverAnswers()
        board.publishWaiting()
    }

    // MARK: Waiting

    /// How long to look for the next call all the time, if whoever calls does so, too.
    private static let spinNanoseconds: UInt64 = 50_000

    func wait() {
        let seen = memory.doorbell.value
        if hasWork { return }
        if spins, memory.doorbell.changes(from: seen, within: Self.spinNanoseconds) { return }
        memory.isSleeping.publishInOrder(1)
        if memory.doorbell.orderedValue == seen { memory.doorbell.wait(while: seen) }
        memory.isSleeping.publish(0)
    }

    /// Whether a caller spins, on another processor than this thread's.
    private var spins: Bool {
        hasProcessors && memory.callerSpins.value != 0 && memory.callerProcessor.value != hookgate_processor()
    }

    func wake() {
        memory.doorbell.increment()
        memory.doorbell.wake()
    }
}
