import PluginHooks
import Synchronization
import WorkerProtocol

/// Tells the gateway how many threads are inside calls whose time is over; it finds out all else by itself.
final class LostThreads: HookObserver {
    private let memory: WorkerMemory
    private let executor = Mutex<HookExecutor?>(nil)

    init(_ memory: WorkerMemory) {
        self.memory = memory
    }

    /// Counts the threads of an executor, whose observer this is.
    func count(in executor: HookExecutor) { self.executor.withLock { $0 = executor } }

    /// Waits until all of them have returned; the gateway ends a process that takes too long.
    ///
    /// - Returns: Whether they have.
    func haveReturned(within nanoseconds: UInt64) -> Bool {
        Polling.wait(within: nanoseconds) { count == 0 }
    }

    private var count: Int { executor.withLock { $0?.lostThreads.load(ordering: .relaxed) ?? 0 } }

    func record(_ event: HookEvent) {
        switch event {
        case .threadLost, .endedLate: publish()
        default: break
        }
    }

    /// Tells how many there are now.
    ///
    /// Also before the result of a call whose time is over: the gateway looks at the number some time after that, and the
    /// executor may come to its observer later still.
    func publish() {
        executor.withLock { executor in
            guard let executor else { return }
            // Counted within the lock: of two who come at the same time, the later one tells the later number.
            memory.lostThreads.publish(UInt32(clamping: executor.lostThreads.load(ordering: .relaxed)))
        }
    }
}
