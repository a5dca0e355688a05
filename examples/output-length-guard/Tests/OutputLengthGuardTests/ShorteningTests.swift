import OutputLengthGuard
import Testing

@Suite("Shortening a text")
struct ShorteningTests {
    @Test(
        "cuts between characters, the ellipsis included",
        arguments: [
            ("abcdef", 4, "…", "abc…"), ("abcdef", 1, "…", "…"), ("abcdef", 4, "", "abcd"),
            ("abcdef", 5, "...", "ab..."),
            ("abcdef", 3, "...", "..."), ("漢字仮名", 3, "…", "漢字…"),
            // One that is seen, of two to seven scalars.
            ("ae\u{301}b", 3, "…", "a…"), ("ae\u{301}bc", 4, "…", "ae\u{301}…"), ("a👩‍👩‍👧‍👦b", 5, "…", "a…"),
            ("👩‍👩‍👧‍👦bc", 8, "…", "👩‍👩‍👧‍👦…"),
            ("🇩🇪🇫🇷", 3, "", "🇩🇪"), ("🇩🇪🇫🇷", 2, "…", "…"), ("a\r\nb", 2, "", "a"), ("각각", 3, "", "각각"),
            ("\u{1112}\u{1161}\u{11AB}x", 2, "", ""), ("👍🏽👍🏽", 3, "", "👍🏽"),
        ]
    )
    func shortens(_ text: String, _ limit: Int, _ ellipsis: String, _ expected: String) {
        let shortened = text.shortened(to: limit, ellipsis: ellipsis)
        #expect(Array(shortened.unicodeScalars) == Array(expected.unicodeScalars))
        #expect(shortened.unicodeScalars.count <= limit)
    }

    @Test("keeps as much as fits, at every length")
    func everyLength() {
        let text = "Zürich 漢字 👩‍👩‍👧 e\u{301}a\u{300}\u{323} 🇨🇭🇨🇭 \r\n end"
        for limit in 1...text.unicodeScalars.count {
            let expected = (0...text.count).map { String(text.prefix($0)) }
                .last { $0.unicodeScalars.count <= limit }
            #expect(text.shortened(to: limit, ellipsis: "") == expected)
        }
    }
}
