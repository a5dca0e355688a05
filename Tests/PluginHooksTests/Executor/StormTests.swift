import PluginHooks
import PluginPayloads
import Synchronization
import TestSupport
import Testing

@Suite("Many calls of all kinds at once", .timeLimit(.minutes(5)))
struct StormTests {
    /// What the second plugin of the chain does, and what has to become of the call.
    enum Behaviour: String, CaseIterable {
        case nothing
        case replies
        case denies
        case fails
        case reports
        case completesOnItsLane
        case completesOnAThread
        case completesEarly
        case takesTwoTurns
        // These are late.
        case blocksUntilCancelled
        case neverCompletes
        case completesWhenCancelled

        var isLate: Bool {
            switch self {
            case .blocksUntilCancelled, .neverCompletes, .completesWhenCancelled: true
            default: false
            }
        }

        static let inTime = allCases.filter { !$0.isLate }
        static let late = allCases.filter(\.isLate)
    }

    private static let hook = HookName("storm")

    /// One call of the storm: what it does is in its payload, so that a mix-up of two calls shows.
    struct Call {
        let number: Int64
        let behaviour: Behaviour

        init(_ number: Int64, _ random: inout SplitMix64) {
            self.number = number
            let kinds = Int.random(in: 0..<100, using: &random) == 0 ? Behaviour.late : Behaviour.inTime
            behaviour = kinds[Int.random(in: kinds.indices, using: &random)]
        }

        var object: JSONObject { ["number": .int(number), "does": .string(behaviour.rawValue)] }

        var expected: HookOutcome {
            let first: JSONObject = ["first": .int(number)]
            let all: JSONObject = ["first": .int(number), "last": .int(number)]
            var outcome = HookOutcome(metadata: all)
            switch behaviour {
            case .nothing, .completesOnItsLane, .completesOnAThread, .completesEarly, .takesTwoTurns: break
            case .replies:
                var changed = object
                changed["result"] = .int(number)
                outcome.modifiedPayload = try? PayloadBlock(changed)
            case .denies:
                outcome = .blocked("N\(number)", by: "middle", metadata: first)
            case .fails:
                outcome.continueProcessing = false
                outcome.error = PluginError(code: .failed, message: "\(number)", pluginName: "middle")
                outcome.metadata = first
            case .reports: outcome.violation = .denied("N\(number)", by: "middle")
            case .blocksUntilCancelled, .neverCompletes, .completesWhenCancelled:
                outcome = lateOutcome(of: "middle", seconds: "0.02")
                outcome.metadata = first
            }
            return outcome
        }
    }

    /// The plugin in the middle: it does what the payload says.
    final class Middle: Sendable {
        /// Completes calls on a thread of its own.
        private let completer = Completer()
        private let releases = Mutex<[Int64: Signal]>([:])

        func plugin(_ executor: HookExecutor, sharing account: PluginAccount? = nil) -> FakePlugin {
            FakePlugin("middle", sharing: account, onCancel: cancel) { call in self.run(call, executor) }
        }

        func end() { completer.end() }

        private func run(_ call: HookCall, _ executor: HookExecutor) -> HookProgress {
            let number = call.payload.root["number"]?.int64 ?? -1
            guard let behaviour = Behaviour(rawValue: call.payload.root["does"]?.string ?? "") else {
                return .finished(.failed(.badReply, message: "unknown behaviour"))
            }
            switch behaviour {
            case .nothing: return .finished(.nothing)
            case .replies:
                return .finished(.effects { $0.reply = try? PayloadBlock(JSONValue.object(["result": .int(number)])) })
            case .denies: return .finished(.denial("N\(number)"))
            case .fails: return .finished(.failed(.failed, message: "\(number)"))
            case .reports: return .finished(.effects { $0.report = .denied("N\(number)", by: "") })
            case .completesOnItsLane:
                executor.submit({ _ = call.complete(.nothing) }, to: call)
                return .pending
            case .completesOnAThread:
                completer.complete(call)
                return .pending
            case .completesEarly:
                _ = call.complete(.nothing)
                return .pending
            case .takesTwoTurns:
                executor.submit({ executor.submit({ _ = call.complete(.nothing) }, to: call) }, to: call)
                return .pending
            case .blocksUntilCancelled:
                release(number).block()
                return .finished(.denial())
            case .neverCompletes, .completesWhenCancelled: return .pending
            }
        }

        private func cancel(_ call: HookCall) {
            let number = call.payload.root["number"]?.int64 ?? -1
            switch Behaviour(rawValue: call.payload.root["does"]?.string ?? "") {
            case .blocksUntilCancelled: release(number).send()
            case .completesWhenCancelled: _ = call.complete(.denial())
            default: break
            }
        }

        private func release(_ number: Int64) -> Signal {
            releases.withLock { releases in
                let signal = releases[number] ?? Signal()
                releases[number] = signal
                return signal
            }
        }
    }

    /// A thread that completes calls.
    final class Completer: Sendable {
        private let calls = Mutex<[HookCall?]>([])
        private let wakes = Mutex(Signal())

        init() {
            Thread.detach { [self] in
                while true {
                    wakes.withLock { $0 }.block()
                    let taken = calls.withLock { calls in
                        wakes.withLock { $0 = Signal() }
                        defer { calls = [] }
                        return calls
                    }
                    for call in taken {
                        guard let call else { return }
                        _ = call.complete(.nothing)
                    }
                }
            }
        }

        func complete(_ call: HookCall?) {
            calls.withLock { calls in
                calls.append(call)
                wakes.withLock { $0 }.send()
            }
        }

        func end() { complete(nil) }
    }

    @Test("each get their own outcome", arguments: [1, 2, 3] as [UInt64])
    func storm(_ seed: UInt64) async throws {
        let limits = HookExecutor.Limits(lostThreads: 10_000, lostThreadsPerPlugin: 10_000)
        try await Rig.run(limits: limits) { rig in
            let middle = Middle()
            defer { middle.end() }
            let patient = middle.plugin(rig.executor)
            let brief = middle.plugin(rig.executor, sharing: patient.account)
            let noting = { (name: String, isSerial: Bool) in
                FakePlugin(name, isSerial: isSerial) { call in
                    .finished(.effects { $0.metadata = [name: call.payload.root["number"]?.value ?? .null] })
                }
            }
            let first = noting("first", false).planned(on: Self.hook, isInline: true)
            let last = noting("last", true).planned(on: Self.hook)
            let plans = [patient.planned(on: Self.hook), brief.planned(on: Self.hook, timeout: FakePlugin.brief)]
                .map { HookPlan([first, $0, last], on: Self.hook, observer: rig.observer) }

            let counts = await withTaskGroup { group in
                for task in 0..<8 {
                    // Half of the callers live on the executor.
                    let home: HookExecutor? = task.isMultiple(of: 2) ? rig.executor : nil
                    let random = SplitMix64(seed: seed &* 100 &+ UInt64(task))
                    group.addTask(executorPreference: home) {
                        await Self.calls(Int64(task) * 1_000_000, random, on: rig, plans)
                    }
                }
                return await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
            }

            await rig.observer.wait(for: "middle storm: ended late", count: counts[.blocksUntilCancelled] ?? 0)
            while patient.account.late.load(ordering: .relaxed) < Self.ending(counts) { await Task.yield() }
            #expect(patient.account.late.load(ordering: .relaxed) == Self.ending(counts))
            #expect(patient.account.totals.timeouts == counts.values.reduce(0, +))
            #expect(patient.account.totals.calls == 8 * Self.rounds)
            while brief.cancelled < counts.values.reduce(0, +) { await Task.yield() }
            #expect(brief.cancelled == counts.values.reduce(0, +))
            #expect(rig.executor.lostThreads.load(ordering: .relaxed) == 0)
        }
    }

    /// Makes calls one after the other.
    ///
    /// - Returns: How many late calls there were of each kind.
    private static func calls(
        _ firstNumber: Int64,
        _ random: SplitMix64,
        on rig: Rig,
        _ plans: [HookPlan]
    ) async -> [Behaviour: Int] {
        var random = random
        var late: [Behaviour: Int] = [:]
        for round in 0..<rounds {
            let call = Call(firstNumber + Int64(round), &random)
            guard let payload = try? PayloadBlock(call.object) else { return [:] }
            let plan = plans[call.behaviour.isLate ? 1 : 0]
            #expect(await rig.invoke(plan, payload: payload, request: RequestState()) == call.expected)
            if call.behaviour.isLate { late[call.behaviour, default: 0] += 1 }
        }
        return late
    }

    /// 60,000 calls over three seeds.
    private static let rounds = 2500

    /// How many late calls end at all.
    private static func ending(_ counts: [Behaviour: Int]) -> Int {
        (counts[.blocksUntilCancelled] ?? 0) + (counts[.completesWhenCancelled] ?? 0)
    }
}
