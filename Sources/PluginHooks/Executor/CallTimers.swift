import Synchronization

/// The deadlines of suspended calls. Adding and removing cost a lock; the watchdog looks at all of them.
final class CallTimers: Sendable {
    private struct Slots {
        /// `UInt64.max` marks a free slot.
        var deadlines: [UInt64] = []
        var calls: [HookCall?] = []
        var free: [Int] = []
        var count: Int { deadlines.count - free.count }
    }

    private let slots = Mutex(Slots())

    /// Adds a call; the result removes it.
    func add(_ call: HookCall, deadline: UInt64) -> Int {
        slots.withLock { slots in
            if let slot = slots.free.popLast() {
                slots.deadlines[slot] = deadline
                slots.calls[slot] = call
                return slot
            }
            slots.deadlines.append(deadline)
            slots.calls.append(call)
            return slots.deadlines.count - 1
        }
    }

    /// Removes a call.
    func remove(_ slot: Int) {
        slots.withLock { slots in
            slots.deadlines[slot] = .max
            slots.calls[slot] = nil
            slots.free.append(slot)
        }
    }

    var isEmpty: Bool { slots.withLock { $0.count == 0 } }

    /// The calls whose deadline has come. They stay until they are removed.
    func expired(now: UInt64) -> [HookCall] {
        slots.withLock { slots in
            slots.deadlines.indices.compactMap { slots.deadlines[$0] <= now ? slots.calls[$0] : nil }
        }
    }
}
