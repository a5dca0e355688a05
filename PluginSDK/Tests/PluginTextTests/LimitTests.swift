import PluginText
import Testing

/// A search that exceeds a limit fails; it never looks like "no match".
@Suite("Limits")
struct LimitTests {
    @Test("catastrophic backtracking runs out of steps", arguments: [true, false])
    func steps(useJIT: Bool) throws {
        let pattern = try Pattern("(a+)+$", useJIT: useJIT)
        let text = String(repeating: "a", count: 40) + "!"
        let failure = PatternError.limit(.steps, pattern: "(a+)+$")
        #expect(throws: failure) { try pattern.isMatch(in: text) }
        #expect(throws: failure) { try pattern.firstMatch(in: text) }
        #expect(throws: failure) { try pattern.matches(in: text) }
        #expect(throws: failure) { try pattern.replaceAll(in: text, with: Replacement(verbatim: "")) }
        #expect(throws: failure) {
            try PatternList([try Pattern("b"), pattern]).firstIndex(foundIn: text.utf8Span, using: MatchScratch())
        }
    }

    @Test("a long chain of choices runs out of memory", arguments: [true, false])
    func memory(useJIT: Bool) throws {
        let pattern = try Pattern("^(a|b)*$", useJIT: useJIT)
        let text = String(repeating: "ab", count: 400_000)
        #expect(throws: PatternError.limit(.memory, pattern: "^(a|b)*$")) { try pattern.isMatch(in: text) }
    }

    @Test("the interpreter counts depth")
    func depth() throws {
        let limits = Pattern.Limits(depth: 40)
        let pattern = try Pattern("^(a|b)*$", limits: limits, useJIT: false)
        #expect(try pattern.isMatch(in: "abab"))
        #expect(throws: PatternError.limit(.depth, pattern: "^(a|b)*$")) {
            try pattern.isMatch(in: String(repeating: "ab", count: 40))
        }
    }

    @Test("each pattern keeps its own limits, and a failure spoils nothing", arguments: [true, false])
    func ownLimits(useJIT: Bool) throws {
        let text = String(repeating: "a", count: 16) + "!"
        let tight = try Pattern("(a+)+$", limits: Pattern.Limits(steps: 50), useJIT: useJIT)
        let loose = try Pattern("(a+)+$", useJIT: useJIT)
        let plain = try Pattern("(a+)!", useJIT: useJIT)
        let scratch = MatchScratch()
        for _ in 0..<2 {
            #expect(throws: PatternError.limit(.steps, pattern: "(a+)+$")) {
                try tight.isMatch(in: text.utf8Span, using: scratch)
            }
            #expect(try !loose.isMatch(in: text.utf8Span, using: scratch))
            #expect(
                try plain.firstMatch(in: text.utf8Span, using: scratch) == Match(range: 0..<17, groups: [0..<16])
            )
        }
    }
}
