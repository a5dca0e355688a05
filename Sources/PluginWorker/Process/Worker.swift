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

    private let process: SpawnedWorker
    let slots: CallSlots
    let pool: WorkerPool
    /// When the process was started, in nanoseconds of the monotonic clock.
    let started = Clock.now()
    /// Whether no result comes any more.
    private let isDead = Atomic<Bool>(false)
    /// Whether a call was answered with its death.
    private let hasLost = Atomic<Bool>(false)

    // MARK: The supervisor's alone

    private var number: UInt64 = 0
    private var verdict: WorkerEnd.Verdict?
    private var output = LineSplitter()
    /// When the observer was told last of what the sandbox has refused.
    private var toldOfViolation: UInt64 = 0
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

    private(set) var isReady = false

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
    private func loseIfDead(_ slot: Int) {
        if isDead.load(ordering: .sequentiallyConsistent), slots.claim(slot) { pool.lost(slot, of: self) }
    }

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

    /// Ends the process, and remembers why.
    func kill(_ verdict: WorkerEnd.Verdict) {
        self.verdict = self.verdict ?? verdict
        process.kill()
    }

    /// Tells the worker to stop its plugin and to end.
    func stop(on supervisor: SupervisorThread, within nanoseconds: UInt64) {
        verdict = .stopped
        guard process.control.send(.stop(within: nanoseconds)) else { return process.kill() }
        supervisor.at(Clock.now() + nanoseconds + Self.endingTime) { [weak self] _ in self?.process.kill() }
    }

    /// How long a worker may take to end after its plugin has stopped.
    private static let endingTime: UInt64 = 500_000_000

    func ask(_ message: GatewayMessage) -> Bool { process.control.send(message) }

    /// Reads what the worker says; some messages at a time, so that one that says much does not keep others waiting.
    ///
    /// - Returns: Whether there may be more.
    @discardableResult
    func receive(on supervisor: SupervisorThread) -> Bool {
        for _ in 0..<Self.messagesAtATime {
            switch process.control.receive(waits: false) {
            case .nothing: return false
            case .end:
                expectEnd(on: supervisor)
                return false
            case .garbage: kill(.breach("its message is no JSON"))
            case .message(let value):
                guard let message = WorkerMessage(value) else {
                    kill(.breach("its message is none"))
                    continue
                }
                handle(message)
            }
        }
        return true
    }

    private static let messagesAtATime = 64

    private func handle(_ message: WorkerMessage) {
        switch message {
        case .ready(let registration):
            guard !isReady else { return kill(.breach("it says twice that it is ready")) }
            isReady = true
            pool.ready(self, registration)
        case .refused(let reason, let problems):
            guard !isReady else { return kill(.breach("it says that it is refused, and it was ready")) }
            verdict = verdict ?? .refused(reason)
            pool.refused(reason, problems)
        case .log(let level, let line): pool.services.log(LogLevel(rawValue: level) ?? .error, line)
        case .violation: tellOfViolation()
        case .health(let problem): pool.health(problem)
        case .stopped(let problem):
            if let problem { pool.services.log(.warning, "plugin did not stop cleanly: \(problem)") }
        }
    }

    /// Tells what the sandbox has refused, however often the worker says it.
    private func tellOfViolation() {
        let now = Clock.now()
        guard toldOfViolation == 0 || now >= toldOfViolation + Self.violationPause else { return }
        toldOfViolation = now
        pool.observer.record(.refused(process: identifier, violations))
    }

    /// A little less than the second that a worker leaves between its messages, of which one may come late.
    private static let violationPause: UInt64 = 900_000_000

    /// Reads what the process has printed; a plugin may close its output, if it closes nothing else.
    func readOutput(on supervisor: SupervisorThread) {
        guard let lines = output.read(from: process.output) else {
            _ = ask(.listen)
            return supervisor.ignore(.output, of: self)
        }
        for line in lines { pool.services.log(.info, line) }
    }

    /// Reads what a dead process has left: its last lines, which may say why it died.
    private func readLastOutput() {
        var lines: [String] = []
        for _ in 0..<Self.lastTurns { lines += output.read(from: process.output) ?? [] }
        if let line = output.takeRest() { lines.append(line) }
        let missing = lines.count - Self.lastLines
        if missing > 0 { pool.services.log(.warning, "\(missing) lines of the worker's last output are left out") }
        for line in lines.suffix(Self.lastLines) { pool.services.log(.info, line) }
    }

    /// More lines of a dead worker would keep others waiting.
    private static let lastLines = 1024

    /// Takes note that the worker has closed its end of the control socket, which mostly means that it has ended.
    private func expectEnd(on supervisor: SupervisorThread) {
        supervisor.ignore(.control, of: self)
        pool.retire(self)
        takeResults()
        supervisor.at(Clock.now() + Self.closingTime) { [weak self] _ in self?.kill(.closed) }
    }

    /// How long a process may take to end after it has closed what it had.
    private static let closingTime: UInt64 = 100_000_000

    /// How often a dead worker's messages and output are read: more often than a socket or a pipe can hold, but not for
    /// ever, because what the plugin has started may write there, too.
    private static let lastTurns = 64

    /// Cleans up after the process, which has ended.
    func end(on supervisor: SupervisorThread) {
        for _ in 0..<Self.lastTurns where !receive(on: supervisor) { break }
        readLastOutput()
        supervisor.remove(number)
        pool.completions.remove(self)
        let status = process.reap()
        let isUnheard = status == WorkerLaunch.unheardStatus << 8
        if verdict == nil, isUnheard { verdict = .closed }
        // What it closed when it ended by itself otherwise is not why it ended.
        if verdict == .closed, !isUnheard, status & 0x7F != SIGKILL { verdict = nil }
        let end = WorkerEnd(status: status, verdict: verdict, crash: crashText(status))
        pool.ended(self, end, on: supervisor)
        // Not before: a call that finds this worker dead looks for another one, which must not be this one again.
        isDead.store(true, ordering: .sequentiallyConsistent)
        takeResults()
        var bits = slots.watchedBits
        while bits != 0 {
            let slot = bits.trailingZeroBitCount
            bits &= bits - 1
            if slots.claim(slot) { pool.lost(slot, of: self) }
        }
    }

    /// Whether the call that is lost now is the first one, which tells of the death.
    func isFirstLoss() -> Bool { !hasLost.exchange(true, ordering: .relaxed) }

    // MARK: What the worker recorded

    /// Where the signal came from that the process died of, as it noted itself.
    private func crashText(_ status: Int32) -> String? {
        let record = memory.replies.load(hookgate_crash_record.self, at: WorkerMemory.crashRecord)
        // The place of an abort is in the C library, whoever called it.
        guard record.state != 0, record.signal == status & 0x7F, record.signal != SIGABRT else { return nil }
        let place = "at 0x\(String(record.pc, radix: 16))"
        // One that was sent, and is no fault, has no address.
        guard record.signal == SIGSEGV || record.signal == SIGBUS, record.code > 0 else { return place }
        return "\(place), address 0x\(String(record.address, radix: 16))"
    }

    /// What the worker says that it was refused.
    var violations: SandboxViolations {
        // The record is as long as the memory, which this object has; what stands there may be anything.
        let record = unsafe memory.replies.pointer(
            at: WorkerMemory.violationRecord,
            count: MemoryLayout<hookgate_sandbox_violations>.size
        )
        return unsafe SandboxViolations(at: record.assumingMemoryBound(to: hookgate_sandbox_violations.self))
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
