import CHookgate
import Synchronization

/// One call whose handler is a task: the task's executor, and the count of those who still use the call.
///
/// The task runs on the call's lane. Its first part runs inside the hook; each later one is queued by `submit`.
///
/// The call may be used until it is completed, and not a moment longer. Its users are the hook itself, the handler,
/// and whoever is inside ``enqueue(_:)``: a thread that resumes the handler is still in `submit` while the handler
/// may already run, and end, on another one. Each of them leaves when it is done with the call, and the last to leave ends
/// it: the hook by returning the handler's status, any other by `complete`. What runs after that (the rest of a job, the
/// release of the task) touches Swift's memory alone. Nobody enters again: the handler's child tasks have ended before it
/// leaves, and a job that somebody smuggled onto this executor goes to the default pool.
///
/// The users hold this object together, by one reference that the last to leave releases: the task's own reference is
/// gone when the task is, and that may be while ``enqueue(_:)`` still runs on the thread that resumed it.
///
/// `@unchecked Sendable`: `status` is written by the handler before it leaves and read by the last to leave; `firstJob`
/// and `isStarted` are written by the hook's thread alone, before the handler runs; `task` belongs to whoever holds the
/// reference in the call's `user` pointer.
final class AsyncCall: TaskExecutor, @unchecked Sendable {
    private let call: HookCall
    private let handler: AsyncHandler
    /// At first the hook and the handler.
    private let users = Atomic<Int>(2)
    private var status = hg_status(HG_OK)
    private var firstJob: UnownedJob?
    private var isStarted = false
    /// The task, which holds this object, so that it has to be forgotten at its end.
    private var task: Task<Void, Never>?

    private init(_ call: HookCall, _ handler: @escaping AsyncHandler) {
        self.call = call
        self.handler = handler
        _ = unsafe Unmanaged.passRetained(self)
    }

    /// Runs a handler as a task.
    ///
    /// - Returns: The handler's status if it has ended, else `HG_PENDING`.
    static func run(_ call: HookCall, _ handler: @escaping AsyncHandler) -> hg_status {
        let running = AsyncCall(call, handler)
        // Detached, because task-local values of the runtime are none of the plugin's business. Making the task enqueues
        // its first job here, on this thread; the job is kept, so that the task can be cancelled before it runs.
        running.start(Task.detached(executorPreference: running) { await running.handle() })
        return running.leave() ?? hg_status(HG_PENDING)
    }

    private func start(_ task: Task<Void, Never>) {
        self.task = task
        if !call.setCanceller(self) { cancel() }
        isStarted = true
        guard let job = firstJob.take() else { preconditionFailure("a new task is enqueued when it is made") }
        unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    }

    /// Runs the handler and hands over its answer.
    private func handle() async {
        let context = HookContext(call)
        do {
            let answer = try await handler(call.payload, context)
            context.end()
            status = call.end(with: answer)
        } catch {
            context.end()
            status = call.end(with: error)
        }
        if call.removeCanceller() { task = nil }
        let call = call
        if let status = leave() { call.complete(status) }
    }

    /// Cancels the task; for whoever holds the reference to this object in the call's `user` pointer.
    func cancel() {
        task.take()?.cancel()
    }
}

// MARK: - The users of the call

extension AsyncCall {
    /// - Returns: Whether the call may be used, until ``leave()``.
    private func enter() -> Bool {
        var count = users.load(ordering: .relaxed)
        while count > 0 {
            let (exchanged, original) = users.weakCompareExchange(
                expected: count,
                desired: count + 1,
                ordering: .relaxed
            )
            if exchanged { return true }
            count = original
        }
        return false
    }

    /// Leaves the call and this object, which may be gone when it returns.
    ///
    /// - Returns: The handler's status if this was the last user, who has to end the call.
    private func leave() -> hg_status? {
        guard users.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return nil }
        let status = status
        unsafe Unmanaged.passUnretained(self).release()
        return status
    }
}

// MARK: - The executor

extension AsyncCall {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        guard isStarted else {
            firstJob = job
            return
        }
        guard enter() else {
            globalConcurrentExecutor.enqueue(job)
            return
        }
        let call = call
        if !call.submit(QueuedJob(job: job, executor: self)) { globalConcurrentExecutor.enqueue(job) }
        if let status = leave() { call.complete(status) }
    }
}

/// A part of a handler in the queue of its lane.
private final class QueuedJob {
    private let job: UnownedJob
    private let executor: AsyncCall

    init(job: UnownedJob, executor: AsyncCall) {
        self.job = job
        self.executor = executor
    }

    func run() {
        unsafe job.runSynchronously(on: executor.asUnownedTaskExecutor())
        extendLifetime(executor)
    }
}

extension HookCall {
    /// Ends the call, which must not be used after it.
    fileprivate func complete(_ status: hg_status) {
        unsafe pointer.pointee.host.pointee.complete(pointer, status)
    }

    /// Queues a job, which owns itself until it has run.
    ///
    /// - Returns: Whether the lane took it.
    fileprivate func submit(_ job: QueuedJob) -> Bool {
        let context = unsafe Unmanaged.passRetained(job)
        let status = unsafe pointer.pointee.host.pointee.submit(
            pointer,
            { context in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<QueuedJob>.fromOpaque(context).takeRetainedValue().run()
            },
            context.toOpaque()
        )
        if status != HG_OK { unsafe context.release() }
        return status == HG_OK
    }
}
