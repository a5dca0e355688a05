import CLinux
import Glibc
package import PluginHooks
import Synchronization
package import WorkerProtocol

/// Whether it is worth it to look for a result all the time instead of letting others run.
///
/// It is if the last call has just ended, the worker runs on another processor, results come fast, and not half of the
/// processors do so already. A sleep and its end cost 4 to 50 µs; two processes that look at memory answer in 0.3 µs.
package final class SpinBudget: Sendable {
    /// How long a caller looks at most.
    package static let nanoseconds: UInt64 = 50_000

    /// Callers in this process that look for results, of all plugins.
    private static let spinners = Atomic<Int>(0)
    private static let maxSpinners = sysconf(Int32(_SC_NPROCESSORS_ONLN)) / 2

    /// When the last call ended.
    private let lastEnd = Atomic<UInt64>(0)
    /// Below zero while results do not come fast: so many calls are made without looking.
    private let credit = Atomic<Int>(0)

    package init() {}

    /// Decides for a call.
    ///
    /// - Returns: How long to look; 0 for not at all.
    package func begin(_ memory: WorkerMemory) -> UInt64 {
        guard isWorthIt() else {
            memory.callerSpins.publish(0)
            return 0
        }
        let processor = hookgate_processor()
        // The worker looks for the next call as long as callers look for results.
        memory.callerSpins.publish(1)
        memory.callerProcessor.publish(processor)
        guard memory.isSleeping.value == 0, memory.workerProcessor.value != processor else { return 0 }
        guard Self.spinners.add(1, ordering: .relaxed).newValue <= Self.maxSpinners else {
            Self.spinners.subtract(1, ordering: .relaxed)
            return 0
        }
        return Self.nanoseconds
    }

    private func isWorthIt() -> Bool {
        guard Self.maxSpinners > 0 else { return false }
        guard credit.load(ordering: .relaxed) >= 0 else {
            credit.add(1, ordering: .relaxed)
            return false
        }
        return Clock.now() &- lastEnd.load(ordering: .relaxed) < Self.nanoseconds
    }

    /// Takes a decision to look back: there was no room for the call.
    package func forgo() { Self.spinners.subtract(1, ordering: .relaxed) }

    /// Learns from a call.
    package func end(_ progress: HookProgress, after nanoseconds: UInt64) {
        if nanoseconds > 0 {
            Self.spinners.subtract(1, ordering: .relaxed)
            if case .pending = progress { credit.store(-64, ordering: .relaxed) }
        }
        lastEnd.store(Clock.now(), ordering: .relaxed)
    }
}
