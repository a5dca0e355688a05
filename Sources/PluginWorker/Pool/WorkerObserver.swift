/// Is told what becomes of a plugin's workers.
///
/// It is called on the supervisor's thread, and must not block.
package protocol WorkerObserver: Sendable {
    func record(_ event: WorkerEvent)
}

/// Something that an operator wants to know of a worker.
package enum WorkerEvent: Sendable {
    case ready(process: Int32, isStandby: Bool)
    /// A worker has ended that was not told to.
    case died(process: Int32, WorkerEnd, calls: [String], restartNanoseconds: UInt64)
    /// A worker could not be started.
    case notStarted(String, restartNanoseconds: UInt64)
}
