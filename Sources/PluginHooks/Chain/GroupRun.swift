import PluginPayloads
import Synchronization

/// The members of a group on their way, each in a run of its own.
final class GroupRun: Sendable {
    /// Who is called, for which place in the plan.
    struct Member {
        let place: Int
        let hook: PlannedHook
        /// Whether the plugin's breaker waits for the result.
        let isTrial: Bool
    }

    private struct Progress {
        var answers: [ChainState.Answer?]
        var pending: Int
        /// The member that has decided for the group.
        var decider: Int?
        var hasEnded = false
    }

    private let chain: ChainRun
    private let places: [Int]
    private let verdict: HookGroup.Verdict
    private let progress: Mutex<Progress>
    private let runs = Mutex<[MemberRun]>([])

    /// Bounds how many members run; a group that a plugin has invoked is not bound, since what waits for it may be all
    /// that the pool has room for.
    let pool: RunPool?

    private init(_ places: [Int], _ verdict: HookGroup.Verdict, for chain: ChainRun) {
        self.chain = chain
        pool = chain.request.invokers.isEmpty ? chain.executor.members : nil
        self.places = places
        self.verdict = verdict
        progress = Mutex(Progress(answers: Array(repeating: nil, count: places.count), pending: places.count))
    }

    /// Starts all members; the chain is resumed with their answers.
    static func start(
        _ members: [Member],
        _ verdict: HookGroup.Verdict,
        on payload: PayloadBlock,
        for chain: ChainRun
    ) {
        let group = GroupRun(members.map(\.place), verdict, for: chain)
        let runs = members.enumerated().map { index, member in
            MemberRun(member, payload, as: index, of: group, for: chain.request, executor: chain.executor)
        }
        group.runs.withLock { $0 = runs }
        for run in runs {
            if let pool = group.pool { pool.enter(run) } else { chain.executor.share(.run(run)) }
        }
    }

    /// Whether nobody needs further answers.
    var hasEnded: Bool { progress.withLock { $0.hasEnded } }

    /// Takes a member's answer; the first one that decides, or the last one, ends the group.
    ///
    /// - Returns: `false` if the group has ended without it.
    func receive(_ response: HookResponse, of hook: PlannedHook, as index: Int, after nanoseconds: UInt64) -> Bool {
        var isTaken = false
        let answers = progress.withLock { progress -> [ChainState.Answer]? in
            guard !progress.hasEnded else { return nil }
            isTaken = true
            progress.answers[index] = ChainState.Answer(
                place: places[index],
                response: response,
                nanoseconds: nanoseconds
            )
            progress.pending -= 1
            let decides = verdict == .firstInTime && hook.decides(by: response)
            guard decides || progress.pending == 0 else { return nil }
            if decides { progress.decider = index }
            progress.hasEnded = true
            return ordered(progress)
        }
        guard let answers else { return isTaken }
        let runs = runs.withLock { runs in
            defer { runs = [] }
            return runs
        }
        for run in runs { run.withdraw() }
        chain.resume(with: answers)
        return true
    }

    /// The answers in the order of the plan, but what has decided comes last.
    private func ordered(_ progress: Progress) -> [ChainState.Answer] {
        let order = places.indices.filter { $0 != progress.decider } + (progress.decider.map { [$0] } ?? [])
        return order.map { index in
            progress.answers[index]
                ?? ChainState.Answer(place: places[index], response: nil, nanoseconds: 0)
        }
    }
}

/// One member of a group.
///
/// `@unchecked Sendable`: as its superclass; `call` is locked.
final class MemberRun: HookRun, @unchecked Sendable {
    private let hook: PlannedHook
    private let isTrial: Bool
    private let payload: PayloadBlock
    private let index: Int
    private let group: GroupRun
    private var start: UInt64?
    private let call = Mutex<HookCall?>(nil)

    init(
        _ member: GroupRun.Member,
        _ payload: PayloadBlock,
        as index: Int,
        of group: GroupRun,
        for request: RequestState,
        executor: HookExecutor
    ) {
        hook = member.hook
        isTrial = member.isTrial
        self.payload = payload
        self.index = index
        self.group = group
        super.init(for: request, executor: executor)
    }

    override func run(on thread: ExecutorThread) {
        let start: UInt64
        if let begun = self.start {
            start = begun
        } else {
            guard !group.hasEnded else {
                group.pool?.leave()
                if isTrial { hook.account.breaker.abandonTrial() }
                return
            }
            start = Clock.now()
            self.start = start
            _ = hook.counters.begin()
        }
        guard let response = response(of: hook, to: payload, on: thread) else { return }
        call.withLock { $0 = nil }
        group.pool?.leave()
        let nanoseconds = Clock.now() &- start
        hook.counters.latency.record(nanoseconds)
        let isTaken = group.receive(response, of: hook, as: index, after: nanoseconds)
        // Only now is the call over that the breaker waited for, and what came of it was not asked for.
        if !isTaken, isTrial { hook.account.breaker.abandonTrial() }
    }

    /// Another member may have decided while this one waited: then its plugin is spared the call.
    override var isWanted: Bool { !group.hasEnded }

    override func willMake(_ call: HookCall) {
        self.call.withLock { $0 = call }
        // The group may have ended before the call was there to be seen.
        if group.hasEnded { withdraw() }
    }

    /// Tells the plugin that nobody needs its answer any more.
    ///
    /// That is no error of the plugin's; its thread is watched until its own deadline.
    func withdraw() {
        guard let call = call.withLock({ $0.take() }) else { return }
        if call.withdraw() { executor.share(.cancel(call)) }
    }
}

extension PlannedHook {
    /// Whether a response stops the request whatever others say.
    fileprivate func decides(by response: HookResponse) -> Bool {
        switch response {
        case .completed(let effects): effects?.denial != nil && mode.blocks
        case .failed(let code, _): policy(for: code) == .fail
        }
    }
}
