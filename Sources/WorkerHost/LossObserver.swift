import PluginHooks
import Synchronization
import WorkerProtocol

/// Tells the gateway how many threads are inside calls whose time is over; it finds out all else by itself.
final class LossObserver: HookObserver {
    private let memory: WorkerMemory
    /// A thread may return before it is said that it was lost: then this is below zero for a moment.
    private let lost = Mutex(0)

    init(_ memory: WorkerMemory) {
        self.memory = memory
    }

    func record(_ event: HookEvent) {
        switch event {
        case .threadLost: change(by: 1)
        case .endedLate: change(by: -1)
        default: break
        }
    }

    private func change(by difference: Int) {
        lost.withLock { lost in
            lost += difference
            memory.lostThreads.publish(UInt32(clamping: lost))
        }
    }
}
