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
    /// The members that are called next, if it is not the state's current hook.
    private var group: (places: [Int], verdict: HookGroup.Verdict)?
    /// What the members have answered, once that is known.
    private var answers: [ChainState.Answer]?
    /// Set before the chain is scheduled for the first time.
    private var waiter: Waiter?

    /// Takes a chain whose next step is a call, or the calls of a group.
    init(
        _ state: consuming ChainState,
        group: (places: [Int], verdict: HookGroup.Verdict)? = nil,
        of plan: HookPlan,
        for request: RequestState,
        executor: HookExecutor
    ) {
        unsafe self.state = state
        self.group = group
        self.plan = plan
        waiter = nil
        super.init(for: request, executor: executor)
    }

    /// Begins with the calls that come next.
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
        while receive(on: thread) {
            switch unsafe state.next(of: plan, for: request) {
            case .call: break
            case .callTogether(let places, let verdict): group = (places, verdict)
            case .finish(let outcome):
                end(with: outcome)
                return
            }
        }
    }

    /// Takes what the current hook, or group, has answered, or calls it.
    ///
    /// - Returns: `false` if there is no answer yet: then somebody else owns the chain.
    private func receive(on thread: ExecutorThread) -> Bool {
        guard let group else {
            let hook = unsafe state.current(of: plan)
            guard let response = response(of: hook, to: unsafe state.payload, on: thread) else { return false }
            unsafe state.receive(response, from: hook, of: plan, for: request)
            return true
        }
        guard let answers = answers.take() else {
            let members = group.places.map { place in
                GroupRun.Member(place: place, hook: plan.hooks[place], isTrial: unsafe state.isTrial(at: place))
            }
            GroupRun.start(members, group.verdict, on: unsafe state.payload, for: self)
            return false
        }
        self.group = nil
        unsafe state.receive(answers, of: plan, for: request)
        return true
    }

    private func end(with outcome: HookOutcome) {
        let outcome = unsafe plan.startBackground(after: outcome, of: &state, for: request, on: executor)
        switch waiter {
        case .task(let continuation)?: unsafe continuation.resume(returning: outcome)
        case .callback(let body)?: body(outcome)
        case nil: break
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
            switch state.next(of: self, for: request) {
            case .finish(let outcome):
                return startBackground(after: outcome, of: &state, for: request, on: executor)
            case .call(let hook) where hook.isInline:
                let response = hook.runInline(state.payload, of: request, on: executor)
                state.receive(response, from: hook, of: self, for: request)
            case .call:
                let run = ChainRun(state, of: self, for: request, executor: executor)
                return await unsafe withUnsafeContinuation { unsafe run.begin(for: .task($0)) }
            case .callTogether(let places, let verdict):
                let run = ChainRun(state, group: (places, verdict), of: self, for: request, executor: executor)
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
    ///   - completion: Is called with the outcome, on one of those threads or before this returns; it must not block.
    func invoke(
        _ payload: PayloadBlock,
        request: RequestState,
        executor: HookExecutor,
        completion: @escaping @Sendable (HookOutcome) -> Void
    ) {
        var state = ChainState(self, payload: payload)
        switch state.next(of: self, for: request) {
        case .finish(let outcome):
            completion(startBackground(after: outcome, of: &state, for: request, on: executor))
        case .call:
            ChainRun(state, of: self, for: request, executor: executor).begin(for: .callback(completion))
        case .callTogether(let places, let verdict):
            ChainRun(state, group: (places, verdict), of: self, for: request, executor: executor)
                .begin(for: .callback(completion))
        }
    }
}
