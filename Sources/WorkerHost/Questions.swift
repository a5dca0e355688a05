import PluginPayloads
import Synchronization
import WorkerProtocol

/// What plugins ask of the gateway, a few questions at a time; more wait in their order.
final class Questions: Sendable {
    typealias Completion = @Sendable (AnswerFrame) -> Void

    private struct Question {
        let frame: AskFrame
        let completion: Completion
    }

    private struct State {
        /// Who waits for the answer, by the place of the question; and the question's number.
        var asked: [(sequence: UInt32, completion: Completion?)] = Array(
            repeating: (0, nil),
            count: RegionGeometry.asks
        )
        /// How many of them somebody waits for.
        var open = 0
        var waiting = DepthQueue<Question>()

        /// The place for the first question that waits; `nil` if there is none.
        var nextPlace: Int? {
            guard let depth = waiting.first?.depth else { return nil }
            guard asked.count - open > RegionGeometry.reserve(depth: depth) else { return nil }
            return asked.firstIndex { $0.completion == nil }
        }
    }

    private let memory: WorkerMemory
    private let areas: LargeAreas
    private let signal: @Sendable () -> Void
    private let state = Mutex(State())
    /// Questions that wait, or whose answer does; to be read without the lock.
    private let pending = Atomic<Int>(0)

    init(_ memory: WorkerMemory, areas: LargeAreas, signal: @escaping @Sendable () -> Void) {
        self.memory = memory
        self.areas = areas
        self.signal = signal
    }

    /// Asks, or queues the question.
    ///
    /// - Parameters:
    ///   - frame: The question.
    ///   - depth: How many hooks have invoked one another to get to the call that asks.
    ///   - completion: Is called with the answer, on a thread that runs calls.
    func ask(_ frame: AskFrame, depth: Int, completion: @escaping Completion) {
        guard frame.size <= memory.geometry.largeBytes else {
            completion(AnswerFrame(outcome: nil, state: nil))
            return
        }
        pending.add(1, ordering: .relaxed)
        state.withLock { $0.waiting.append(Question(frame: frame, completion: completion), depth: depth) }
        askWaiting()
    }

    private func askWaiting() {
        let hasAsked = state.withLock { state in
            var hasAsked = false
            while let place = state.nextPlace, let question = state.waiting.first?.element,
                let offset = area(for: question.frame, at: place)
            {
                _ = state.waiting.popFirst()
                let sequence = state.asked[place].sequence &+ 1
                state.asked[place] = (sequence, question.completion)
                state.open += 1
                question.frame.write(to: memory, ask: place, at: offset)
                memory.asked(place).publishInOrder(sequence)
                memory.questions.increment()
                hasAsked = true
            }
            return hasAsked
        }
        if hasAsked { signal() }
    }

    private func area(for frame: AskFrame, at place: Int) -> Int? {
        frame.size <= RegionGeometry.areaBytes
            ? RegionGeometry.askArea(place) : areas.take().map(memory.geometry.largeArea)
    }

    /// Whether an answer has come, or a question could be asked that waits.
    var hasAnswer: Bool {
        guard pending.load(ordering: .relaxed) > 0 else { return false }
        return state.withLock { state in
            (state.open > 0 && state.asked.indices.contains { isAnswered($0, state.asked) })
                || (state.nextPlace != nil && areas.hasFree)
        }
    }

    private func isAnswered(_ place: Int, _ asked: [(sequence: UInt32, completion: Completion?)]) -> Bool {
        asked[place].completion != nil && memory.answered(place).value == asked[place].sequence
    }

    /// Hands over the answers that have come, and asks what waited.
    func deliverAnswers() {
        guard pending.load(ordering: .relaxed) > 0 else { return }
        var hasGivenBack = false
        let answers = state.withLock { state -> [(AnswerFrame, Completion)] in
            guard state.open > 0 else { return [] }
            return state.asked.indices.compactMap { place -> (AnswerFrame, Completion)? in
                guard isAnswered(place, state.asked), let completion = state.asked[place].completion else { return nil }
                state.asked[place].completion = nil
                state.open -= 1
                pending.subtract(1, ordering: .relaxed)
                let answer = AnswerFrame(memory, ask: place)
                if memory.giveBackLarge(at: AnswerFrame.offset(memory, ask: place)) { hasGivenBack = true }
                return (answer, completion)
            }
        }
        if hasGivenBack { signal() }
        for (answer, completion) in answers { completion(answer) }
        askWaiting()
    }
}
