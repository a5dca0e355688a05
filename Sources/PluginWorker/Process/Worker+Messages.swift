import CSandbox
import PluginHooks
import PluginLoader
import PluginPayloads
import PluginSandbox
import Synchronization
import WorkerProtocol

// What the process says and prints. All of it happens on the supervisor's thread.
extension Worker {
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
            if let problem { pool.observer.record(.notStopped(problem)) }
        }
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
            supervisor.ignore(.output, of: self)
            return watchHearing(on: supervisor)
        }
        for line in lines { pool.services.log(.info, line) }
    }

    /// Has a worker without output see whether it can be heard, now and from time to time: what closed its output may be
    /// about to close the rest.
    private func watchHearing(on supervisor: SupervisorThread) {
        guard verdict == nil, !isDead.load(ordering: .relaxed) else { return }
        _ = ask(.listen)
        supervisor.at(Clock.now() + Self.hearingPause) { [weak self] in self?.watchHearing(on: $0) }
    }

    private static let hearingPause: UInt64 = 500_000_000
}
