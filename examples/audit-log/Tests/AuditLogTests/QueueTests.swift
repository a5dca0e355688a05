import AuditLog
import Glibc
import Testing

@Suite("The queue of lines, and the report of losses")
struct QueueTests {
    @Test("takes lines as long as there is room, in their order")
    func bound() {
        let queue = LineQueue(capacity: 5)
        #expect(queue.add([1, 2]))
        #expect(queue.add([3, 4, 5]))
        #expect(!queue.add([6]))
        #expect(queue.takeAll() == [[1, 2], [3, 4, 5]])
        #expect(queue.add([6]))
        #expect(!queue.add([1, 2, 3, 4, 5]))
        #expect(queue.takeAll() == [[6]])
    }

    @Test("a closed queue gives out what it has, takes nothing, and ends")
    func closing() {
        let queue = LineQueue(capacity: 5)
        #expect(queue.add([1]))
        queue.close()
        #expect(!queue.add([2]))
        #expect(queue.takeAll() == [[1]])
        #expect(queue.takeAll() == nil)
    }

    @Test("says once when lines begin to be lost, and once when that is over")
    func losses() {
        let full = LogFileError(.write, "/log", code: ENOSPC)
        let link = LogFileError(.open, "/log", code: ELOOP)
        var report = LossReport()
        #expect(report.note(nil, isLost: false) == nil)
        #expect(
            report.note(full, isLost: true)
                == "cannot write to /log: No space left on device; make room there; until then lines are lost"
        )
        #expect(report.note(full, isLost: true) == nil)
        #expect(report.current == full)
        #expect(
            report.note(link, isLost: false)
                == "cannot open /log: Too many levels of symbolic links; it is a symbolic link: name the file itself; "
                + "until then lines go to the file that was renamed"
        )
        #expect(report.note(nil, isLost: false) == "the file is written to again; lines that were lost: 2")
        #expect(report.current == nil)
        #expect(report.note(nil, isLost: false) == nil)
    }

    @Test(
        "times are those of RFC 3339",
        arguments: [
            (0, 0, "1970-01-01T00:00:00.000Z"), (1_795_238_626, 123_999_999, "2026-11-21T05:23:46.123Z"),
            (951_782_399, 7_000_000, "2000-02-28T23:59:59.007Z"), (1_709_164_800, 0, "2024-02-29T00:00:00.000Z"),
        ]
    )
    func timestamps(_ seconds: Int, _ nanoseconds: Int, _ text: String) {
        #expect(Timestamp(seconds: seconds, nanoseconds: nanoseconds).description == text)
    }
}
