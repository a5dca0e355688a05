import CHookgate
import Dispatch
import Glibc
import PluginPayloads
import PluginSDK
import Synchronization

/// One call of a hook: the C structure that the plugin sees, its memory, its lane, and what the hook did.
///
/// `@unchecked Sendable`: `call` is written before the hook starts and freed with this object, which the plugin's jobs and
/// the call itself hold; everything else is in the lock.
@safe
final class CallRecord: @unchecked Sendable {
    let call: UnsafeMutablePointer<hg_call>
    let hook: HookEntry
    let request: HarnessRequest
    let instance: LoadedPlugin
    /// What the C structure points to.
    private let blocks: [PayloadBlock]
    private let lane = DispatchQueue(label: "call")
    static let laneKey = DispatchSpecificKey<Bool>()
    let state = Mutex(State())

    struct State: ~Copyable {
        var arena = CallArena()
        var answer = HarnessResult()
        var isDenied = false
        var failure: String?
        /// What the hook wrote, in order; merged when it ends.
        var writes: [StateWrite] = []
        /// Blocks that were handed out, which have to stay.
        var lent: [PayloadBlock] = []
        var returned: hg_status?
        var completed: hg_status?
        var isCancelled = false
        var result: HarnessResult?
        var waiting: [CheckedContinuation<HarnessResult, Never>] = []
        /// Keeps the record while its hook is on the way and nobody may be waiting for it.
        var keeper: CallRecord?
    }

    init(
        _ instance: LoadedPlugin,
        _ hook: HookEntry,
        payload: PayloadBlock,
        request: HarnessRequest,
        timeout: Duration
    ) throws(BlockError) {
        var writer = BlockWriter()
        request.identity.write(to: &writer)
        let context = try writer.finish()
        self.instance = instance
        self.hook = hook
        self.request = request
        self.blocks = [payload, context]
        lane.setSpecific(key: Self.laneKey, value: true)
        unsafe call = .allocate(capacity: 1)
        let name = unsafe hook.text.slice
        unsafe call.initialize(
            to: hg_call(
                struct_size: UInt32(MemoryLayout<hg_call>.size),
                reserved: 0,
                host: instance.host.table,
                impl: Unmanaged.passUnretained(self).toOpaque(),
                hook: name,
                payload: payload.unsafeBlock,
                context: context.unsafeBlock,
                deadline_ns: MonotonicClock.nanoseconds(after: timeout),
                user: nil
            )
        )
    }

    deinit {
        unsafe call.deallocate()
    }

    /// The record behind a call.
    static func of(_ call: UnsafePointer<hg_call>?) -> CallRecord? {
        guard let record = unsafe call?.pointee.impl else { return nil }
        return unsafe Unmanaged<CallRecord>.fromOpaque(record).takeUnretainedValue()
    }

    func complain(_ complaint: String) {
        instance.host.complain("\(hook.recorded.name): \(complaint)")
    }
}

// MARK: - The way of the call

extension CallRecord {
    /// Runs the hook on the call's lane.
    func start() {
        state.withLock { $0.keeper = self }
        lane.async { [self] in
            let status = unsafe hook.function(hook.context ?? instance.context, call)
            returned(status)
        }
    }

    private func returned(_ status: hg_status) {
        if status == HG_PENDING && !hook.recorded.maySuspend { complain("returned HG_PENDING without HG_MAY_SUSPEND") }
        let isDouble = state.withLock { state in
            state.returned = status
            return status != HG_PENDING && state.completed != nil
        }
        if isDouble { complain("was completed, and returned \(status) as well") }
        endIfDone()
    }

    func complete(_ status: hg_status) {
        let isDouble = state.withLock { state in
            defer { if state.completed == nil { state.completed = status } }
            return state.completed != nil || state.result != nil
        }
        if isDouble { complain("was completed twice, or after it had returned a status") }
        endIfDone()
    }

    /// Queues a job of the plugin, which holds this record until it has run.
    func submit(_ job: LaneJob) -> hg_status {
        guard state.withLock({ $0.result == nil }) else {
            complain("submitted a job after its end")
            return hg_status(HG_E_STATE)
        }
        lane.async { [self] in
            unsafe job.run(job.context)
            extendLifetime(self)
        }
        return hg_status(HG_OK)
    }

    /// Has the test's own code answer for a hook that the plugin invokes.
    func invoke(_ hook: String?, _ payload: UnsafePointer<hg_block>?, _ callback: OutcomeCallback) -> hg_status {
        guard state.withLock({ $0.result == nil }) else {
            complain("invoked a hook after its end")
            return hg_status(HG_E_STATE)
        }
        guard let hook, let payload = unsafe payload, let payload = unsafe try? PayloadBlock(from: payload) else {
            complain("invoked a hook without a name or with a bad payload")
            return hg_status(HG_E_ARGUMENT)
        }
        lane.async { [self] in
            guard let outcome = try? PayloadBlock(request.answer(hook, payload.value).object) else {
                preconditionFailure("the outcome that the test gives fits into a block")
            }
            unsafe callback.done(callback.context, outcome.unsafeBlock)
            extendLifetime(outcome)
            extendLifetime(self)
        }
        return hg_status(HG_OK)
    }

    /// Cancels the call, once and before its end.
    func cancel() {
        let isOpen = state.withLock { state in
            guard state.result == nil, !state.isCancelled else { return false }
            state.isCancelled = true
            return true
        }
        if isOpen { instance.cancel(self) }
    }

    var result: HarnessResult {
        get async {
            await withCheckedContinuation { continuation in
                let result = state.withLock { state in
                    if state.result == nil { state.waiting.append(continuation) }
                    return state.result
                }
                if let result { continuation.resume(returning: result) }
            }
        }
    }

    /// Ends the call when the hook has returned a status, or has returned and was completed.
    private func endIfDone() {
        let (result, waiting, keeper) = state.withLock {
            state -> (HarnessResult?, [CheckedContinuation<HarnessResult, Never>], CallRecord?) in
            guard state.result == nil, let returned = state.returned else { return (nil, [], nil) }
            guard let status = returned == HG_PENDING ? state.completed : returned else { return (nil, [], nil) }
            let result = state.answer(status)
            state.result = result
            if result.error == nil && !result.isLate { request.merge(state.writes) }
            defer { (state.waiting, state.keeper) = ([], nil) }
            return (result, state.waiting, state.keeper)
        }
        guard let result else { return }
        for continuation in waiting { continuation.resume(returning: result) }
        extendLifetime(keeper)
    }
}

extension CallRecord.State {
    /// What the hook answered, now that it has ended.
    fileprivate func answer(_ status: hg_status) -> HarnessResult {
        let isFailed = status != HG_OK
        let error = isFailed ? failure ?? "the hook returned the status \(status) and said nothing to `fail`" : nil
        if isCancelled { return HarnessResult(continueProcessing: false, error: error, isLate: true) }
        if let error { return .failed(error) }
        var answer = answer
        answer.continueProcessing = !isDenied
        if isDenied { answer.modified = nil }
        return answer
    }
}

/// The clock of deadlines.
enum MonotonicClock {
    static func nanoseconds(after duration: Duration) -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        let (seconds, attoseconds) = duration.components
        let nanoseconds = (Int64(time.tv_sec) + seconds) * 1_000_000_000 + Int64(time.tv_nsec)
        return UInt64(max(0, nanoseconds + attoseconds / 1_000_000_000))
    }
}

/// Who gets to know what became of a hook that a plugin has invoked.
///
/// `@unchecked Sendable`: the context is the plugin's, and is only passed on, once.
@safe
struct OutcomeCallback: @unchecked Sendable {
    let done: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<hg_block>?) -> Void
    let context: UnsafeMutableRawPointer?
}

/// A job for a lane.
///
/// `@unchecked Sendable`: the context is the plugin's, and is only passed on, once.
@safe
struct LaneJob: @unchecked Sendable {
    let run: @convention(c) (UnsafeMutableRawPointer?) -> Void
    let context: UnsafeMutableRawPointer?
}
