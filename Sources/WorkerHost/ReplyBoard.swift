import Glibc
import PluginHooks
import PluginPayloads
import Synchronization
import WorkerProtocol

/// Where results are written for the gateway.
final class ReplyBoard: Sendable {
    /// A result that is too large for its slot, and waits for a large area.
    private struct Waiting {
        let parts: ResultFrame.Parts
        let slot: Int
        let sequence: UInt32
    }

    private let memory: WorkerMemory
    private let events: (supervisor: Int32, results: Int32)
    private let areas: LargeAreas
    private let services: WorkerServices
    private let violations: ViolationWatch
    private let lost: LostThreads
    private let waiting = Mutex<[Waiting]>([])
    /// How many there are, to be read without the lock.
    private let waitingCount = Atomic<Int>(0)
    /// What the gateway's mark was when it was last told to look.
    private let signalled = Atomic<UInt32>(0)

    init(
        _ memory: WorkerMemory,
        events: (supervisor: Int32, results: Int32),
        areas: LargeAreas,
        services: WorkerServices,
        violations: ViolationWatch,
        lost: LostThreads
    ) {
        self.memory = memory
        self.events = events
        self.areas = areas
        self.services = services
        self.violations = violations
        self.lost = lost
    }

    /// Notes that a call's hook is called, for which it may have waited its turn: from now on the call is lost with this
    /// process.
    func begin(slot: Int, sequence: UInt32) { memory.begun(slot).publish(sequence) }

    /// Writes a call's result, and has the gateway look if it waits.
    func publish(_ response: HookResponse, slot: Int, sequence: UInt32) {
        violations.look()
        if case .failed(.timeout, _) = response { lost.publish() }
        let frame = ResultFrame(response, counts: services.takeCounts())
        let parts: ResultFrame.Parts
        do throws(BlockError) {
            parts = try frame.parts()
            guard parts.size <= memory.geometry.largeBytes else {
                throw BlockError("\(parts.size) bytes are more than \(memory.geometry.largeBytes)")
            }
        } catch {
            let failure = HookResponse.failed(.badReply, message: "the result does not fit into a block: \(error)")
            guard let parts = try? ResultFrame(failure).parts() else { return }
            write(parts, at: RegionGeometry.slotArea(slot), slot: slot, sequence: sequence)
            return
        }
        if parts.size <= RegionGeometry.areaBytes {
            write(parts, at: RegionGeometry.slotArea(slot), slot: slot, sequence: sequence)
        } else {
            waitingCount.add(1, ordering: .relaxed)
            waiting.withLock { $0.append(Waiting(parts: parts, slot: slot, sequence: sequence)) }
            publishWaiting()
        }
    }

    /// Whether a result waits, and there is room for it now.
    var hasRoomForWaiting: Bool { waitingCount.load(ordering: .relaxed) > 0 && areas.hasFree }

    /// Writes results for which there is room now.
    func publishWaiting() {
        while waitingCount.load(ordering: .relaxed) > 0 {
            let next = waiting.withLock { waiting -> (Waiting, Int)? in
                guard !waiting.isEmpty, let area = areas.take() else { return nil }
                waitingCount.subtract(1, ordering: .relaxed)
                return (waiting.removeFirst(), area)
            }
            guard let (result, area) = next else { return }
            write(result.parts, at: memory.geometry.largeArea(area), slot: result.slot, sequence: result.sequence)
        }
    }

    private func write(_ parts: ResultFrame.Parts, at offset: Int, slot: Int, sequence: UInt32) {
        parts.write(to: memory, slot: slot, at: offset)
        memory.done(slot).publishInOrder(sequence)
        if memory.waits(slot).orderedValue == sequence { announce() }
    }

    /// Has whoever waits for results look, once for each time that somebody begins to wait.
    private func announce() {
        let armed = memory.armed.orderedValue
        guard armed != 0, signalled.exchange(armed, ordering: .relaxed) != armed else { return }
        Self.signal(armed % 2 == 1 ? events.results : events.supervisor)
    }

    /// Tells the gateway that it may use the large area again that an offset lies in, if one does.
    func giveBackLarge(at offset: Int) {
        if memory.giveBackLarge(at: offset) { signal() }
    }

    /// Has the supervisor look.
    func signal() { Self.signal(events.supervisor) }

    private static func signal(_ event: Int32) {
        var one: UInt64 = 1
        if unsafe Glibc.write(event, &one, 8) < 0, errno == EBADF { _exit(WorkerLaunch.unheardStatus) }
    }
}

/// The large areas of the worker's region.
final class LargeAreas: Sendable {
    private let memory: WorkerMemory
    /// How often each was taken; the gateway counts how often it gave each back.
    private let taken = Mutex<[UInt32]>(Array(repeating: 0, count: RegionGeometry.largeAreas))

    init(_ memory: WorkerMemory) {
        self.memory = memory
    }

    var hasFree: Bool { taken.withLock { free($0) != nil } }

    /// Takes an area, if one is free.
    func take() -> Int? {
        taken.withLock { taken in
            guard let index = free(taken) else { return nil }
            taken[index] &+= 1
            return index
        }
    }

    private func free(_ taken: [UInt32]) -> Int? {
        taken.indices.first { memory.released($0).value == taken[$0] }
    }
}
