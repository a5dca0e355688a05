import CJournal
import Glibc
import PluginHooks
import PluginLoader
import Synchronization
import WorkerProtocol

// How the process is ended, and what is done when it has. All of it happens on the supervisor's thread.
extension Worker {
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
    func expectEnd(on supervisor: SupervisorThread) {
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
}
