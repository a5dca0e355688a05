import PluginWorker
import Testing

@Suite("Calls that wait")
struct WaitingLineTests {
    private final class Call {
        let name: String

        init(_ name: String) { self.name = name }
    }

    /// Calls by their names, with the depth that the name begins with.
    private func line(_ names: String...) -> WaitingLine<Call> {
        var line = WaitingLine<Call>()
        for name in names { line.append(Call(name), depth: Self.depth(name)) }
        return line
    }

    private static func depth(_ name: String) -> Int { name.first?.wholeNumberValue ?? 0 }

    private func names(_ line: WaitingLine<Call>) -> [String] {
        var line = line
        return line.takeAll().map(\.name)
    }

    @Test("are taken by their depth, and of one depth as they came")
    func order() {
        var line = line("0a", "2a", "1a", "0b", "2b", "1b")
        #expect(line.count == 6)
        #expect(line.firstDepth == 2)
        #expect(names(line) == ["2a", "2b", "1a", "1b", "0a", "0b"])
        let first = line.takeFirst()
        #expect(first?.name == "2a")
        #expect(names(line) == ["2b", "1a", "1b", "0a", "0b"])
    }

    @Test("are first of their depth again when they are put back, and no more than that")
    func putBack() throws {
        var line = line("0a", "0b")
        let first = line.takeFirst()
        let call = try #require(first)
        line.append(Call("1a"), depth: 1)
        line.putBack(call, depth: 0)
        #expect(names(line) == ["1a", "0a", "0b"])
        #expect(line.firstDepth == 1)
    }

    @Test("are put back into an empty line, and behind all that are deeper", arguments: [[], ["3a", "2a"]])
    func putBackLast(others: [String]) {
        var line = WaitingLine<Call>()
        for name in others { line.append(Call(name), depth: Self.depth(name)) }
        line.putBack(Call("1a"), depth: 1)
        #expect(names(line) == others + ["1a"])
    }

    @Test("are taken out once")
    func removal() {
        let call = Call("1a")
        var line = line("1b", "0a")
        line.append(call, depth: 1)
        let removals = [line.remove(call), line.remove(call)]
        #expect(removals == [true, false])
        #expect(names(line) == ["1b", "0a"])
    }

    @Test("are none, then nobody is taken")
    func empty() {
        var line = WaitingLine<Call>()
        let first = line.takeFirst()
        #expect(first == nil)
        #expect(line.firstDepth == nil)
        #expect(line.isEmpty)
        #expect(names(line) == [])
    }
}
