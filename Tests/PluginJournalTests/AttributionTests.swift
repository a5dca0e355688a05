import CJournal
import Glibc
import PluginJournal
import Testing

@Suite("Who is to blame for the end of a process")
struct AttributionTests {
    /// A process with the plugins `a` and `b`, of which a thread each is in a hook, and `twin`, of the same file as `a`.
    private static var sketch: JournalSketch {
        var sketch = JournalSketch()
        let a = sketch.add("a", digest: JournalSketch.digest("a"))
        let b = sketch.add("b", digest: JournalSketch.digest("b"))
        sketch.add("twin", digest: JournalSketch.digest("a"))
        sketch.add(hook: "tool_pre_invoke")
        sketch.add(hook: "my_hook")
        sketch.mark(slot: 1, a, 1, request: "r-1", since: 5)
        sketch.mark(slot: 4, b, 2, request: "r-2", since: 7)
        return sketch
    }

    /// `a tool_pre_invoke r-1 code 1`, for each who is to blame.
    private static func text(_ culprits: [Culprit]) -> [String] {
        culprits.map { culprit in
            let evidence =
                switch culprit.evidence {
                case .code: "code"
                case .call: "call"
                case .suspicion(let calls): "one of \(calls)"
                }
            return [
                culprit.plugin.name, culprit.activity ?? "-", culprit.requestID ?? "-", evidence,
                Weight.text(culprit.weight),
            ].joined(separator: " ")
        }
    }

    /// What is added to the process above, and who is to blame then.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout JournalSketch) -> Void
        let blamed: [String]
    }

    private static let cases = [
        Case(testDescription: "an end in order blames nobody") {
            $0.header.state = UInt32(HOOKGATE_JOURNAL_CLOSED)
        } blamed: {
            []
        },
        Case(testDescription: "a signal in a plugin's code blames it, with the call of its thread") {
            $0.crash(SIGSEGV, image: 1, slot: 1)
        } blamed: {
            ["a tool_pre_invoke r-1 code 1"]
        },
        Case(testDescription: "a plugin's code counts more than the call that its thread was in") {
            $0.crash(SIGSEGV, image: 2, slot: 1)
        } blamed: {
            ["b - - code 1"]
        },
        Case(testDescription: "a thread of a plugin's own has no call") {
            $0.crash(SIGSEGV, image: 1)
        } blamed: {
            ["a - - code 1"]
        },
        Case(testDescription: "of two plugins of one file, the one that was called is blamed") { sketch in
            sketch.mark(slot: 1, 3, 2, request: "r-3")
            sketch.crash(SIGILL, image: 1, slot: 1)
        } blamed: {
            ["twin my_hook r-3 code 1"]
        },
        Case(testDescription: "a signal in other code blames the call that its thread was in") {
            $0.crash(SIGABRT, slot: 4)
        } blamed: {
            ["b my_hook r-2 call 1"]
        },
        Case(testDescription: "a signal in no plugin's code and no call blames nobody, whatever else ran") {
            $0.crash(SIGSEGV, slot: 2)
        } blamed: {
            []
        },
        Case(testDescription: "a signal that another process sent blames nobody, whatever the thread was in") {
            $0.crash(SIGSEGV, image: 1, slot: 1, sentBy: 4_711)
        } blamed: {
            []
        },
        Case(testDescription: "a signal that the process sent itself, as abort does, counts as any") {
            $0.crash(SIGABRT, slot: 4, sentBy: 77)
        } blamed: {
            ["b my_hook r-2 call 1"]
        },
        Case(testDescription: "numbers that are not in the tables count as none") {
            $0.crash(SIGSEGV, image: 4, slot: 9_999)
        } blamed: {
            []
        },
        Case(testDescription: "a number of no plugin leaves the call to blame") {
            $0.crash(SIGSEGV, image: .max, slot: 1)
        } blamed: {
            ["a tool_pre_invoke r-1 call 1"]
        },
        Case(testDescription: "without a signal all calls are suspects") { _ in
        } blamed: {
            ["a tool_pre_invoke r-1 one of 2 0.5", "b my_hook r-2 one of 2 0.5"]
        },
        Case(testDescription: "a record that was not finished is none") {
            $0.crash(SIGSEGV, image: 1, slot: 1, state: HOOKGATE_CRASH_BEGUN)
        } blamed: {
            ["a tool_pre_invoke r-1 one of 2 0.5", "b my_hook r-2 one of 2 0.5"]
        },
        Case(testDescription: "a record of a signal that is not fatal is none") {
            $0.crash(SIGCHLD, image: 1, slot: 1)
        } blamed: {
            ["a tool_pre_invoke r-1 one of 2 0.5", "b my_hook r-2 one of 2 0.5"]
        },
        Case(testDescription: "a file has the part of all its calls, and the longest one is shown") { sketch in
            sketch.mark(slot: 2, 3, 2, request: "r-3", since: 4)
            sketch.mark(slot: 3, 0, 0)
        } blamed: {
            ["twin my_hook r-3 one of 3 0.67", "b my_hook r-2 one of 3 0.33"]
        },
        Case(testDescription: "a killed process in which no plugin was called blames nobody") { sketch in
            sketch.mark(slot: 1, 0, 0)
            sketch.mark(slot: 4, 0, 0)
        } blamed: {
            []
        },
        Case(testDescription: "a hook that is not in the table is not named") { sketch in
            sketch.mark(slot: 4, 2, 7, request: "")
            sketch.crash(SIGFPE, slot: 4)
        } blamed: {
            ["b - - call 1"]
        },
    ]

    @Test("is told by what the journal holds", arguments: cases)
    func attribution(_ example: Case) {
        var sketch = Self.sketch
        example.change(&sketch)
        #expect(Self.text(sketch.remains.culprits) == example.blamed)
    }

    @Test("comes with the signal, its place, and the times by the clock on the wall")
    func details() throws {
        var sketch = Self.sketch
        sketch.crash(SIGSEGV, image: 1, slot: 1)
        let remains = sketch.remains
        let begin = JournalSketch.begin.seconds
        let mark = JournalRemains.Mark(
            JournalSketch.plugin("a", "a"),
            "tool_pre_invoke",
            "r-1",
            thread: 101,
            since: WallTime(seconds: begin + 5)
        )
        let crash = JournalRemains.Crash(
            try #require(FatalSignal(SIGSEGV)),
            thread: 101,
            pc: 0x1234,
            address: 8,
            time: WallTime(seconds: begin + 9),
            image: JournalSketch.plugin("a", "a"),
            mark: mark
        )
        #expect(remains.process == 77)
        #expect(remains.end == .crash(crash))
        #expect(remains.marks.count == 2)
        #expect(remains.culprits.first?.since == WallTime(seconds: begin + 5))
        #expect(remains.culprits.first?.thread == 101)
    }

    @Test("says which process sent the signal", arguments: [(4_711, 4_711), (0, 0), (77, nil)] as [(Int32, Int32?)])
    func sender(process: Int32, sender: Int32?) {
        var sketch = Self.sketch
        sketch.crash(SIGABRT, slot: 1, sentBy: process)
        guard case .crash(let crash) = sketch.remains.end else {
            Issue.record("no crash: \(sketch.remains.end)")
            return
        }
        #expect(crash.sender == sender)
        #expect(crash.address == 0)
    }

    @Test("names are cut where their field ends, and hold nothing that breaks a line")
    func texts() {
        var sketch = JournalSketch()
        let long = String(repeating: "x", count: 127) + "é"
        let number = sketch.add(long, digest: JournalSketch.digest("c"))
        sketch.mark(slot: 1, number, 0, request: "a\nb\u{1B}[31m" + String(repeating: "é", count: 18) + "z")
        let mark = sketch.remains.marks.first
        #expect(mark?.plugin.name == String(repeating: "x", count: 127))
        #expect(mark?.requestID == "a\u{FFFD}b\u{FFFD}[31m" + String(repeating: "é", count: 18) + "z")
    }
}

extension AttributionTests.Case {
    fileprivate init(
        testDescription: String,
        change: @escaping @Sendable (inout JournalSketch) -> Void,
        blamed: () -> [String]
    ) {
        self.init(testDescription: testDescription, change: change, blamed: blamed())
    }
}
