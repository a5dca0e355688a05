import Glibc
import PluginHooks
import PluginWorker
import Testing
import WorkerProtocol

/// One processor is not enough to look for results all the time: there the budget is always nothing.
@Suite("The time that a caller looks for a result", .serialized)
struct SpinBudgetTests {
    /// A worker that seems to run on another processor, awake.
    private static func memory() throws -> WorkerMemory {
        let memory = try CallSlotsTests.memory()
        memory.workerProcessor.publish(.max)
        return memory
    }

    @Test("is nothing for a first call, and for a worker that sleeps or runs on the caller's processor")
    func isNothing() throws {
        let memory = try Self.memory()
        let budget = SpinBudget()
        #expect(budget.begin(memory) == 0)
        #expect(memory.callerSpins.value == 0)
        budget.end(.finished(.completed(nil)), after: 0)
        memory.isSleeping.publish(1)
        #expect(budget.begin(memory) == 0)
    }

    @Test("is given back by a call that finds no room")
    func isGivenBack() throws {
        let memory = try Self.memory()
        let budget = SpinBudget()
        var granted = 0
        for _ in 0..<1_000 {
            budget.end(.finished(.completed(nil)), after: 0)
            let nanoseconds = budget.begin(memory)
            guard nanoseconds > 0 else { continue }
            granted += 1
            budget.forgo()
        }
        // Without that the callers of the first grants would count for ever, and there would be no more of them.
        #expect(granted == 0 || granted > 100)
    }

    @Test("is nothing for the next 64 calls after a result that did not come")
    func isLearnt() throws {
        let memory = try Self.memory()
        let budget = SpinBudget()
        var nanoseconds: UInt64 = 0
        for _ in 0..<1_000 where nanoseconds == 0 {
            budget.end(.finished(.completed(nil)), after: 0)
            nanoseconds = budget.begin(memory)
        }
        #expect(nanoseconds == (sysconf(Int32(_SC_NPROCESSORS_ONLN)) < 2 ? 0 : SpinBudget.nanoseconds))
        budget.end(.pending, after: nanoseconds)
        for _ in 0..<64 {
            #expect(budget.begin(memory) == 0)
            budget.end(.finished(.completed(nil)), after: 0)
        }
    }
}
