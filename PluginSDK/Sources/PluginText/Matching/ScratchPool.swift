import Glibc
import Synchronization

/// Working memory that no match uses at the moment.
///
/// It does not hang on thread-specific keys: a process has about a thousand of them, and every loaded version of every
/// plugin would use up one for good.
enum ScratchPool {
    private static let slots = InlineArray<16, Slot> { _ in Slot() }

    /// One place for idle memory, with a cache line of its own.
    ///
    /// `@unchecked Sendable`: the pointer in it is the only one to that memory, and moves by atomic exchange.
    @safe
    private struct Slot: ~Copyable, @unchecked Sendable {
        let idle = unsafe Atomic<UnsafeMutablePointer<ScratchMemory>?>(nil)
        private let padding = InlineArray<7, UInt64>(repeating: 0)
    }

    /// Takes idle memory or makes some; the caller is its only owner.
    static func take() -> UnsafeMutablePointer<ScratchMemory> {
        let first = firstSlot
        for offset in slots.indices {
            // The exchange leaves nothing behind, so no two callers get the same memory.
            let idle = unsafe slots[(first + offset) % slots.count].idle.exchange(nil, ordering: .acquiring)
            if let idle = unsafe idle { return unsafe idle }
        }
        let memory = UnsafeMutablePointer<ScratchMemory>.allocate(capacity: 1)
        unsafe memory.initialize(to: ScratchMemory())
        return unsafe memory
    }

    /// Takes memory back from its only owner.
    static func give(_ memory: UnsafeMutablePointer<ScratchMemory>) {
        let first = firstSlot
        for offset in slots.indices {
            let slot = (first + offset) % slots.count
            let result = unsafe slots[slot].idle.compareExchange(expected: nil, desired: memory, ordering: .releasing)
            if unsafe result.exchanged { return }
        }
        unsafe memory.pointee.release()
        unsafe memory.deallocate()
    }

    /// Where this thread begins to look: glibc's thread descriptors lie whole stacks of pages apart.
    private static var firstSlot: Int {
        Int(truncatingIfNeeded: pthread_self() >> 12) & (slots.count - 1)
    }
}
