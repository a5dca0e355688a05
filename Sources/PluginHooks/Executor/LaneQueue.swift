import DequeModule

/// The work of one call's lane: one job at a time, in order.
///
/// The hook's own function is the first job.
package struct LaneQueue: ~Copyable {
    /// Work that a plugin has queued.
    package typealias Job = @Sendable () -> Void

    /// A job in a structure of its own, because a function in an optional or a collection costs an allocation.
    struct Queued {
        let run: Job
    }

    /// The next job.
    ///
    /// Most lanes have one job at a time, and so allocate nothing.
    private var first: Queued?
    private var others: Deque<Queued>?
    /// Whether a job, or the hook's function, is running or scheduled.
    private var isBusy = true

    /// Queues work.
    ///
    /// - Returns: Whether the lane has to be scheduled.
    mutating func add(_ job: @escaping Job) -> Bool {
        defer { isBusy = true }
        if first == nil {
            first = Queued(run: job)
        } else {
            var queue = others.take() ?? []
            queue.append(Queued(run: job))
            others = queue
        }
        return !isBusy
    }

    /// Takes the next job of a lane that was scheduled.
    mutating func next() -> Queued? {
        let job = first.take()
        first = others?.popFirst()
        return job
    }

    /// Ends the job that was running, or the hook's function.
    ///
    /// - Returns: Whether more jobs wait, so that the lane has to be scheduled.
    mutating func endJob() -> Bool {
        isBusy = first != nil
        return isBusy
    }
}
