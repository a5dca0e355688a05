import PluginHooks
import PluginPayloads
import WorkerProtocol

// What plugins ask of the gateway: to run other hooks. All of it happens on the supervisor's thread.
extension Worker {
    /// Answers the questions that are there, or as many as do not keep other workers waiting.
    ///
    /// - Returns: Whether there was any.
    func answerQuestions() -> Bool {
        let count = memory.questions.value
        guard count != questionCount, Clock.now() >= questionsDue else { return false }
        var bytes = 0
        var hasAnswered = false
        var isComplete = true
        for place in 0..<RegionGeometry.asks {
            let sequence = memory.asked(place).value
            guard sequence != questions[place] else { continue }
            guard !isAsking[place] else {
                kill(.breach("it asks a question in the place of one that was not answered"))
                return false
            }
            guard bytes < Self.bytesAtATime else { return true }
            hasAnswered = true
            if let size = answer(place, sequence) {
                bytes += size
                questions[place] = sequence
            } else {
                isComplete = false
            }
        }
        if isComplete { questionCount = count }
        if hasAnswered, isComplete, bytes == 0 { pauseQuestions() }
        return hasAnswered
    }

    /// Leaves the questions of a worker for a moment that had none but what is refused: it could ask so without end.
    private func pauseQuestions() {
        let due = Clock.now() + Self.refusalPause
        questionsDue = due
        pool.perform { [weak self] supervisor in supervisor.at(due) { _ in self?.attend() } }
    }

    private static let refusalPause: UInt64 = 1_000_000

    /// Bytes of questions after which other workers get their turn: to copy and to check them takes a millisecond.
    private static let bytesAtATime = 1 << 20

    /// Has a question answered.
    ///
    /// - Returns: How many bytes it had; `nil` if its call is its caller's for the moment: then it is to be tried again.
    private func answer(_ place: Int, _ sequence: UInt32) -> Int? {
        let origin = AskFrame.origin(memory, ask: place)
        guard origin.slot < RegionGeometry.slots else {
            kill(.breach("its question cannot be: there is no slot \(origin.slot)"))
            return 0
        }
        guard slots.isTaken(origin.slot), slots.number(origin.slot) == origin.sequence else {
            refuse(place, sequence, at: origin.offset)
            return 0
        }
        guard let call = slots.watchedCall(in: origin.slot, origin.sequence) else { return nil }
        // Whoever has made the call has its answer.
        guard call.isOpen else {
            refuse(place, sequence, at: origin.offset)
            return 0
        }
        let frame: AskFrame
        do throws(BlockError) { frame = try AskFrame(memory, ask: place, limits: pool.blockLimits) } catch {
            kill(.breach("its question cannot be: \(error)"))
            return 0
        }
        giveBackLarge(at: origin.offset)
        isAsking[place] = true
        let hasBegun = pool.invoke(HookName(frame.hook), frame.payload, for: call) { [self] outcome in
            let state = (try? StateFrame.block(of: call.request, plugin: call.hook.stateKey)) ?? nil
            let answer = AnswerFrame(outcome: try? PayloadBlock(outcome.object), state: state)
            pool.perform { [self] _ in send(answer, to: place, sequence) }
        }
        if !hasBegun { send(Self.refusal, to: place, sequence) }
        return frame.size
    }

    private static let refusal = AnswerFrame(outcome: nil, state: nil)

    private func refuse(_ place: Int, _ sequence: UInt32, at offset: UInt64) {
        giveBackLarge(at: offset)
        send(Self.refusal, to: place, sequence)
    }

    private func send(_ answer: AnswerFrame, to place: Int, _ sequence: UInt32) {
        answers.append((answer, place, sequence))
        sendAnswers()
    }

    /// Writes the answers for which there is room; large ones wait until the worker has copied others.
    func sendAnswers() {
        answers.removeAll { answer, place, sequence in
            guard answer.size <= memory.geometry.largeBytes else {
                write(Self.refusal, at: RegionGeometry.askArea(place), to: place, sequence)
                return true
            }
            if answer.size <= RegionGeometry.areaBytes {
                write(answer, at: RegionGeometry.askArea(place), to: place, sequence)
            } else if let large = slots.takeLarge() {
                write(answer, at: memory.geometry.largeArea(large), to: place, sequence)
            } else {
                return false
            }
            return true
        }
    }

    private func write(_ answer: AnswerFrame, at offset: Int, to place: Int, _ sequence: UInt32) {
        isAsking[place] = false
        answer.write(to: memory, ask: place, at: offset)
        memory.answered(place).publishInOrder(sequence)
        memory.ring()
    }
}
