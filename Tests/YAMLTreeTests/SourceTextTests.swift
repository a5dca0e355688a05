import Testing
import YAMLTree

@Suite("Source text")
struct SourceTextTests {
    private static func source(_ text: String) -> SourceText { SourceText(bytes: Array(text.utf8)) }

    @Test("lines end as libyaml has it")
    func lines() {
        let source = Self.source("a\nb\r\nc\rd\u{85}e\u{2028}f\u{2029}g\n")
        #expect((0...9).map(source.line) == [nil, "a", "b", "c", "d", "e", "f", "g", "", nil])
    }

    @Test(
        "a byte's position counts characters",
        arguments: [(0, "1:1"), (1, "1:2"), (3, "1:3"), (4, "2:1"), (8, "2:2"), (9, "2:3"), (99, "2:3"), (-1, "1:1")]
    )
    func positions(offset: Int, expected: String) {
        #expect(Self.source("aé\n𝄞b").position(ofByte: offset).description == expected)
    }

    @Test(
        "the excerpt shows the line and a caret below the place",
        arguments: [
            ("key: value", 6, "key: value", "     ^"),
            ("é: ö", 4, "é: ö", "   ^"),
            ("\tkey:\tx", 7, "\tkey:\tx", "\t    \t^"),
            ("ab", 3, "ab", "  ^"),
            ("ab", 9, "ab", "  ^"),
            ("a\u{1b}[31mb\u{202E}", 1, "a\u{FFFD}[31mb\u{FFFD}", "^"),
        ]
    )
    func excerpt(text: String, column: Int, line: String, caret: String) {
        let excerpt = Self.source(text + "\nnext").excerpt(at: SourcePosition(line: 1, column: column))
        #expect(excerpt?.line == line)
        #expect(excerpt?.caret == caret)
    }

    @Test("a long line is cut around the place")
    func longLine() {
        let text = String(repeating: "a", count: 500) + "X" + String(repeating: "b", count: 500)
        let excerpt = Self.source(text).excerpt(at: SourcePosition(line: 1, column: 501))
        #expect(
            excerpt?.line
                == "…" + String(repeating: "a", count: 80) + "X" + String(repeating: "b", count: 79) + "…"
        )
        #expect(excerpt?.caret == String(repeating: " ", count: 81) + "^")
    }

    @Test("a blank line, or one behind the end, has no excerpt", arguments: [2, 3, 4])
    func blank(line: Int) {
        #expect(Self.source("a\n \t\n").excerpt(at: SourcePosition(line: line, column: 1)) == nil)
    }

    @Test(
        "quoted text stays on one line and harmless",
        arguments: [
            ("plain", "\"plain\""), ("a\"b\\c", "\"a\\\"b\\\\c\""), ("a\nb\tc", "\"a\\nb\\tc\""),
            ("\u{1b}[0m", "\"\u{FFFD}[0m\""),
            (String(repeating: "x", count: 61), "\"" + String(repeating: "x", count: 60) + "…\""),
        ]
    )
    func quoted(text: String, expected: String) {
        #expect(text.quoted == expected)
    }
}
