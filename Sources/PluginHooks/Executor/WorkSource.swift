/// Where an executor's runs come from besides its own queue, such as memory that another process writes to.
///
/// One idle thread at a time waits there, so that a run is begun by the thread that finds it.
package protocol WorkSource: AnyObject, Sendable {
    /// Whether anything can come from there at all; idle threads wait elsewhere if not.
    var isActive: Bool { get }

    /// Whether runs wait, or anything else that `take` looks after.
    var hasWork: Bool { get }

    /// How many runs wait.
    var waitingRuns: Int { get }

    /// Takes the run that has waited longest; `nil` if there is none, or what there was has been scheduled.
    func take(for executor: HookExecutor) -> HookRun?

    /// Waits until there may be a run, or somebody calls `wake`, also if that was before.
    func wait()

    /// Ends the wait of a thread.
    func wake()
}
