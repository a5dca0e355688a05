import PluginHooks
import PluginPayloads
import WorkerProtocol

// What plugins ask of the gateway: to run other hooks. All of it happens on the supervisor's thread.
extension Worker {
    /// Answers the questions that are there.
    ///
    /// - Returns: Whether there was any.
    func answerQuestions() -> Bool {
        let count = memory.questions.value
        guard count != questionCount else { return false }
        var hasAnswered = false
        var isComplete = true
        for place in 0..<RegionGeometry.asks {
            let sequence = memory.asked(place).value
            guard sequence != questions[place] else { continue }
            guard !isAsking[place] else {
                kill(.breach("it asks a question in the place of one that was not answered"))
                return false
            }
            hasAnswered = true
            if answer(place, sequence) { questions[place] = sequence } else { isComplete = false }
        }
        if isComplete { questionCount = count }
        return hasAnswered
    }

    /// Has a question answered.
    ///
    /// - Returns: `false` if its call is its caller's for the moment: then it is to be tried again.
    private func answer(_ place: Int, _ sequence: UInt32) -> Bool {
        let frame: AskFrame
        do throws(BlockError) { frame = try AskFrame(memory, ask: place, limits: pool.blockLimits) } catch {
            kill(.breach("its question cannot be: \(error)"))
            return true
        }
        let refusal = AnswerFrame(outcome: nil, state: nil)
        guard slots.isTaken(frame.slot), slots.number(frame.slot) == frame.sequence else {
            reply(refusal, to: place, sequence, slot: nil)
            return true
        }
        guard let call = slots.watchedCall(in: frame.slot, frame.sequence) else { return false }
        giveBackLarge(at: memory.replies.load(AskFrame.Header.self, at: memory.askHeader(place)).offset)
        isAsking[place] = true
        let hasBegun = pool.invoke(HookName(frame.hook), frame.payload, for: call) { [self] outcome in
            let state = (try? StateFrame.block(of: call.request, plugin: call.hook.stateKey)) ?? nil
            let answer = AnswerFrame(outcome: try? PayloadBlock(outcome.object), state: state)
            pool.perform { [self] _ in reply(answer, to: place, sequence, slot: frame.slot) }
        }
        if !hasBegun { reply(refusal, to: place, sequence, slot: nil) }
        return true
    }

    private func reply(_ answer: AnswerFrame, to place: Int, _ sequence: UInt32, slot: Int?) {
        isAsking[place] = false
        let fits = answer.size <= RegionGeometry.areaBytes
        let large = fits || answer.size > memory.geometry.largeBytes ? nil : slot.flatMap(slots.takeAnswerArea)
        if fits || large != nil {
            let offset = large.map(memory.geometry.largeArea) ?? RegionGeometry.askArea(place)
            answer.write(to: memory, ask: place, at: offset)
        } else {
            AnswerFrame(outcome: nil, state: nil).write(to: memory, ask: place, at: RegionGeometry.askArea(place))
        }
        memory.answered(place).publishInOrder(sequence)
        memory.ring()
    }
}
