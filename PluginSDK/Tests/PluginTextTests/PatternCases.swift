import PluginText
import Testing

/// A pattern, a text, and every match in it: the place of the whole match, then of each group.
///
/// What is expected is what Python's `re.finditer` answers, in bytes.
struct PatternCase: Sendable, CustomTestStringConvertible {
    let pattern: String
    let options: Pattern.Options
    let text: String
    let matches: [Match]

    init(_ pattern: String, _ text: String, _ matches: [[Range<Int>?]], options: Pattern.Options = []) {
        self.pattern = pattern
        self.options = options
        self.text = text
        self.matches = matches.map { places in
            Match(range: places.first.flatMap { $0 } ?? 0..<0, groups: Array(places.dropFirst()))
        }
    }

    var testDescription: String { "\(pattern.debugDescription) in \(text.debugDescription)" }
}

extension PatternCase {
    static let all: [PatternCase] = [
        PatternCase(#"crap"#, "What a crapshow!", [[7..<11]]),
        PatternCase(
            #"(\d{3})-(\d{3})-(\d{4})"#,
            "Call 123-456-7890 or 555-000-1111",
            [[5..<17, 5..<8, 9..<12, 13..<17], [21..<33, 21..<24, 25..<28, 29..<33]]
        ),
        PatternCase(#"(?P<n>\d+)/(?P=n)"#, "12/12 3/4 5/5", [[0..<5, 0..<2], [10..<13, 10..<11]]),
        PatternCase(#"(a(b(c)?))\2"#, "abcbc abb ab", [[0..<5, 0..<3, 1..<3, 2..<3], [6..<9, 6..<8, 7..<8, nil]]),
        PatternCase(#"(a)?(b)?(c)?"#, "ac", [[0..<2, 0..<1, nil, 1..<2], [2..<2, nil, nil, nil]]),
        PatternCase(#"(a)|(b)"#, "ab", [[0..<1, 0..<1, nil], [1..<2, nil, 1..<2]]),
        PatternCase(#"(a)?(?(1)b|c)"#, "ab c", [[0..<2, 0..<1], [3..<4, nil]]),
        PatternCase(#"a|ab"#, "abab", [[0..<1], [2..<3]]),
        PatternCase(#"a++b"#, "aab aa", [[0..<3]]),
        PatternCase(#"nothing"#, "a text without it", []),
        PatternCase(#"nothing"#, "", []),
        PatternCase(#""#, "é😀", [[0..<0], [2..<2], [6..<6]]),
        PatternCase(#"x*"#, "abxd", [[0..<0], [1..<1], [2..<3], [3..<3], [4..<4]]),
        PatternCase(#"x*"#, "", [[0..<0]]),
        PatternCase(#"a*?"#, "aa", [[0..<0], [0..<1], [1..<1], [1..<2], [2..<2]]),
        PatternCase(#"|a"#, "aa", [[0..<0], [0..<1], [1..<1], [1..<2], [2..<2]]),
        PatternCase(#"\b"#, "añb c", [[0..<0], [4..<4], [5..<5], [6..<6]]),
        PatternCase(#"(?=(\w))"#, "äb", [[0..<0, 0..<2], [2..<2, 2..<3]]),
        PatternCase(#"."#, "aé漢😀", [[0..<1], [1..<3], [3..<6], [6..<10]]),
        PatternCase(#".+"#, "a\r\nb", [[0..<2], [3..<4]]),
        PatternCase(#".+"#, "a\nb", [[0..<3]], options: .dotMatchesNewlines),
        PatternCase(#"(?s)a.b"#, "a\nb", [[0..<3]]),
        PatternCase(#"\w+"#, "naïve Ünï_ö 漢字 \u{664}", [[0..<6], [7..<15], [16..<22], [23..<25]]),
        PatternCase(#"\w+"#, "naïve ö_1", [[0..<2], [4..<6], [9..<11]], options: .asciiClasses),
        PatternCase(#"\d+"#, "12 \u{664}\u{662}", [[0..<2], [3..<7]]),
        PatternCase(#"\d+"#, "12 \u{664}\u{662}", [[0..<2]], options: .asciiClasses),
        PatternCase(#"\s+"#, "a\u{A0}\u{2003}b\tc", [[1..<6], [7..<8]]),
        PatternCase(#"\bé\w"#, "éa xéa", [[0..<3]]),
        PatternCase(#"(?<=é)x"#, "éx x", [[2..<3]]),
        PatternCase(#"(?i)bad"#, "bad BAD Bad", [[0..<3], [4..<7], [8..<11]]),
        PatternCase(#"(?i)abc"#, "ABC", [[0..<3]]),
        PatternCase(#"École"#, "école ÉCOLE", [[0..<6], [7..<13]], options: .caseInsensitive),
        PatternCase(#"k"#, "k K \u{212A}", [[0..<1], [2..<3], [4..<7]], options: .caseInsensitive),
        PatternCase(#"secret"#, "\u{17F}ecret", [[0..<7]], options: .caseInsensitive),
        PatternCase(#"[à-ý]+"#, "xÉÈx", [[1..<5]], options: .caseInsensitive),
        PatternCase(#"^"#, "a\nb\n", [[0..<0], [2..<2], [4..<4]], options: .multiline),
        PatternCase(#"$"#, "a\nb\n", [[1..<1], [3..<3], [4..<4]], options: .multiline),
        PatternCase(#"^a$"#, "a\nb\na", [[0..<1], [4..<5]], options: .multiline),
        PatternCase(#"$"#, "a\n", [[1..<1], [2..<2]]),
        PatternCase(#"^."#, "a\nb", [[0..<1]]),
        PatternCase(#"a\Z"#, "a\n", []),
        PatternCase(#"a\Z"#, "a\na", [[2..<3]]),
        PatternCase(#"(?#[)a\Z"#, "a\n", []),
        PatternCase(#"\\Z"#, "\\Z", [[0..<2]]),
        PatternCase(#"\Aa"#, "aa", [[0..<1]]),
        PatternCase(#"a{,2}b"#, "aaab b", [[1..<4], [5..<6]]),
        PatternCase(#"a{,}b"#, "aaab", [[0..<4]]),
        PatternCase(#"a{,x}"#, "a{,x}", [[0..<5]]),
        PatternCase(#"[{,2}]+"#, "a{,2}", [[1..<5]]),
        PatternCase(#"[]a]+"#, "b]a]", [[1..<4]]),
        PatternCase(#"[^]a]+"#, "b]a]c", [[0..<1], [4..<5]]),
        PatternCase(#"[\]Z]\Z"#, "Z]", [[1..<2]]),
        PatternCase(#"\u00e9|\U0001F600"#, "é😀", [[0..<2], [2..<6]]),
        PatternCase(#"[\u4e00-\u9fff]+"#, "a漢字b", [[1..<7]]),
        PatternCase("a b # [ a comment\n c\\Z", "abc\n abc", [[5..<8]], options: .verbose),
        PatternCase("(?x) a b # [ a comment\n c\\Z", "abc\n", []),
        PatternCase(#"\$1\."#, "$1.", [[0..<3]]),
        PatternCase("a\0b", "xa\0b", [[1..<4]]),
        PatternCase(#"(?:(?P<key>\w+)=)?(?P<value>\d+)"#, "a=1 2", [[0..<3, 0..<1, 2..<3], [4..<5, nil, 4..<5]]),
    ]
}
