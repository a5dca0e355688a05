import PluginText
import Testing

@Suite("Replacements")
struct ReplacementTests {
    @Test("replaces as Python does, as machine code and interpreted", arguments: ReplacementCase.all, [true, false])
    func replaces(_ example: ReplacementCase, useJIT: Bool) throws {
        let pattern = try Pattern(example.search, options: example.options, useJIT: useJIT)
        let replacement = try Replacement(example.replacement, for: pattern)
        #expect(try pattern.replaceAll(in: example.text, with: replacement) == example.result)
        #expect(replacement.source == example.replacement)
    }

    @Test(
        "a malformed replacement is refused with the place",
        arguments: [
            (#"\g"#, 0, #"\g lacks its <name>"#),
            (#"a\g1"#, 1, #"\g lacks its <name>"#),
            (#"\g<1"#, 0, #"\g<name> lacks its >"#),
            (#"\g<>"#, 0, #"\g<> lacks a name"#),
            (#"\g<x>"#, 0, #"the pattern has no group named "x""#),
            (#"\g<3>"#, 0, "the pattern has 1 groups and no group 3"),
            (#"\g<99999999999999999999>"#, 0, "the pattern has 1 groups and no group \(Int.max)"),
            (#"\2"#, 0, "the pattern has 1 groups and no group 2"),
            (#"é\99"#, 2, "the pattern has 1 groups and no group 99"),
            (#"\477"#, 0, #"the octal number is greater than \377"#),
            (#"\q"#, 0, #"\q means nothing; write \\q for a backslash and the letter"#),
            (#"\x41"#, 0, #"\x means nothing; write \\x for a backslash and the letter"#),
            (#"a\"#, 1, #"a backslash at the end; write \\ for one"#),
        ]
    )
    func malformed(text: String, offset: Int, message: String) throws {
        let pattern = try Pattern("(?P<n>a)")
        #expect(throws: PatternError.replacement(text, message: message, offset: offset)) {
            try Replacement(text, for: pattern)
        }
    }

    @Test("a verbatim replacement stands for itself")
    func verbatim() throws {
        let replacement = Replacement(verbatim: #"\1 \g<0>"#)
        #expect(try Pattern("(a)").replaceAll(in: "bab", with: replacement) == #"b\1 \g<0>b"#)
    }

    @Test("a replacement made for a pattern with more groups leaves them empty")
    func foreignGroups() throws {
        let replacement = try Replacement(#"<\1\2>"#, for: Pattern("(a)(b)"))
        #expect(try Pattern("(x)").replaceAll(in: "x", with: replacement) == "<x>")
    }

    @Test(
        "rules apply one after another",
        arguments: [
            ("What a crapshow!", "What a yikesshow!"),
            ("crud", "yikes"),
            ("Call 123-456-7890", "Call XXX-456-7890"),
            ("yikes", nil),
            ("", nil),
        ]
    )
    func rules(text: String, result: String?) throws {
        let rules = ReplacementRules([
            try ReplacementRule(search: "crap", replace: "crud"),
            try ReplacementRule(search: "CRUD", replace: "yikes", options: .caseInsensitive),
            try ReplacementRule(search: #"(\d{3})-(\d{3}-\d{4})"#, replace: #"XXX-\2"#),
        ])
        #expect(try rules.apply(to: text) == result)
    }

    @Test("no rules change nothing")
    func noRules() throws {
        #expect(try ReplacementRules([]).apply(to: "text") == nil)
    }

    @Test("a rule with a bad pattern or a bad replacement is refused")
    func badRules() {
        #expect(throws: PatternError.syntax(pattern: "(", message: "missing closing parenthesis", offset: 1)) {
            try ReplacementRule(search: "(", replace: "")
        }
        #expect(
            throws: PatternError.replacement(#"\1"#, message: "the pattern has 0 groups and no group 1", offset: 0)
        ) {
            try ReplacementRule(search: "a", replace: #"\1"#)
        }
    }
}
