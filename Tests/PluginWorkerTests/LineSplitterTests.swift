import CLinux
import Glibc
import PluginWorker
import Testing

@Suite("What a worker prints")
struct LineSplitterTests {
    /// The lines of pieces that come one after the other, and what is left at the end.
    private static func lines(_ pieces: String...) -> (lines: [String], rest: String?) {
        var splitter = LineSplitter()
        let lines = pieces.flatMap { splitter.split(Array($0.utf8)) }
        return (lines, splitter.takeRest())
    }

    @Test("is split into lines, however it comes")
    func split() {
        #expect(Self.lines("a\nb\n").lines == ["a", "b"])
        #expect(Self.lines("a", "b\nc", "\n", "d\n").lines == ["ab", "c", "d"])
        #expect(Self.lines("Zo\u{EB}\n").lines == ["Zo\u{EB}"])
    }

    @Test("is not lost if nothing ends its last line")
    func rest() {
        #expect(Self.lines("a\nfatal error").rest == "fatal error")
        #expect(Self.lines("a\n").rest == nil)
        #expect(Self.lines().rest == nil)
    }

    @Test("has lines of 4,096 bytes at most: the rest of a longer one is dropped")
    func long() {
        let most = String(repeating: "x", count: LineSplitter.maxLine)
        #expect(Self.lines(most + "\nb\n").lines == [most, "b"])
        #expect(Self.lines(most + "y\nb\n").lines == [most, "b"])
        #expect(Self.lines(most, most, "y", "\nb\n").lines == [most, "b"])
        let unended = Self.lines(most, most)
        #expect(unended.lines == [most])
        #expect(unended.rest == nil)
    }

    @Test("may be anything")
    func bytes() {
        var splitter = LineSplitter()
        #expect(splitter.split([0xFF, 0x00, 0x0A, 0xC3, 0x0A]) == ["\u{FFFD}\u{0}", "\u{FFFD}"])
    }

    @Test("has no empty lines")
    func empty() {
        #expect(Self.lines("\n\na\n\n", "\n", "b\n").lines == ["a", "b"])
        #expect(Self.lines(String(repeating: "\n", count: 1 << 20)).lines.isEmpty)
    }

    @Test("of many short lines takes time that grows with their number alone")
    func many() {
        #expect(Self.lines(String(repeating: "x\n", count: 1 << 19)).lines.count == 1 << 19)
    }

    @Test("is read a part at a time, however much is there, until the other end is closed")
    func read() throws {
        var ends: [Int32] = [-1, -1]
        // Processes that other tests start must not have the other end.
        #expect(unsafe hookgate_pipe(&ends) == 0)
        #expect(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0)
        defer { close(ends[0]) }
        let flood = Array(String(repeating: "x\n", count: 1 << 14).utf8)
        #expect(unsafe write(ends[1], flood, flood.count) == flood.count)
        var splitter = LineSplitter()
        var counts: [Int] = []
        while let lines = splitter.read(from: ends[0]), !lines.isEmpty { counts.append(lines.count) }
        #expect(counts == Array(repeating: 2_048, count: 8))
        #expect(splitter.read(from: ends[0]) == [])
        close(ends[1])
        #expect(splitter.read(from: ends[0]) == nil)
    }
}
