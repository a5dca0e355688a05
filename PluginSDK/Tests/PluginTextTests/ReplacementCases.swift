import PluginText
import Testing

/// A rule, a text, and the text after it, or `nil` if nothing matches.
///
/// What is expected is what Python's `re.sub` answers.
struct ReplacementCase: Sendable, CustomTestStringConvertible {
    let search: String
    let options: Pattern.Options
    let replacement: String
    let text: String
    let result: String?

    init(
        _ search: String,
        _ replacement: String,
        _ text: String,
        _ result: String?,
        options: Pattern.Options = []
    ) {
        self.search = search
        self.options = options
        self.replacement = replacement
        self.text = text
        self.result = result
    }

    var testDescription: String { "\(search.debugDescription) in \(text.debugDescription)" }
}

extension ReplacementCase {
    static let all: [ReplacementCase] = [
        ReplacementCase(#"crap"#, #"crud"#, "What a crapshow! crap", "What a crudshow! crud"),
        ReplacementCase(#"bad"#, #"good"#, "nothing to see", nil),
        ReplacementCase(#"bad"#, #""#, "a bad word", "a  word"),
        ReplacementCase(#"(?i)bad"#, #"good"#, "bad BAD Bad", "good good good"),
        ReplacementCase(#"(\d{3})-(\d{3})-(\d{4})"#, #"XXX-\2-\3"#, "Call 123-456-7890", "Call XXX-456-7890"),
        ReplacementCase(#"(?P<first>\w+) (?P<last>\w+)"#, #"\g<last>, \g<first>"#, "Ada Lovelace", "Lovelace, Ada"),
        ReplacementCase(#"(\w)(\w)"#, #"\g<2>\1"#, "abcd", "badc"),
        ReplacementCase(#"\w+"#, #"<\g<0>>"#, "é 漢", "<é> <漢>"),
        ReplacementCase(#"(a)|(b)"#, #"[\1\2]"#, "abc", "[a][b]c"),
        ReplacementCase(#"(a)?b"#, #"\1!"#, "b ab", "! a!"),
        ReplacementCase(#"x*"#, #"-"#, "abxd", "-a-b--d-"),
        ReplacementCase(#"x*"#, #"-"#, "é😀", "-é-😀-"),
        ReplacementCase(#""#, #"."#, "é", ".é."),
        ReplacementCase(#"^"#, #"> "#, "a\nb\n", "> a\n> b\n> ", options: .multiline),
        ReplacementCase(#"$"#, #"!"#, "a\n", "a!\n!"),
        ReplacementCase(#"\s+"#, #" "#, "a \u{A0} b", "a b"),
        ReplacementCase(#"a"#, #"\n\t\\\r"#, "bab", "b\n\t\\\rb"),
        ReplacementCase(#"a"#, #"\a\b\f\v"#, "bab", "b\u{7}\u{8}\u{C}\u{B}b"),
        ReplacementCase(#"a"#, #"$1 \$ \. \&"#, "a", "$1 \\$ \\. \\&"),
        ReplacementCase(#"a"#, #"\0\07\08\101\377"#, "a", "\0\u{7}\08Aÿ"),
        ReplacementCase(#"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)"#, #"\11\g<1>0\g<11>"#, "abcdefghijk", "ka0k"),
        ReplacementCase(#"(a)"#, #"\1\g<01>é"#, "a", "aaé"),
        ReplacementCase(#"é"#, #"😀"#, "éxé", "😀x😀"),
        ReplacementCase(#"a++"#, #""#, "aaa", ""),
    ]
}
