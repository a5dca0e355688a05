import PluginText
import Testing

@Suite("Text spans")
struct TextSpanTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let claims: [(Range<Int>, String)]
        let winners: [String]
        let result: String?

        var testDescription: String { name }
    }

    /// All in the text `0123456789`.
    static let examples = [
        Example(name: "none", claims: [], winners: [], result: nil),
        Example(name: "an empty one", claims: [(3..<3, "a")], winners: [], result: nil),
        Example(name: "one", claims: [(2..<4, "a")], winners: ["a 2..<4"], result: "01<a:23>456789"),
        Example(
            name: "in any order",
            claims: [(7..<10, "b"), (0..<1, "a")],
            winners: ["a 0..<1", "b 7..<10"],
            result: "<a:0>123456<b:789>"
        ),
        Example(
            name: "touching",
            claims: [(2..<4, "a"), (4..<6, "b")],
            winners: ["a 2..<4", "b 4..<6"],
            result: "01<a:23><b:45>6789"
        ),
        Example(
            name: "the earliest wins",
            claims: [(3..<9, "b"), (2..<4, "a")],
            winners: ["a 2..<4"],
            result: "01<a:23>456789"
        ),
        Example(
            name: "of those that begin together the longest wins",
            claims: [(2..<4, "a"), (2..<6, "b")],
            winners: ["b 2..<6"],
            result: "01<b:2345>6789"
        ),
        Example(
            name: "of equal ones the first wins",
            claims: [(2..<4, "a"), (2..<4, "b")],
            winners: ["a 2..<4"],
            result: "01<a:23>456789"
        ),
        Example(
            name: "what overlaps a loser alone stays",
            claims: [(0..<4, "a"), (3..<7, "b"), (6..<8, "c")],
            winners: ["a 0..<4", "c 6..<8"],
            result: "<a:0123>45<c:67>89"
        ),
    ]

    @Test("resolves all claims together and replaces once", arguments: examples)
    func resolves(_ example: Example) throws {
        var spans = TextSpans<String>()
        for (range, tag) in example.claims { spans.add(range, tag: tag) }
        #expect(spans.resolved.map { "\($0.tag) \($0.range)" } == example.winners)
        #expect(spans.isEmpty == example.winners.isEmpty)
        let result = try spans.replacing(in: "0123456789") { span, found in "<\(span.tag):\(found)>" }
        #expect(result == example.result)
    }

    @Test("masks of several detectors never cut into each other")
    func masks() throws {
        let text = "My SSN is 123-45-6789 and email is jöhn@example.com"
        let detectors = ["phone": #"\d{2,}"#, "ssn": #"\d{3}-\d{2}-\d{4}"#, "email": #"[\w.]+@[\w.]+"#]
        var spans = TextSpans<String>()
        for (kind, pattern) in detectors {
            for match in try Pattern(pattern).matches(in: text) { spans.add(match.range, tag: kind) }
        }
        #expect(spans.resolved.map(\.tag) == ["ssn", "email"])
        let masked = try spans.replacing(in: text) { span, found in
            span.tag == "ssn" ? "***-**-\(found.suffix(4))" : "\(found.prefix(1))***@example.com"
        }
        #expect(masked == "My SSN is ***-**-6789 and email is j***@example.com")
    }

    @Test("a part of another text is refused", arguments: [8..<12, 20..<21, 1..<2, 0..<1])
    func foreign(range: Range<Int>) {
        var spans = TextSpans<String>()
        spans.add(range, tag: "a")
        #expect(throws: TextSpanError(range: range, textCount: 10)) {
            try spans.replacing(in: "é23456789") { _, _ in "" }
        }
    }

    @Test("the error says what is wrong")
    func errorText() {
        #expect(
            "\(TextSpanError(range: 8..<12, textCount: 10))"
                == "bytes 8..<12 are no whole characters of a text of 10 bytes; replace in the text that the detectors saw"
        )
    }
}
