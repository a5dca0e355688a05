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
    private let plan: HookPlan
    private let request: RequestState
    /// Accessed by the owner alone, who never comes back here from within an access; a check of it costs 20 ns a hook.
    @exclusivity(unchecked) private var state: ChainState
    /// Set before the chain is scheduled for the first time.
    private var continuation: UnsafeContinuation<HookOutcome, Never>?
    /// The response of the current hook, once somebody has found it.
    private var response: HookResponse?
    /// The deadline of the current hook's call, if the chain had to wait for its turn, and has got it.
    private var turn: UInt64?

    init(_ state: consuming ChainState, of plan: HookPlan, for request: RequestState, executor: HookExecutor) {
        unsafe self.state = state
        self.plan = plan
        self.request = request
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

    /// Calls the current hook, whose turn it is.
    func enter(deadline: UInt64) {
        turn = deadline
        executor.schedule(.chain(self))
    }

    /// Runs hooks until the chain has an outcome or waits.
    func run(on thread: ExecutorThread) {
        // Without a response somebody else owns the chain now.
        while let response = response.take() ?? call(on: thread) {
            unsafe state.receive(response, of: plan, for: request)
            if case .finish(let outcome) = unsafe state.next(of: plan, for: request) {
                unsafe continuation?.resume(returning: outcome)
                return
            }
        }
    }

    /// Calls the current hook.
    ///
    /// - Returns: Its response, or `nil` if the chain was handed on: to the call, the gate, or the watchdog.
    private func call(on thread: ExecutorThread) -> HookResponse? {
        let hook = unsafe state.current(of: plan)
        if hook.isInline { return hook.runInline(unsafe state.payload, of: request, on: executor) }
        return call(hook, on: thread)
    }

    private func call(_ hook: PlannedHook, on thread: ExecutorThread) -> HookResponse? {
        guard let turn = turn.take() else {
            if let refusal = executor.refusal(of: hook) { return refusal }
            let deadline = Clock.deadline(after: hook.timeoutNanoseconds)
            guard let gate = hook.account.gate else { return call(hook, until: deadline, on: thread) }
            guard gate.enter(self, at: hook, deadline: deadline) else { return nil }
            return call(hook, until: deadline, behind: gate, on: thread)
        }
        guard Clock.coarseNow() < turn else {
            hook.account.gate?.leave()
            return hook.timeout
        }
        return call(hook, until: turn, behind: hook.account.gate, on: thread)
    }

    private func call(
        _ hook: PlannedHook,
        until deadline: UInt64,
        behind gate: SerialGate? = nil,
        on thread: ExecutorThread
    ) -> HookResponse? {
        let handler = hook.handler
        let call = handler.makeCall(hook, payload: unsafe state.payload, request: request, deadline: deadline)
        if let gate { call.gate = gate }
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
        case .pending:
            return .failed(.badReply, message: "hook returned HG_PENDING, but did not declare that it may suspend")
        }
    }

    private func reportOverrun(_ nanoseconds: UInt64, to observer: any HookObserver) {
        account.overruns.add(1, ordering: .relaxed)
        observer.record(.overran(plugin: plugin, hook: hook, nanoseconds: timeoutNanoseconds &+ nanoseconds))
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
        var state = ChainState(self, payload: payload)
        while true {
            switch state.next(of: self, for: request) {
            case .finish(let outcome): return outcome
            case .call(let hook) where hook.isInline:
                let response = hook.runInline(state.payload, of: request, on: executor)
                state.receive(response, of: self, for: request)
            case .call:
                let run = ChainRun(state, of: self, for: request, executor: executor)
                return await unsafe withUnsafeContinuation { unsafe run.begin(for: $0) }
            }
        }
    }
}
