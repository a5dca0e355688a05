package import PluginSandbox

/// Is told what becomes of a plugin's workers.
///
/// It is called on the supervisor's thread, and must not block.
package protocol WorkerObserver: Sendable {
    func record(_ event: WorkerEvent)
}

/// Something that an operator wants to know of a worker.
package enum WorkerEvent: Sendable {
    /// A worker is ready; the warning says what its sandbox lacks.
    case ready(process: Int32, isStandby: Bool, warning: String?)
    /// The sandbox has refused something, as the worker says.
    case refused(process: Int32, SandboxViolations)
    /// A worker has ended that was not told to.
    case died(process: Int32, WorkerEnd, calls: [String], restartNanoseconds: UInt64)
    /// A worker has ended whose plugin could not be stopped, as it says.
    case notStopped(String)
    /// A worker could not be started.
    case notStarted(String, restartNanoseconds: UInt64)
}
