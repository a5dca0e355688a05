import PluginPayloads
import Synchronization

/// Somebody who calls hooks on the executor's threads, one after the other, and waits for their responses.
///
/// `@unchecked Sendable`: a run has one owner at a time, who hands it on under a lock or by an atomic exchange: the
/// thread that runs it, the call that it waits for, the gate or the pool in which it queues, or the executor's queue.
/// The watchdog becomes the owner when it gives a thread up.
package class HookRun: @unchecked Sendable {
    final let executor: HookExecutor
    final let request: RequestState
    /// The response of the current hook, once somebody has found it.
    private final var response: HookResponse?
    /// The deadline of the current hook's call, if the run had to wait for its turn, and has got it.
    private final var turn: UInt64?

    init(for request: RequestState, executor: HookExecutor) {
        self.request = request
        self.executor = executor
    }

    /// Goes on, on a thread of the executor, until the run has ended or has to wait.
    func run(on thread: ExecutorThread) {
        fatalError("each kind of run goes on in its own way")
    }

    /// Whether anybody needs the response of a call that has waited for its turn.
    var isWanted: Bool { true }

    /// When the call of a hook that begins now has to be done.
    func deadline(of hook: PlannedHook) -> UInt64 { Clock.deadline(after: hook.timeoutNanoseconds) }

    /// Gets to know the call that is about to be made.
    func willMake(_ call: HookCall) {}

    /// Goes on with the response of the current hook.
    final func resume(with response: HookResponse) {
        self.response = response
        executor.schedule(.run(self))
    }

    /// Calls the current hook, whose turn it is.
    final func enter(deadline: UInt64) {
        turn = deadline
        executor.schedule(.run(self))
    }

    /// Takes the response that somebody has found, or calls the hook.
    ///
    /// - Returns: The response, or `nil` if the run was handed on: to the call, the gate, or the watchdog.
    final func response(of hook: PlannedHook, to payload: PayloadBlock, on thread: ExecutorThread) -> HookResponse? {
        if let response = response.take() { return response }
        if hook.isInline { return hook.runInline(payload, of: request, on: executor) }
        guard let turn = turn.take() else {
            if let refusal = executor.refusal(of: hook) { return refusal }
            let deadline = deadline(of: hook)
            guard let gate = hook.account.gate else { return call(hook, payload, until: deadline, on: thread) }
            if let refusal = gate.refusal(of: hook, for: request) { return refusal }
            guard gate.enter(self, at: hook, deadline: deadline) else { return nil }
            return call(hook, payload, until: deadline, behind: gate, on: thread)
        }
        guard isWanted, Clock.coarseNow() < turn else {
            hook.account.gate?.leave()
            return hook.timeout
        }
        return call(hook, payload, until: turn, behind: hook.account.gate, on: thread)
    }

    private func call(
        _ hook: PlannedHook,
        _ payload: PayloadBlock,
        until deadline: UInt64,
        behind gate: SerialGate? = nil,
        on thread: ExecutorThread
    ) -> HookResponse? {
        let handler = hook.handler
        let call = handler.makeCall(hook, payload: payload, request: request, deadline: deadline)
        if let gate { call.gate = gate }
        willMake(call)
        let (progress, isLate) = thread.run(call, for: self, until: deadline) { handler.run(call) }
        if isLate {
            executor.returned(from: call, late: progress)
            return nil
        }
        switch progress {
        case .finished(let response):
            if call.end() { executor.schedule(.lane(call)) }
            return response
        case .pending:
            let (response, hasJobs) = call.suspend(resuming: self)
            if hasJobs { executor.schedule(.lane(call)) }
            return response
        }
    }
}

extension PlannedHook {
    /// Runs a hook that never blocks, on the caller's thread.
    func runInline(_ payload: PayloadBlock, of request: RequestState, on executor: HookExecutor) -> HookResponse {
        if let refusal = executor.refusal(of: self) { return refusal }
        let deadline = Clock.deadline(after: timeoutNanoseconds)
        let call = handler.makeCall(self, payload: payload, request: request, deadline: deadline)
        let progress = handler.run(call)
        if call.end() { executor.schedule(.lane(call)) }
        let now = Clock.coarseNow()
        if now > deadline { reportOverrun(now - deadline, to: executor.observer) }
        switch progress {
        case .finished(let response): return response
        case .pending: return pendingInline
        }
    }

    /// What a call becomes that cannot be waited for.
    var pendingInline: HookResponse {
        .failed(.badReply, message: "hook returned HG_PENDING, but did not declare that it may suspend")
    }

    private func reportOverrun(_ nanoseconds: UInt64, to observer: any HookObserver) {
        account.overruns.add(1, ordering: .relaxed)
        observer.record(.overran(plugin: plugin, hook: hook, nanoseconds: timeoutNanoseconds &+ nanoseconds))
    }
}
