package import PluginPayloads
import Synchronization

/// One chain on its way: the state, and who waits for the outcome.
///
/// The continuation is resumed exactly once, by the owner who finds the outcome.
/// `@unchecked Sendable`: a chain has one owner at a time, who hands it on under a lock or by an atomic exchange: the
/// thread that runs it, the call that it waits for, the gate in which it queues, or the executor's queue. The watchdog
/// becomes the owner when it gives a thread up.
@safe
package final class ChainRun: @unchecked Sendable {
    let executor: HookExecutor
    private var state: ChainState
    /// Set before the chain is scheduled for the first time.
    private var continuation: UnsafeContinuation<HookOutcome, Never>?
    /// The response of the current hook, once somebody has found it.
    private var response: HookResponse?
    /// The deadline of the current hook's call, if the chain had to wait for its turn, and has got it.
    private var turn: UInt64?

    init(_ state: consuming ChainState, executor: HookExecutor) {
        self.state = state
        self.executor = executor
        unsafe self.continuation = nil
    }

    /// Begins with the current hook.
    func begin(for continuation: UnsafeContinuation<HookOutcome, Never>) {
        unsafe self.continuation = unsafe continuation
        executor.schedule(.chain(self))
    }

    /// Goes on with the response of the current hook.
    func resume(with response: HookResponse) {
        self.response = response
        executor.schedule(.chain(self))
    }

    /// Goes on without the current hook, whose time is over.
    func expire() {
        resume(with: state.current.timeout)
    }

    /// Calls the current hook, whose turn it is.
    func enter(deadline: UInt64) {
        turn = deadline
        executor.schedule(.chain(self))
    }

    /// Runs hooks until the chain has an outcome or waits.
    func run(on thread: ExecutorThread) {
        // Without a response somebody else owns the chain now.
        while let response = response.take() ?? call(on: thread) {
            state.receive(response)
            if case .finish(let outcome) = state.next() {
                unsafe continuation?.resume(returning: outcome)
                return
            }
        }
    }

    /// Calls the current hook.
    ///
    /// - Returns: Its response, or `nil` if the chain was handed on: to the call, the gate, or the watchdog.
    private func call(on thread: ExecutorThread) -> HookResponse? {
        let hook = state.current
        let gate = hook.account.gate
        let deadline: UInt64
        if let turn = turn.take() {
            guard Clock.coarseNow() < turn else {
                gate?.leave()
                return hook.timeout
            }
            deadline = turn
        } else {
            if let refusal = executor.refusal(of: hook) { return refusal }
            deadline = Clock.deadline(after: hook.timeoutNanoseconds)
            if let gate, !gate.enter(self, deadline: deadline) { return nil }
        }
        let call = hook.handler.makeCall(hook, payload: state.payload, request: state.request, deadline: deadline)
        call.gate = gate
        return hook.isInline ? call.runInline(on: executor) : run(call, on: thread)
    }

    private func run(_ call: HookCall, on thread: ExecutorThread) -> HookResponse? {
        let (progress, isLate) = thread.run(.hook(call, self), until: call.deadline) { call.hook.handler.run(call) }
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

extension HookCall {
    /// Runs a hook that never blocks, on the caller's thread.
    func runInline(on executor: HookExecutor) -> HookResponse {
        let progress = hook.handler.run(self)
        if end() { executor.schedule(.lane(self)) }
        let now = Clock.coarseNow()
        if now > deadline {
            hook.account.overruns.add(1, ordering: .relaxed)
            let nanoseconds = now - deadline + hook.timeoutNanoseconds
            executor.observer.record(.overran(plugin: hook.plugin, hook: hook.hook, nanoseconds: nanoseconds))
        }
        switch progress {
        case .finished(let response): return response
        case .pending:
            return .failed(.badReply, message: "hook returned HG_PENDING, but did not declare that it may suspend")
        }
    }
}

extension HookPlan {
    /// Runs the hook's plugins.
    ///
    /// Hooks that never block run at once on the caller's thread. From the first one on that may block, the rest of
    /// the chain runs as one job of the executor, which the watchdog can abandon.
    ///
    /// - Parameters:
    ///   - payload: The payload.
    ///   - request: What the hooks of the request remember.
    ///   - executor: Runs the hooks that may block.
    /// - Returns: What the plugins made of the payload.
    package func invoke(
        _ payload: PayloadBlock,
        request: RequestState,
        executor: HookExecutor
    ) async -> HookOutcome {
        guard !hooks.isEmpty else { return HookOutcome() }
        var state = ChainState(self, payload: payload, request: request)
        while true {
            switch state.next() {
            case .finish(let outcome): return outcome
            case .call(let hook) where hook.isInline: state.receive(state.callInline(hook, on: executor))
            case .call:
                let run = ChainRun(state, executor: executor)
                return await unsafe withUnsafeContinuation { unsafe run.begin(for: $0) }
            }
        }
    }
}

extension ChainState {
    fileprivate func callInline(_ hook: PlannedHook, on executor: HookExecutor) -> HookResponse {
        if let refusal = executor.refusal(of: hook) { return refusal }
        let deadline = Clock.deadline(after: hook.timeoutNanoseconds)
        return hook.handler.makeCall(hook, payload: payload, request: request, deadline: deadline)
            .runInline(on: executor)
    }
}
