import CircuitBreaker
import Testing

/// The state machine, step by step.
///
/// Two failures in ten seconds open the circuit for five; places of probes last three.
@Suite("A circuit")
struct CircuitTests {
    enum Step: Sendable {
        /// The time since the start, in seconds.
        case at(Double)
        case admit(Circuit.Admission)
        case success(Int? = nil, Circuit.Change? = nil)
        case failure(Int? = nil, Circuit.Change? = nil)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var policy: CircuitPolicy
        let steps: [Step]

        init(_ description: String, _ change: (inout CircuitPolicy) -> Void = { _ in }, _ steps: Step...) {
            testDescription = description
            policy = CircuitPolicy(
                failureThreshold: 2,
                window: .seconds(10),
                openTime: .seconds(5),
                probeTimeout: .seconds(3)
            )
            change(&policy)
            self.steps = steps
        }
    }

    private static func opened(_ failures: Int, of calls: Int) -> Circuit.Change {
        .opened(SlidingWindow.Counts(calls: calls, failures: failures))
    }

    private static func refused(_ seconds: Double) -> Circuit.Admission { .refused(.seconds(seconds)) }

    static let opening = [
        Case("stays closed below the threshold", { _ in }, .failure(), .success(), .success(), .admit(.allowed)),
        Case(
            "opens at the threshold, and tells when to ask again",
            { _ in },
            .success(),
            .failure(),
            .admit(.allowed),
            .failure(nil, opened(2, of: 3)),
            .admit(refused(5)),
            .at(4.5),
            .admit(refused(0.5))
        ),
        Case(
            "forgets failures when they leave the window",
            { _ in },
            .failure(),
            .at(10),
            .failure(),
            .at(19.5),
            .failure(nil, opened(2, of: 2))
        ),
        Case("keeps failures within the window", { _ in }, .failure(), .at(9.5), .failure(nil, opened(2, of: 2))),
        Case(
            "opens at the rate, once there are enough calls",
            {
                $0.failureThreshold = nil
                $0.failureRate = 0.5
                $0.minimumCalls = 4
            },
            .failure(),
            .failure(),
            .success(),
            .success(),
            .admit(.allowed),
            .failure(nil, opened(3, of: 5))
        ),
        Case(
            "does not open by a success, whatever the rate",
            {
                $0.failureThreshold = nil
                $0.failureRate = 0.5
                $0.minimumCalls = 2
            },
            .failure(),
            .success(),
            .admit(.allowed)
        ),
        Case(
            "opens by whichever comes first",
            {
                $0.failureRate = 0.9
                $0.minimumCalls = 2
            },
            .success(),
            .success(),
            .failure(),
            .failure(nil, opened(2, of: 4))
        ),
    ]

    static let closing = [
        Case(
            "lets one probe through after its time, and closes when that succeeds",
            { _ in },
            .failure(),
            .failure(nil, opened(2, of: 2)),
            .at(5),
            .admit(.probe(0)),
            .admit(refused(1)),
            .success(0, .closed),
            .admit(.allowed),
            .failure(),
            .admit(.allowed)
        ),
        Case(
            "opens again when a probe fails",
            { _ in },
            .failure(),
            .failure(nil, opened(2, of: 2)),
            .at(6),
            .admit(.probe(0)),
            .failure(0, .opened(nil)),
            .admit(refused(5)),
            .at(11),
            .admit(.probe(1)),
            .success(1, .closed)
        ),
        Case(
            "lets several probes through, if told to; the first result counts",
            { $0.halfOpenMaxCalls = 2 },
            .failure(),
            .failure(nil, opened(2, of: 2)),
            .at(5),
            .admit(.probe(0)),
            .admit(.probe(1)),
            .admit(refused(1)),
            .success(1, .closed),
            .failure(0),
            .admit(.allowed)
        ),
        Case(
            "a probe without a result loses its place",
            { _ in },
            .failure(),
            .failure(nil, opened(2, of: 2)),
            .at(5),
            .admit(.probe(0)),
            .at(7.5),
            .admit(refused(1)),
            .at(8),
            .admit(.probe(1)),
            .admit(refused(1)),
            .success(1, .closed)
        ),
        Case(
            "a result that comes late tells as much as one in time",
            { _ in },
            .failure(),
            .failure(nil, opened(2, of: 2)),
            .at(5),
            .admit(.probe(0)),
            .at(9),
            .admit(.probe(1)),
            .success(0, .closed)
        ),
        Case(
            "results of calls that were made before it opened change nothing",
            { _ in },
            .failure(),
            .failure(nil, opened(2, of: 2)),
            .failure(),
            .success(),
            .admit(refused(5)),
            .at(5),
            .admit(.probe(0)),
            .success(),
            .failure(),
            .admit(refused(1))
        ),
        Case(
            "nor do those of probes from before it opened again",
            { $0.halfOpenMaxCalls = 2 },
            .failure(),
            .failure(nil, opened(2, of: 2)),
            .at(5),
            .admit(.probe(0)),
            .admit(.probe(1)),
            .failure(0, .opened(nil)),
            .success(1),
            .at(10),
            .admit(.probe(2)),
            .success(1),
            .admit(.probe(3)),
            .success(2, .closed)
        ),
    ]

    @Test("opens", arguments: opening)
    func opens(_ example: Case) { run(example) }

    @Test("closes", arguments: closing)
    func closes(_ example: Case) { run(example) }

    private func run(_ example: Case) {
        let start = ContinuousClock.now
        var now = start
        var circuit = Circuit(example.policy, now: now)
        for (number, step) in example.steps.enumerated() {
            switch step {
            case .at(let seconds): now = start + .seconds(seconds)
            case .admit(let expected): #expect(circuit.admit(now: now) == expected, "step \(number)")
            case .success(let probe, let expected):
                #expect(circuit.record(isFailure: false, probe: probe, now: now) == expected, "step \(number)")
            case .failure(let probe, let expected):
                #expect(circuit.record(isFailure: true, probe: probe, now: now) == expected, "step \(number)")
            }
        }
    }

    @Test(
        "the window counts what is not older than it is long",
        arguments: [
            (0.0, 3, 1), (9.9, 3, 1), (10.0, 2, 1), (14.9, 2, 1), (15.0, 1, 0), (24.9, 0, 0), (1000.0, 0, 0),
        ]
    )
    func window(_ seconds: Double, _ calls: Int, _ failures: Int) {
        let start = ContinuousClock.now
        var window = SlidingWindow(length: .seconds(10), now: start)
        window.add(isFailure: false, now: start + .seconds(0.5))
        window.add(isFailure: true, now: start + .seconds(5.5))
        window.add(isFailure: false, now: start + .seconds(6))
        #expect(window.counts(now: start + .seconds(seconds)) == SlidingWindow.Counts(calls: calls, failures: failures))
    }

    @Test("the window uses its slices again")
    func windowRound() {
        let start = ContinuousClock.now
        var window = SlidingWindow(length: .seconds(10), now: start)
        for second in 0..<100 { window.add(isFailure: second % 2 == 0, now: start + .seconds(second)) }
        #expect(window.counts(now: start + .seconds(99)) == SlidingWindow.Counts(calls: 10, failures: 5))
        #expect(window.counts(now: start + .seconds(105)) == SlidingWindow.Counts(calls: 4, failures: 2))
    }
}
