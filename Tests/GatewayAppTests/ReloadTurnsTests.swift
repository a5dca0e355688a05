import GatewayApp
import GatewayCore
import Testing

@Suite("The turns of reloads")
struct ReloadTurnsTests {
    enum Step: Sendable {
        /// So many requests arrive.
        case receive(Int)
        /// A reload is asked for; what begins.
        case begin(sequence: Int, covers: Int)
        /// None is due, or one runs.
        case nothing
        case end
    }

    @Test(
        "collapse bursts, and the last request is always covered",
        arguments: [
            [.nothing],
            [.receive(1), .begin(sequence: 1, covers: 1), .end, .nothing],
            [.receive(50), .begin(sequence: 1, covers: 50), .end, .nothing],
            // What arrives while one runs is answered by the next one, and only by one.
            [
                .receive(1), .begin(sequence: 1, covers: 1), .receive(1), .receive(1), .nothing, .end,
                .begin(sequence: 2, covers: 3), .end, .nothing,
            ],
            // A request that arrives just before the end is not lost.
            [
                .receive(1), .begin(sequence: 1, covers: 1), .end, .receive(1), .begin(sequence: 2, covers: 2),
                .receive(5), .end, .begin(sequence: 3, covers: 7), .end, .nothing,
            ],
        ] as [[Step]]
    )
    func collapse(steps: [Step]) {
        var turns = ReloadTurns()
        var received = 0
        for step in steps {
            switch step {
            case .receive(let count):
                for _ in 0..<count { turns.receive() }
                received += count
            case .begin(let sequence, let covers):
                #expect(turns.begin() == ReloadTurns.Turn(sequence: sequence, covers: covers))
            case .nothing: #expect(turns.begin() == nil)
            case .end: turns.end()
            }
            #expect(turns.received == received)
        }
    }
}
