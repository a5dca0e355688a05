package import PluginPayloads

/// One chain on its way: the state, and who waits for the outcome.
///
/// `@unchecked Sendable`: as its superclass.
final class ChainRun: HookRun, @unchecked Sendable {
    /// Who waits for the outcome; a continuation is resumed once, by the owner who finds it.
    @safe
    enum Waiter {
        case task(UnsafeContinuation<HookOutcome, Never>)
        case callback(@Sendable (HookOutcome) -> Void)
    }

    private let plan: HookPlan
    /// Accessed by the owner alone, who never comes back here from within an access; a check of it costs 20 ns a hook.
    @exclusivity(unchecked) private var state: ChainState
    @exclusivity(unchecked) private var step: ChainState.Step
    /// Set before the chain is scheduled for the first time.
    private var waiter: Waiter?
    /// What the members of the current group have answered, once that is known.
    private var answers: [ChainState.Answer]?

    init(
        _ state: consuming ChainState,
        at step: ChainState.Step,
        of plan: HookPlan,
        for request: RequestState,
        executor: HookExecutor
    ) {
        unsafe self.state = state
        unsafe self.step = step
        self.plan = plan
        waiter = nil
        super.init(for: request, executor: executor)
    }

    /// Begins with the current step.
    func begin(for waiter: Waiter) {
        self.waiter = waiter
        executor.schedule(.run(self))
    }

    /// Goes on with the answers of the current group.
    func resume(with answers: [ChainState.Answer]) {
        self.answers = answers
        executor.schedule(.run(self))
    }

    override func run(on thread: ExecutorThread) {
        while true {
            switch unsafe step {
            case .call(let hook):
                // Without a response somebody else owns the chain now.
                guard let response = response(of: hook, to: unsafe state.payload, on: thread) else { return }
                unsafe state.receive(response, of: plan, for: request)
            case .callTogether(let places, let verdict):
                guard let answers = answers.take() else {
                    let members = places.map { (place: $0, hook: plan.hooks[$0]) }
                    GroupRun.start(members, verdict, on: unsafe state.payload, for: self)
                    return
                }
                unsafe state.receive(answers, of: plan, for: request)
            case .finish(let outcome):
                plan.startBackground(unsafe state.firstPayload, after: outcome, for: request, on: executor)
                switch waiter {
                case .task(let continuation)?: unsafe continuation.resume(returning: outcome)
                case .callback(let body)?: body(outcome)
                case nil: break
                }
                return
            }
            unsafe step = unsafe state.next(of: plan, for: request)
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
        guard !isEmpty else { return HookOutcome() }
        var state = ChainState(self, payload: payload)
        while true {
            let step = state.next(of: self, for: request)
            switch step {
            case .finish(let outcome):
                startBackground(state.firstPayload, after: outcome, for: request, on: executor)
                return outcome
            case .call(let hook) where hook.isInline:
                let response = hook.runInline(state.payload, of: request, on: executor)
                state.receive(response, of: self, for: request)
            case .call, .callTogether:
                let run = ChainRun(state, at: step, of: self, for: request, executor: executor)
                return await unsafe withUnsafeContinuation { unsafe run.begin(for: .task($0)) }
            }
        }
    }

    /// Runs the hook's plugins on threads of the executor.
    ///
    /// - Parameters:
    ///   - payload: The payload.
    ///   - request: What the hooks of the request remember.
    ///   - executor: Runs the hooks.
    ///   - completion: Is called with the outcome, on one of those threads; it must not block.
    func invoke(
        _ payload: PayloadBlock,
        request: RequestState,
        executor: HookExecutor,
        completion: @escaping @Sendable (HookOutcome) -> Void
    ) {
        var state = ChainState(self, payload: payload)
        let step = state.next(of: self, for: request)
        ChainRun(state, at: step, of: self, for: request, executor: executor).begin(for: .callback(completion))
    }
}
