package import PluginPayloads
import Synchronization

/// One chain on its way: the state, and who waits for the outcome.
///
/// The continuation is resumed exactly once, by the owner who finds the outcome.
/// `@unchecked Sendable`: a chain has one owner at a time, who hands it on by an atomic move: the thread that runs
/// it, the call that it waits for, the gate in which it queues, or the executor's queue.
@safe
package final class ChainRun: @unchecked Sendable {
    let executor: HookExecutor
    private var state: ChainState
    private let continuation: UnsafeContinuation<HookOutcome, Never>
    /// The hook that the chain waits for, and its response once it is there.
    private var current: PlannedHook
    private var response: HookResponse?
    /// The chain already holds the gate of `current`.
    private var holdsGate = false

    init(
        _ state: ChainState,
        at hook: PlannedHook,
        executor: HookExecutor,
        continuation: UnsafeContinuation<HookOutcome, Never>
    ) {
        self.state = state
        self.current = hook
        self.executor = executor
        unsafe self.continuation = unsafe continuation
    }

    /// Goes on with the response of a hook that was suspended, abandoned or expired.
    func resume(with response: HookResponse) {
        self.response = response
        executor.schedule(.chain(self))
    }

    /// Goes on with the hook that waited for its plugin's gate.
    func enterGate() {
        holdsGate = true
        executor.schedule(.chain(self))
    }

    /// Runs hooks until the chain has an outcome or waits.
    func run(on thread: ExecutorThread) {
        while true {
            if let response = self.response ?? start(on: thread) {
                self.response = nil
                state.receive(response, from: current)
            } else {
                return  // somebody else owns the chain now
            }
            switch state.next() {
            case .call(let hook): current = hook
            case .finish(let outcome):
                unsafe continuation.resume(returning: outcome)
                return
            }
        }
    }

    /// Calls the current hook.
    ///
    /// - Returns: Its response, or `nil` if the chain was handed on: to the call, the gate, or the watchdog.
    private func start(on thread: ExecutorThread) -> HookResponse? {
        let hook = current
        guard executor.admits(hook) else { return executor.refusal(of: hook) }
        let deadline = Clock.coarseNow() + hook.timeoutNanoseconds
        if let gate = hook.account.gate {
            if !holdsGate, !gate.enter(self, deadline: deadline, hook: hook) { return nil }
            holdsGate = false
        }
        let call = hook.handler.makeCall(hook, payload: state.payload, request: state.request, deadline: deadline)
        guard hook.isInline else { return run(call, on: thread) }
        return call.runInline(observer: state.plan.observer)
    }

    private func run(_ call: HookCall, on thread: ExecutorThread) -> HookResponse? {
        guard let progress = thread.run(.hook(call, self), { call.hook.handler.run(call) }) else {
            return nil  // lost: the watchdog has answered, and owned the chain from then on
        }
        switch progress {
        case .finished(let response):
            call.endRunning()
            executor.openLane(of: call)
            return response
        case .pending:
            let response = call.suspend(resuming: self, executor: executor)
            executor.openLane(of: call)
            return response
        }
    }
}

extension HookCall {
    /// Runs a hook that never blocks, on the caller's thread.
    func runInline(observer: any HookObserver) -> HookResponse {
        let progress = hook.handler.run(self)
        endRunning()
        let now = Clock.coarseNow()
        if now > deadline {
            hook.account.overruns.add(1, ordering: .relaxed)
            let nanoseconds = now - deadline + hook.timeoutNanoseconds
            observer.record(.overran(plugin: hook.plugin, hook: hook.hook, nanoseconds: nanoseconds))
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
    package func invoke(
        _ payload: PayloadBlock,
        request: RequestState,
        executor: HookExecutor
    ) async -> HookOutcome {
        var state = ChainState(self, payload: payload, request: request)
        while true {
            switch state.next() {
            case .finish(let outcome):
                return outcome
            case .call(let hook) where hook.isInline && executor.admits(hook):
                let deadline = Clock.coarseNow() + hook.timeoutNanoseconds
                let call = hook.handler.makeCall(
                    hook,
                    payload: state.payload,
                    request: request,
                    deadline: deadline
                )
                state.receive(call.runInline(observer: observer), from: hook)
            case .call(let hook):
                let paused = state
                return await unsafe withUnsafeContinuation { continuation in
                    let run = unsafe ChainRun(paused, at: hook, executor: executor, continuation: continuation)
                    executor.schedule(.chain(run))
                }
            }
        }
    }
}
