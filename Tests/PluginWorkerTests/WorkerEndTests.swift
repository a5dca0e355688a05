import PluginWorker
import Testing

@Suite("The end of a worker")
struct WorkerEndTests {
    private static let rows: [(WorkerEnd, text: String, isFault: Bool)] = [
        (WorkerEnd(status: 0, verdict: .stopped), "it was stopped", false),
        (WorkerEnd(status: 9, verdict: .stopped), "it was stopped", false),
        (
            WorkerEnd(status: 9, verdict: .overdue(hook: "tool_pre_invoke", request: "r1")),
            "killed: tool_pre_invoke of request r1 had not ended at its deadline", true
        ),
        (WorkerEnd(status: 9, verdict: .deaf), "killed: it took no calls", true),
        (
            WorkerEnd(status: 9, verdict: .closed),
            "it closed the descriptors by which the gateway hears it", true
        ),
        (WorkerEnd(status: 9, verdict: .notReady(seconds: "5")), "killed: it was not ready within 5 s", true),
        (
            WorkerEnd(status: 9, verdict: .breach("the status is 7")),
            "killed: what it wrote to its memory cannot be: the status is 7", true
        ),
        (WorkerEnd(status: 1 << 8, verdict: .refused("no entry")), "no entry", true),
        (WorkerEnd(status: 0, verdict: nil), "it ended itself with status 0", true),
        (WorkerEnd(status: 3 << 8, verdict: nil), "it ended itself with status 3", true),
        (WorkerEnd(status: 11, verdict: nil), "it died of SIGSEGV (a wild pointer)", true),
        (
            WorkerEnd(status: 6, verdict: nil, crash: "in f"),
            "it died of SIGABRT (abort, or a failed assertion) in f", true
        ),
    ]

    @Test("is said in words, and is a fault unless the gateway wanted it")
    func words() {
        for row in Self.rows {
            #expect(row.0.description == row.text)
            #expect(row.0.isFault == row.isFault, "\(row.text)")
        }
    }
}
