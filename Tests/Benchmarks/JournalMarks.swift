import CJournal
import Glibc
import PluginJournal

/// What it costs to note a call in the crash journal.
struct JournalMarks {
    /// Marks for one operation, so that the clock and the closure do not count.
    static let batch = 1_000

    private let journal: CrashJournal
    private let mark: UInt64
    /// Each call is of another request, whose id has to be read.
    private let requests = [hookgate_journal_request](repeating: hookgate_journal_request(), count: 8)

    init() throws {
        let path = try TemporaryFile.write("")
        unsafe unlink(path)
        journal = try JournalFile(path).begin()
        let plugin = journal.number(ofPlugin: "bench", digest: String(repeating: "0", count: 64))
        mark = UInt64(plugin) << 32 | 1
    }

    /// The loop with nothing in it.
    func passNothing() {
        for number in 0..<UInt64(Self.batch) { Self.work(number) }
    }

    /// The same with every pass noted as a call.
    func passMarked() {
        for number in 0..<UInt64(Self.batch) {
            let before = hookgate_journal_enter(mark, number, requests[Int(number & 7)])
            Self.work(number)
            hookgate_journal_leave(before)
        }
    }

    func end() {
        journal.end()
    }

    /// Stands for a hook: a call that the optimiser leaves alone.
    @inline(never) @_optimize(none)
    private static func work(_ number: UInt64) {}
}
