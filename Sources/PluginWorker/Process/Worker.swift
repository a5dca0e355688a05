import CJournal
import CSandbox
import Glibc
import PluginHooks
import PluginLoader
import PluginPayloads
import PluginSandbox
import Synchronization
import WorkerProtocol

/// One worker: its process, and the calls that it has.
///
/// `@unchecked Sendable`: what changes is atomic, in the slots, or used on the supervisor's thread alone, as each says.
final class Worker: @unchecked Sendable {
    /// What the supervisor waits for.
    enum Source: UInt64, CaseIterable {
        case event
        case control
        case output
        case process
    }

    let process: SpawnedWorker
    let slots: CallSlots
    let pool: WorkerPool
    /// When the process was started, in nanoseconds of the monotonic clock.
    let started = Clock.now()
    /// Whether no result comes any more.
    let isDead = Atomic<Bool>(false)
    /// Whether a call was answered with its death.
    private let hasLost = Atomic<Bool>(false)

    // MARK: The supervisor's alone

    var number: UInt64 = 0
    var isReady = false
    var verdict: WorkerEnd.Verdict?
    var output = LineSplitter()
    /// When the observer was told last of what the sandbox has refused.
    var toldOfViolation: UInt64 = 0
    /// Calls whose time is over, and that may still end by themselves.
    var callsInGrace = 0
    /// The questions that were seen, by their places.
    var questions = [UInt32](repeating: 0, count: RegionGeometry.asks)
    /// Whether the question of a place is under way.
    var isAsking = [Bool](repeating: false, count: RegionGeometry.asks)
    /// Answers that wait for a large area, with the places and numbers of their questions.
    var answers: [(answer: AnswerFrame, place: Int, sequence: UInt32)] = []
    /// How many questions there were when all of them had been seen.
    var questionCount: UInt32 = 0
    /// When questions are looked at again.
    var questionsDue: UInt64 = 0

    var memory: WorkerMemory { slots.memory }
    var results: Int32 { process.results }
    var identifier: Int32 { process.identifier }

    /// Starts a process; on the supervisor's thread.
    init(_ executable: WorkerExecutable, _ launch: WorkerLaunch, of pool: WorkerPool) throws(WorkerError) {
        process = try SpawnedWorker(executable, launch)
        slots = CallSlots(process.memory)
        self.pool = pool
    }

    /// Has the supervisor look after the worker until it ends.
    ///
    /// - Throws: That it cannot; then the worker has ended.
    func watch(on supervisor: SupervisorThread) throws(WorkerError) {
        memory.armed.publishInOrder(CompletionSource.nextMark() * 2)
        guard let number = supervisor.add(self) else { throw endUnwatched(errno) }
        guard pool.completions.add(self) else {
            let failure = errno
            supervisor.remove(number)
            throw endUnwatched(failure)
        }
        self.number = number
        let limit = pool.settings.startupTimeout
        supervisor.at(started + limit + Self.loadingTime) { [weak self] _ in
            guard let self, !isReady else { return }
            kill(.notReady(seconds: Seconds.text(limit)))
        }
    }

    private func endUnwatched(_ failure: Int32) -> WorkerError {
        process.kill()
        _ = process.reap()
        return WorkerError("cannot watch a worker: error \(failure) of epoll_ctl")
    }

    /// How long a worker may take to map its plugin, beside the time that the plugin has to start.
    private static let loadingTime: UInt64 = 5_000_000_000

    func descriptor(of source: Source) -> Int32 {
        switch source {
        case .event: process.event
        case .control: process.control.descriptor
        case .output: process.output
        case .process: process.process
        }
    }

    // MARK: Calls

    enum Beginning {
        case progress(HookProgress)
        /// All slots are taken.
        case full
    }

    /// Hands a call to the worker.
    ///
    /// - Parameters:
    ///   - call: The call.
    ///   - frame: The call as it travels.
    ///   - spinNanoseconds: How long to look for the result before others may run; 0 for not at all.
    /// - Returns: How far the call got.
    func begin(_ call: WorkerCall, _ frame: CallFrame, spinNanoseconds: UInt64) -> Beginning {
        guard let (slot, offset) = slots.reserve(frame.size, depth: frame.depth) else { return .full }
        frame.write(to: memory, slot: slot, at: offset)
        let sequence = slots.submit(call, slot: slot)
        call.setPlace(WorkerCall.Place(worker: self, slot: slot, sequence: sequence))
        // Whoever gave the call up before it had a place has told nobody.
        if !call.isOpen { pool.cancel(call) }
        if spinNanoseconds > 0, slots.look(for: sequence, in: slot, within: spinNanoseconds) {
            return .progress(.finished(finish(slot).response))
        }
        // From here on the slot may be another call's: this one's result may be taken before this thread comes to it.
        if slots.watch(slot, sequence) { takeResult(slot) }
        loseIfDead(slot)
        return .progress(.pending)
    }

    /// Moves the call of a slot that was given up if the worker has died, and did so before that could be seen.
    func loseIfDead(_ slot: Int) {
        if isDead.load(ordering: .sequentiallyConsistent), slots.claim(slot) { pool.lost(slot, of: self) }
    }

    /// Whether the call that is lost now is the first one, which tells of the death.
    func isFirstLoss() -> Bool { !hasLost.exchange(true, ordering: .relaxed) }

    // MARK: What the worker recorded

    /// Takes the result of a slot that is the caller's, and frees it.
    private func finish(_ slot: Int) -> (call: WorkerCall?, response: HookResponse) {
        let (call, _) = slots.entry(slot)
        let response: HookResponse
        do throws(BlockError) {
            let frame = try ResultFrame(memory, slot: slot, limits: pool.blockLimits)
            pool.count(frame.counts)
            response = call?.response(frame.response) ?? frame.response
            if case .failed(.timeout, _) = response, let call, let place = call.currentPlace {
                pool.expectEnd(of: call, at: place)
            }
        } catch {
            response = .failed(.badReply, message: "the plugin's worker wrote a result that cannot be: \(error)")
            pool.perform { [self] _ in kill(.breach(error.description)) }
        }
        giveBackLarge(of: slot)
        free(slot)
        return (call, response)
    }

    /// Frees a slot that is the caller's.
    @discardableResult
    func free(_ slot: Int) -> WorkerCall? {
        let call = slots.release(slot)
        call?.setPlace(nil)
        pool.hasRoom()
        return call
    }

    /// Tells the worker that nobody needs a call any more.
    func cancel(slot: Int, sequence: UInt32) {
        memory.cancelled(slot).publish(sequence)
        memory.cancellations.increment()
        memory.ring()
    }

    // MARK: The supervisor's part

    /// Takes the results that are there, and answers questions, until there are none and whoever finds the next one tells
    /// this thread.
    func attend() {
        for _ in 0..<Self.roundsAtATime {
            let armed = memory.armed.orderedValue
            // Odd: a thread that runs calls has taken over to wait.
            if armed % 2 == 0 { memory.armed.replace(armed, by: CompletionSource.nextMark() * 2) }
            let hasResults = takeResults()
            let hasQuestions = answerQuestions()
            sendAnswers()
            guard hasResults || hasQuestions else { return pool.hasRoom() }
            // Questions take long to read.
            if hasQuestions { break }
        }
        // One that never stops asking must not keep the others waiting: it gets its turn after them.
        pool.perform { [self] _ in attend() }
    }

    private static let roundsAtATime = 64

    /// Takes the results that are there; any thread may.
    ///
    /// - Returns: Whether there was any.
    @discardableResult
    func takeResults() -> Bool {
        var bits = slots.watchedBits
        var hasWorked = false
        while bits != 0 {
            let slot = bits.trailingZeroBitCount
            bits &= bits - 1
            if takeResult(slot) { hasWorked = true } else { loseIfDead(slot) }
        }
        return hasWorked
    }

    /// Takes the result of a slot that was given up, if it is there, for whosever call it is.
    @discardableResult
    private func takeResult(_ slot: Int) -> Bool {
        guard slots.claimDone(slot) else { return false }
        let (call, response) = finish(slot)
        call?.complete(response)
        return true
    }

    // MARK: Large areas of the worker

    private func giveBackLarge(of slot: Int) {
        let header = memory.replies.load(ResultFrame.Header.self, at: memory.resultHeader(slot))
        guard header.replyBytes != 0 || header.effectsBytes != 0 else { return }
        giveBackLarge(at: header.offset)
    }

    /// Lets the worker use a large area again, if the offset lies in one, and gives its memory back.
    func giveBackLarge(at offset: UInt64) {
        guard offset < UInt64(Int.max), let index = memory.geometry.largeIndex(of: Int(offset)) else { return }
        process.discardReplies(at: memory.geometry.largeArea(index), count: memory.geometry.largeBytes)
        memory.released(index).increment()
        memory.ring()
    }
}
