import CLinux
import Glibc
package import PluginHooks
import Synchronization
import WorkerProtocol

/// The results that workers write, as work of the threads that run hooks.
///
/// An idle thread waits for them itself, so that a result is found by the thread that goes on with its request: one sleep
/// and wake less than if another thread handed it over. While no thread is idle, the supervisor looks.
package final class CompletionSource: WorkSource {
    private let workers = Mutex<[Worker]>([])
    private let count = Atomic<Int>(0)
    private let poller = hookgate_poller()
    /// Ends a wait.
    private let event = hookgate_event()

    private static let marks = Atomic<UInt32>(0)

    package init() {
        hookgate_poller_add_edges(poller, event, 0)
    }

    deinit {
        close(poller)
        close(event)
    }

    /// A number from 1 on that was not there lately, half as large as the largest.
    static func nextMark() -> UInt32 { marks.add(1, ordering: .relaxed).newValue % (1 << 30) + 1 }

    /// Looks for the results of a worker, too, until `remove`.
    ///
    /// - Returns: `false` if the system cannot watch it, with the reason in `errno`.
    func add(_ worker: Worker) -> Bool {
        guard hookgate_poller_add_edges(poller, worker.results, 0) == 0 else { return false }
        workers.withLock { $0.append(worker) }
        count.add(1, ordering: .sequentiallyConsistent)
        // A thread that sleeps elsewhere comes here when it is needed next.
        wake()
        return true
    }

    func remove(_ worker: Worker) {
        hookgate_poller_remove(poller, worker.results)
        workers.withLock { $0.removeAll { $0 === worker } }
        count.subtract(1, ordering: .sequentiallyConsistent)
    }

    package var isActive: Bool { count.load(ordering: .relaxed) > 0 }

    package var hasWork: Bool { isActive && workers.withLock { $0 }.contains { $0.slots.hasResult } }

    /// What waits here goes on with runs that were begun elsewhere.
    package let waitingRuns = 0

    package func take(for executor: HookExecutor) -> HookRun? {
        guard isActive else { return nil }
        for worker in workers.withLock({ $0 }) { worker.takeResults() }
        return nil
    }

    package func wait() {
        let workers = workers.withLock { $0 }
        for worker in workers { worker.memory.armed.publishInOrder(Self.nextMark() * 2 - 1) }
        // A result that came before the mark is found now; one that comes later is signalled.
        if !workers.contains(where: { $0.slots.hasResult }) {
            var tag: UInt64 = 0
            _ = unsafe hookgate_poller_wait(poller, &tag, 1, -1)
        }
        // From now on the supervisor is told; what came before is taken by this thread.
        for worker in workers { worker.memory.armed.publishInOrder(Self.nextMark() * 2) }
    }

    package func wake() {
        var one: UInt64 = 1
        _ = unsafe write(event, &one, 8)
    }
}
