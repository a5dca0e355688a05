import CLinux
import PluginPayloads
import Synchronization
package import WorkerProtocol

/// The slots of one worker, and who has them.
///
/// A slot belongs to whoever has taken it: first to the caller, who writes the call and may look for the result. A caller
/// that lets others run gives it up by `watch`; from then on it belongs to the one who takes it back by `claim`.
/// `@unchecked Sendable`: an entry is its slot's owner's alone; the rest is atomic or locked.
@safe
package final class CallSlots: @unchecked Sendable {
    /// What the owner of a slot knows of it.
    private struct Entry {
        var call: WorkerCall?
        var sequence: UInt32 = 0
    }

    private struct Ring {
        var tail: UInt32 = 0
        /// How often each large area was lent to the worker, which counts how often it has given each back.
        var lent = [UInt32](repeating: 0, count: RegionGeometry.largeAreas)
    }

    let memory: WorkerMemory
    /// As many as there are slots, as long as this object lives.
    private let entries: UnsafeMutablePointer<Entry>
    /// A bit for each slot that nobody has.
    private let free = Atomic<UInt64>(.max)
    /// A bit for each slot whose caller has given it up.
    private let watched = Atomic<UInt64>(0)
    private let ring = Mutex(Ring())

    package init(_ memory: WorkerMemory) {
        self.memory = memory
        unsafe entries = .allocate(capacity: RegionGeometry.slots)
        unsafe entries.initialize(repeating: Entry(), count: RegionGeometry.slots)
    }

    deinit {
        unsafe entries.deinitialize(count: RegionGeometry.slots)
        unsafe entries.deallocate()
    }

    /// Calls that are under way.
    package var count: Int { (~free.load(ordering: .relaxed)).nonzeroBitCount }

    /// Whether there is a slot for a call that so many hooks have led to.
    package func hasFree(depth: Int) -> Bool {
        free.load(ordering: .relaxed).nonzeroBitCount > RegionGeometry.reserve(depth: depth)
    }

    /// Whether the worker is inside no call.
    var isIdle: Bool {
        (0..<RegionGeometry.slots).allSatisfy { slot in
            let number = number(slot)
            return memory.begun(slot).value != number || memory.done(slot).value == number
        }
    }

    /// Changes whenever the worker begins a call or ends one.
    var progress: UInt64 {
        (0..<RegionGeometry.slots).reduce(0) { sum, slot in
            sum &+ UInt64(memory.begun(slot).value) &+ UInt64(memory.done(slot).value)
        }
    }

    /// The calls that a worker had begun, of slots that were given up; only when it is dead.
    var begunCalls: [WorkerCall] {
        (0..<RegionGeometry.slots).compactMap { slot in
            let number = number(slot)
            guard memory.begun(slot).value == number, memory.done(slot).value != number else { return nil }
            return watchedCall(in: slot, number)
        }
    }

    // MARK: Submitting

    /// Takes a free slot and the room that a frame needs.
    ///
    /// - Parameters:
    ///   - size: Bytes of the frame.
    ///   - depth: How many hooks have invoked one another to get to the call.
    /// - Returns: The slot, and where the frame goes; `nil` if there is no room now.
    package func reserve(_ size: Int, depth: Int) -> (slot: Int, offset: Int)? {
        guard let slot = takeFree(leaving: RegionGeometry.reserve(depth: depth)) else { return nil }
        guard size > RegionGeometry.areaBytes else { return (slot, RegionGeometry.slotArea(slot)) }
        guard let large = takeLarge() else {
            giveBack(slot)
            return nil
        }
        return (slot, memory.geometry.largeArea(large))
    }

    private func takeFree(leaving reserve: Int) -> Int? {
        var seen = free.load(ordering: .relaxed)
        while seen.nonzeroBitCount > reserve {
            let slot = seen.trailingZeroBitCount
            let (exchanged, original) = free.compareExchange(
                expected: seen,
                desired: seen & ~(1 << UInt64(slot)),
                ordering: .acquiring
            )
            if exchanged { return slot }
            seen = original
        }
        return nil
    }

    private func giveBack(_ slot: Int) {
        free.bitwiseOr(1 << UInt64(slot), ordering: .releasing)
    }

    /// Hands the call to the worker, whose frame is written.
    ///
    /// - Returns: The call's number in its slot.
    package func submit(_ call: WorkerCall, slot: Int) -> UInt32 {
        let sequence = unsafe entries[slot].sequence &+ 1
        unsafe entries[slot].sequence = sequence
        unsafe entries[slot].call = call
        // Numbers come again after 2³² calls; what was cancelled then was another call.
        memory.cancelled(slot).publish(sequence &- 1)
        memory.sequence(slot).publish(sequence)
        ring.withLock { ring in
            memory.ring(ring.tail).publish(UInt32(slot))
            ring.tail &+= 1
            memory.submitted.publish(ring.tail)
        }
        memory.ring()
        return sequence
    }

    // MARK: Results

    /// Whether the worker has ended the call in a slot that is the caller's.
    package func isDone(_ slot: Int, _ sequence: UInt32) -> Bool { memory.done(slot).value == sequence }

    /// Looks for the result all the time.
    ///
    /// - Returns: Whether it has come.
    func look(for sequence: UInt32, in slot: Int, within nanoseconds: UInt64) -> Bool {
        memory.done(slot).becomes(sequence, within: nanoseconds)
    }

    /// Gives a slot up, so that whoever finds the result may claim it.
    ///
    /// - Returns: Whether there may be something to find already.
    package func watch(_ slot: Int, _ sequence: UInt32) -> Bool {
        memory.waits(slot).publishInOrder(sequence)
        watched.bitwiseOr(1 << UInt64(slot), ordering: .sequentiallyConsistent)
        return memory.done(slot).orderedValue == sequence
    }

    /// Takes a slot back that was given up.
    ///
    /// - Returns: `false` if somebody else has.
    package func claim(_ slot: Int) -> Bool {
        let bit: UInt64 = 1 << UInt64(slot)
        return watched.bitwiseAnd(~bit, ordering: .sequentiallyConsistent).oldValue & bit != 0
    }

    /// Takes a slot back that was given up, if its result is there.
    ///
    /// - Returns: `false` if it is not, or somebody else has the slot.
    package func claimDone(_ slot: Int) -> Bool {
        while isDone(slot, number(slot)), claim(slot) {
            // The slot may have got another call since.
            let (_, sequence) = entry(slot)
            if isDone(slot, sequence) { return true }
            // Whoever was told of a result that came meanwhile has not found it, because this thread had the slot.
            guard watch(slot, sequence) else { return false }
        }
        return false
    }

    /// The slots that were given up, as bits.
    var watchedBits: UInt64 { watched.load(ordering: .sequentiallyConsistent) }

    /// Whether a result is there that nobody has taken.
    var hasResult: Bool {
        var bits = watchedBits
        while bits != 0 {
            let slot = bits.trailingZeroBitCount
            if memory.done(slot).orderedValue == number(slot) { return true }
            bits &= bits - 1
        }
        return false
    }

    /// The call in a slot that is the caller's, and its number there.
    func entry(_ slot: Int) -> (call: WorkerCall?, sequence: UInt32) {
        unsafe (entries[slot].call, entries[slot].sequence)
    }

    /// The number of the call in a slot that may be anybody's; it may be out of date.
    func number(_ slot: Int) -> UInt32 { memory.sequence(slot).value }

    /// Frees a slot that is the caller's.
    ///
    /// - Returns: The call that was there.
    package func release(_ slot: Int) -> WorkerCall? {
        let call = unsafe entries[slot].call.take()
        giveBack(slot)
        return call
    }

    // MARK: Large areas

    /// Takes a large area for a call or an answer, which is lent to the worker until it has copied what is there.
    ///
    /// - Returns: Its index; `nil` if all are lent.
    package func takeLarge() -> Int? {
        ring.withLock { ring in
            guard let large = ring.lent.indices.first(where: { memory.returned($0).value == ring.lent[$0] }) else {
                return nil
            }
            ring.lent[large] &+= 1
            return large
        }
    }

    // MARK: Slots that were given up

    /// The call in a slot that was given up; `nil` if the slot is somebody's, or has another call.
    func watchedCall(in slot: Int, _ sequence: UInt32) -> WorkerCall? {
        guard claim(slot) else { return nil }
        let (call, number) = entry(slot)
        watchAgain(slot)
        return number == sequence ? call : nil
    }

    /// Gives a slot up again whose result the supervisor, which does this, looks for next.
    private func watchAgain(_ slot: Int) {
        watched.bitwiseOr(1 << UInt64(slot), ordering: .sequentiallyConsistent)
    }

    /// Whether anybody has a slot.
    func isTaken(_ slot: Int) -> Bool { free.load(ordering: .acquiring) & 1 << UInt64(slot) == 0 }
}
