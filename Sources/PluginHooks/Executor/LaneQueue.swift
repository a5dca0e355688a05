/// The work of one call's lane: one job at a time, in order. The hook's own function is its first job.
package struct LaneQueue: ~Copyable {
    /// Work that a plugin has queued.
    package typealias Job = @Sendable () -> Void

    private var jobs: [Job] = []
    /// Whether a job, or the hook's function, is running or scheduled.
    private var isBusy = true

    /// Queues work.
    ///
    /// - Returns: Whether the lane has to be scheduled.
    mutating func add(_ job: @escaping Job) -> Bool {
        jobs.append(job)
        defer { isBusy = true }
        return !isBusy
    }

    /// Ends the hook's function, the lane's first job.
    ///
    /// - Returns: Whether jobs wait, so that the lane has to be scheduled.
    mutating func open() -> Bool {
        isBusy = !jobs.isEmpty
        return isBusy
    }

    /// Takes the next job.
    ///
    /// - Returns: The job, or `nil` if there is none; then the lane rests.
    mutating func next() -> Job? {
        guard !jobs.isEmpty else {
            isBusy = false
            return nil
        }
        return jobs.removeFirst()
    }
}
