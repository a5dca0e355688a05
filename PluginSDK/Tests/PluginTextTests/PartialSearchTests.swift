import PluginText
import Testing

/// Searches in a part of a text, as Python's `search(text, start, end)`.
@Suite("Searches in a part of a text")
struct PartialSearchTests {
    struct Case: Sendable {
        let pattern: String
        let text: String
        let range: Range<Int>
        let match: Match?

        init(_ pattern: String, _ text: String, _ range: Range<Int>, _ match: Match?) {
            self.pattern = pattern
            self.text = text
            self.range = range
            self.match = match
        }
    }

    static let cases = [
        Case("a", "a-a-a", 0..<5, Match(range: 0..<1)),
        Case("a", "a-a-a", 1..<5, Match(range: 2..<3)),
        Case("a", "a-a-a", 1..<2, nil),
        Case("a", "a-a-a", 5..<5, nil),
        Case("", "abc", 2..<2, Match(range: 2..<2)),
        // Lookbehinds see what lies before the part, and so does the text's beginning.
        Case("(?<=x)a", "xa", 1..<2, Match(range: 1..<2)),
        Case("^a", "xa", 1..<2, nil),
        // The text seems to end with the part.
        Case("a$", "abc", 0..<1, Match(range: 0..<1)),
        Case("a(?=b)", "abc", 0..<1, nil),
        Case("a+", "aaaa", 1..<3, Match(range: 1..<3)),
        // Places count from the beginning of the whole text.
        Case("(b)(c)?", "abab", 2..<4, Match(range: 3..<4, groups: [3..<4, nil])),
        // A bound inside a character moves to its end: é has 2 bytes, 漢 has 3.
        Case(".", "éa", 1..<3, Match(range: 2..<3)),
        Case("é", "éa", 1..<3, nil),
        Case("漢$", "a漢b", 1..<2, Match(range: 1..<4)),
        Case("漢", "漢漢", 4..<5, nil),
        // Bounds outside the text move inward.
        Case("c", "abc", 1..<99, Match(range: 2..<3)),
        Case("c", "abc", 50..<99, nil),
    ]

    @Test("finds the first match, and sees only what lies before the part", arguments: cases, [true, false])
    func finds(_ example: Case, useJIT: Bool) throws {
        let pattern = try Pattern(example.pattern, useJIT: useJIT)
        let scratch = MatchScratch()
        let match = try pattern.firstMatch(in: example.text.utf8Span, within: example.range, using: scratch)
        #expect(match == example.match)
    }

    @Test("the limits hold")
    func limits() throws {
        let pattern = try Pattern("(a+)+$")
        let text = String(repeating: "a", count: 40) + "!!"
        #expect(throws: PatternError.limit(.steps, pattern: "(a+)+$")) {
            try pattern.firstMatch(in: text.utf8Span, within: 1..<41, using: MatchScratch())
        }
    }
}
