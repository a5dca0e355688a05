package import PluginPayloads
import Synchronization

/// One call of one plugin's hook.
///
/// It lives until the hook has returned or completed, however late that is.
///
/// `@unchecked Sendable`: `gate` is set before anybody else sees the call; the rest is immutable, atomic or locked.
open class HookCall: @unchecked Sendable {
    /// Where the call is.
    private enum Stage {
        /// The hook's function has not returned.
        case running
        /// The hook has completed before its function returned; the chain has yet to learn of it.
        case completed(HookResponse)
        /// The function returned `pending`, and a chain waits.
        case suspended(HookRun, timer: Int)
        /// The hook has ended.
        case ended
        /// The deadline came first. What the hook does now is dropped.
        case answered
    }

    private struct Progress: ~Copyable {
        var stage = Stage.running
        var lane = LaneQueue()
        /// Whether the plugin is told, or has been, that nobody waits for the hook.
        var isCancelled = false
    }

    package let hook: PlannedHook
    package let payload: PayloadBlock
    package let request: RequestState
    /// CLOCK_MONOTONIC in nanoseconds, to some milliseconds if the timeout is a second or longer.
    package let deadline: UInt64

    private let progress = Mutex(Progress())
    /// Whether the stage is `running` or `suspended`, and somebody needs the answer; changed with it.
    private let isAwaited = Atomic<Bool>(true)
    /// What the call has passed and keeps closed behind it.
    final var gate: SerialGate?

    package init(_ hook: PlannedHook, payload: PayloadBlock, request: RequestState, deadline: UInt64) {
        self.hook = hook
        self.payload = payload
        self.request = request
        self.deadline = deadline
    }

    deinit {
        // The hook has returned or completed, and its lane is done: now the next call of a serial plugin may come.
        gate?.leave()
    }

    /// Whether somebody still waits for the hook.
    package final var isOpen: Bool { isAwaited.load(ordering: .acquiring) }

    /// Notes that the plugin is told that nobody waits for the hook: once, although a call that was withdrawn can be
    /// given up, too.
    ///
    /// - Returns: `false` if there is nothing to tell: the hook has ended, or the plugin knows.
    final func beginCancellation() -> Bool {
        progress.withLock { progress in
            let isGivenUp =
                switch progress.stage {
                case .answered: true
                case .running, .suspended: !isOpen
                case .completed, .ended: false
                }
            guard isGivenUp, !progress.isCancelled else { return false }
            progress.isCancelled = true
            return true
        }
    }

    /// Notes that nobody needs the hook's answer any more, because another plugin has decided.
    ///
    /// Whoever waits is still resumed when the hook ends or its time is over, so that its thread stays watched.
    ///
    /// - Returns: `false` if the hook has ended.
    final func withdraw() -> Bool {
        progress.withLock { progress in
            switch progress.stage {
            case .running, .suspended:
                isAwaited.store(false, ordering: .releasing)
                return true
            case .completed, .ended, .answered: return false
            }
        }
    }

    private func close(_ progress: inout Progress, as stage: Stage) {
        progress.stage = stage
        isAwaited.store(false, ordering: .releasing)
    }

    // MARK: The function's end

    /// Ends a call whose function has returned, in time, with its response.
    ///
    /// - Returns: Whether its lane has to be scheduled.
    final func end() -> Bool {
        progress.withLock { progress in
            close(&progress, as: .ended)
            return progress.lane.endJob()
        }
    }

    /// Suspends a call whose function has returned `pending`, in time.
    ///
    /// - Parameter chain: Is resumed when the hook completes, or by the watchdog.
    /// - Returns: The response if the hook has completed already, and whether its lane has to be scheduled.
    final func suspend(resuming chain: HookRun) -> (response: HookResponse?, hasJobs: Bool) {
        progress.withLock { progress in
            let hasJobs = progress.lane.endJob()
            if case .completed(let response) = progress.stage {
                progress.stage = .ended
                return (response, hasJobs)
            }
            progress.stage = .suspended(chain, timer: chain.executor.timers.add(self))
            return (nil, hasJobs)
        }
    }

    /// Gives up a call whose function has not returned in time.
    ///
    /// - Returns: The response if the hook has completed, although it did not return.
    final func abandon() -> HookResponse? {
        progress.withLock { progress in
            if case .completed(let response) = progress.stage {
                progress.stage = .ended
                return response
            }
            close(&progress, as: .answered)
            return nil
        }
    }

    /// Notes that the function of an abandoned call has returned.
    ///
    /// - Returns: Whether its lane has to be scheduled.
    final func returnLate(_ result: HookProgress) -> Bool {
        progress.withLock { progress in
            if case .finished = result, case .answered = progress.stage { endLate(&progress) }
            return progress.lane.endJob()
        }
    }

    private func endLate(_ progress: inout Progress) {
        progress.stage = .ended
        hook.account.late.add(1, ordering: .relaxed)
    }

    // MARK: Suspended calls

    /// Ends a hook that returned `pending`, or is about to.
    ///
    /// - Returns: `false` if the call had been answered or completed before: then the response is dropped.
    @discardableResult
    package final func complete(_ response: HookResponse) -> Bool {
        let (isInTime, waiting) = progress.withLock { progress -> (Bool, (chain: HookRun, timer: Int)?) in
            switch progress.stage {
            case .running:
                close(&progress, as: .completed(response))
                return (true, nil)
            case .suspended(let chain, let timer):
                close(&progress, as: .ended)
                return (true, (chain, timer))
            case .answered:
                // A worker that says that the time is over says nothing of the hook's end.
                if case .failed(.timeout, _) = response { progress.stage = .ended } else { endLate(&progress) }
                return (false, nil)
            case .completed, .ended:
                return (false, nil)
            }
        }
        if let (chain, timer) = waiting {
            chain.executor.timers.remove(timer)
            chain.resume(with: response)
        }
        return isInTime
    }

    /// Answers a suspended call whose deadline has come.
    ///
    /// - Returns: `false` if it has completed meanwhile.
    final func expire() -> Bool {
        let waiting = progress.withLock { progress -> (chain: HookRun, timer: Int)? in
            guard case .suspended(let chain, let timer) = progress.stage else { return nil }
            close(&progress, as: .answered)
            return (chain, timer)
        }
        guard let (chain, timer) = waiting else { return false }
        chain.executor.timers.remove(timer)
        chain.resume(with: hook.timeout)
        return true
    }

    // MARK: The lane

    /// Queues a job.
    ///
    /// - Returns: Whether the lane has to be scheduled.
    final func addJob(_ job: @escaping LaneQueue.Job) -> Bool {
        progress.withLock { $0.lane.add(job) }
    }

    /// Takes the next job of a lane that was scheduled.
    final func nextJob() -> LaneQueue.Queued? {
        progress.withLock { $0.lane.next() }
    }

    /// Ends the job that was running.
    ///
    /// - Returns: Whether the lane has to be scheduled again.
    final func endJob() -> Bool {
        progress.withLock { $0.lane.endJob() }
    }
}
