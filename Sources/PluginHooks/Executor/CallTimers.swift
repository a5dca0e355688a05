import Synchronization

/// The deadlines of suspended calls.
///
/// Adding and removing cost a lock; the watchdog looks at all of them.
final class CallTimers: Sendable {
    private struct Slots {
        /// `UInt64.max` marks a free slot.
        var deadlines: [UInt64] = []
        var calls: [HookCall?] = []
        var free: [Int] = []
    }

    private let slots = Mutex(Slots())

    /// Adds a call.
    ///
    /// - Returns: What removes it.
    func add(_ call: HookCall) -> Int {
        slots.withLock { slots in
            if let slot = slots.free.popLast() {
                slots.deadlines[slot] = call.deadline
                slots.calls[slot] = call
                return slot
            }
            slots.deadlines.append(call.deadline)
            slots.calls.append(call)
            return slots.deadlines.count - 1
        }
    }

    /// Removes a call; once.
    func remove(_ slot: Int) {
        // The call is let go of without the lock: its end may do more than free memory.
        _ = slots.withLock { slots in
            slots.deadlines[slot] = .max
            slots.free.append(slot)
            return slots.calls[slot].take()
        }
    }

    var isEmpty: Bool { slots.withLock { $0.free.count == $0.calls.count } }

    /// The calls whose deadline has come.
    ///
    /// They stay until they are removed.
    func expired(now: UInt64) -> [HookCall] {
        slots.withLock { slots in
            slots.deadlines.indices.compactMap { slots.deadlines[$0] <= now ? slots.calls[$0] : nil }
        }
    }
}
