import PluginWorker
import Testing

@Suite("What is due later")
struct TimerQueueTests {
    @Test("comes in the order of its time, and of its adding, and not before")
    func order() {
        var queue = TimerQueue<String>()
        #expect(queue.due == nil)
        for (body, due) in [("c", 30), ("a1", 10), ("b", 20), ("a2", 10), ("last", .max)] as [(String, UInt64)] {
            queue.add(body, due: due)
        }
        #expect(queue.due == 10)
        #expect(queue.take(at: 9) == nil)
        #expect([10, 10, 10].map { queue.take(at: $0) } == ["a1", "a2", nil])
        #expect(queue.due == 20)
        #expect([40, 40, 40, .max].map { queue.take(at: $0) } == ["b", "c", nil, "last"])
        #expect(queue.due == nil)
        #expect(queue.take(at: .max) == nil)
    }

    @Test("costs little more when there is much of it: a million in any order")
    func many() {
        var queue = TimerQueue<Int>()
        // The multiplier is odd: all numbers below the power of two come, in no order.
        for number in 0..<1 << 20 {
            let due = number &* 2_654_435_761 % (1 << 20)
            queue.add(due, due: UInt64(due))
        }
        var taken = 0
        while let body = queue.take(at: .max), body == taken { taken += 1 }
        #expect(taken == 1 << 20)
    }
}
