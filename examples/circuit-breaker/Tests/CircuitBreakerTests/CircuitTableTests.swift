import CircuitBreaker
import Testing

@Suite("The table of circuits")
struct CircuitTableTests {
    private let start = ContinuousClock.now

    private func makeTable(_ capacity: Int) -> CircuitTable {
        CircuitTable(CircuitPolicy(failureThreshold: 1, openTime: .seconds(100)), capacity: capacity)
    }

    @Test("each tool has its own circuit")
    func tools() {
        var table = makeTable(10)
        #expect(table.record("a", isFailure: true, probe: nil, now: start) != nil)
        #expect(table.record("b", isFailure: false, probe: nil, now: start) == nil)
        #expect(table.admit("a", now: start) == .refused(.seconds(100)))
        #expect(table.admit("b", now: start) == .allowed)
        #expect(table.admit("c", now: start) == .allowed)
    }

    @Test("asking about tools makes no circuits, so nobody can fill the table with names")
    func names() {
        var table = makeTable(10)
        for number in 0..<100 { #expect(table.admit("tool \(number)", now: start) == .allowed) }
        #expect(table.count == 0)
    }

    @Test("the tool that was not used for the longest time is forgotten")
    func leastRecentlyUsed() {
        var table = makeTable(2)
        _ = table.record("a", isFailure: false, probe: nil, now: start)
        _ = table.record("b", isFailure: true, probe: nil, now: start)
        _ = table.record("c", isFailure: true, probe: nil, now: start + .seconds(1))
        // "a" is gone: its circuit was closed.
        #expect(table.admit("b", now: start + .seconds(2)) == .refused(.seconds(98)))
        _ = table.record("d", isFailure: true, probe: nil, now: start + .seconds(3))
        // "c" is gone: "b" was asked for after it.
        #expect(table.admit("c", now: start + .seconds(4)) == .allowed)
        #expect(table.admit("b", now: start + .seconds(4)) == .refused(.seconds(96)))
        #expect(table.admit("d", now: start + .seconds(4)) == .refused(.seconds(99)))
        #expect(table.count == 2)
    }
}
