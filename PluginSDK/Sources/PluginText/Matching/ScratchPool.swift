import Glibc
import Synchronization

/// Working memory that no match uses at the moment.
///
/// It does not hang on thread-specific keys: a process has about a thousand of them, and every loaded version of every
/// plugin would use up one for good.
enum ScratchPool {
    private static let slots = InlineArray<16, Slot> { _ in Slot() }

    /// One place for idle memory, with a cache line of its own.
    private struct Slot: ~Copyable {
        /// The address of idle memory, or 0.
        let idle = Atomic<UInt>(0)
        private let padding = InlineArray<7, UInt64>(repeating: 0)
    }

    /// Takes idle memory or makes some; the caller is its only owner.
    static func take() -> UnsafeMutablePointer<ScratchMemory> {
        let first = firstSlot
        for offset in slots.indices {
            // The exchange leaves nothing behind, so no two callers get the same memory.
            let address = slots[(first + offset) % slots.count].idle.exchange(0, ordering: .acquiring)
            if let idle = unsafe UnsafeMutablePointer<ScratchMemory>(bitPattern: address) { return unsafe idle }
        }
        let memory = UnsafeMutablePointer<ScratchMemory>.allocate(capacity: 1)
        unsafe memory.initialize(to: ScratchMemory())
        return unsafe memory
    }

    /// Takes memory back from its only owner.
    static func give(_ memory: UnsafeMutablePointer<ScratchMemory>) {
        if unsafe !memory.pointee.mayBeLarge, unsafe keep(memory) { return }
        unsafe memory.pointee.release()
        unsafe memory.deallocate()
    }

    /// Whether a slot was free.
    private static func keep(_ memory: UnsafeMutablePointer<ScratchMemory>) -> Bool {
        let first = firstSlot
        let address = UInt(bitPattern: memory)
        for offset in slots.indices {
            let slot = (first + offset) % slots.count
            if slots[slot].idle.compareExchange(expected: 0, desired: address, ordering: .releasing).exchanged {
                return true
            }
        }
        return false
    }

    /// Where this thread begins to look: glibc's thread descriptors lie whole stacks of pages apart.
    private static var firstSlot: Int {
        Int(truncatingIfNeeded: pthread_self() >> 12) & (slots.count - 1)
    }
}
