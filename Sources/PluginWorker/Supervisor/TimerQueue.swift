import HeapModule

/// What is due later, the first first.
package struct TimerQueue<Body> {
    private struct Timer: Comparable {
        let due: UInt64
        /// How many timers there were before.
        let number: UInt64
        let body: Body

        static func < (left: Timer, right: Timer) -> Bool { (left.due, left.number) < (right.due, right.number) }
        static func == (left: Timer, right: Timer) -> Bool { left.number == right.number }
    }

    private var timers = Heap<Timer>()
    private var lastNumber: UInt64 = 0

    package init() {}

    /// When the next one is due, in nanoseconds of the monotonic clock; `nil` if there is none.
    package var due: UInt64? { timers.min?.due }

    /// Adds something; of those that are due at the same time, the first one added comes first.
    package mutating func add(_ body: Body, due: UInt64) {
        lastNumber += 1
        timers.insert(Timer(due: due, number: lastNumber, body: body))
    }

    /// Takes the first one, if its time has come.
    package mutating func take(at now: UInt64) -> Body? {
        guard let due, due <= now else { return nil }
        return timers.popMin()?.body
    }
}
