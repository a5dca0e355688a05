import Testing
import WorkerProtocol

@Suite("What waits for a place")
struct DepthQueueTests {
    /// Names whose first character is their depth, in the order in which they come.
    private func queue(_ names: [String]) -> DepthQueue<String> {
        var queue = DepthQueue<String>()
        for name in names { queue.append(name, depth: name.first?.wholeNumberValue ?? 0) }
        return queue
    }

    private func elements(_ queue: DepthQueue<String>) -> [String] {
        var queue = queue
        return queue.removeAll()
    }

    @Test("is taken by its depth, and of one depth as it came")
    func order() {
        var queue = queue(["0a", "2a", "1a", "0b", "2b", "1b"])
        #expect(queue.count == 6)
        #expect(queue.first?.element == "2a")
        #expect(queue.first?.depth == 2)
        #expect(elements(queue) == ["2a", "2b", "1a", "1b", "0a", "0b"])
        let first = queue.popFirst()
        #expect(first == "2a")
        #expect(elements(queue) == ["2b", "1a", "1b", "0a", "0b"])
    }

    @Test("comes first of its depth when it is put back, and no further")
    func putBack() throws {
        var queue = queue(["0a", "0b"])
        let first = queue.popFirst()
        queue.append("1a", depth: 1)
        queue.putBack(try #require(first), depth: 0)
        #expect(elements(queue) == ["1a", "0a", "0b"])
    }

    @Test("is put back when nothing else waits, and behind all that is deeper", arguments: [[], ["3a", "2a"]])
    func putBackLast(others: [String]) {
        var queue = queue(others)
        queue.putBack("1a", depth: 1)
        #expect(elements(queue) == others + ["1a"])
    }

    @Test("is taken out once")
    func removal() {
        var queue = queue(["1b", "0a", "1a"])
        let removals = [queue.removeFirst { $0 == "1a" }, queue.removeFirst { $0 == "1a" }]
        #expect(removals == [true, false])
        #expect(elements(queue) == ["1b", "0a"])
    }

    @Test("may be nothing")
    func empty() {
        var queue = DepthQueue<String>()
        let first = queue.popFirst()
        #expect(first == nil)
        #expect(queue.first == nil)
        #expect(queue.count == 0)
        #expect(elements(queue) == [])
    }
}
