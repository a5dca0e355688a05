import PluginText
import Testing

@Suite("Patterns")
struct PatternTests {
    @Test("finds what Python finds, as machine code and interpreted", arguments: PatternCase.all, [true, false])
    func finds(_ example: PatternCase, useJIT: Bool) throws {
        let pattern = try Pattern(example.pattern, options: example.options, useJIT: useJIT)
        #expect(try pattern.matches(in: example.text) == example.matches)
        #expect(try pattern.firstMatch(in: example.text) == example.matches.first)
        #expect(try pattern.isMatch(in: example.text) == !example.matches.isEmpty)
    }

    @Test("a list finds what each of its patterns finds alone", arguments: PatternCase.all)
    func listAgrees(_ example: PatternCase) throws {
        let patterns = try PatternCase.all.map { try Pattern($0.pattern, options: $0.options) }
        let list = PatternList(patterns)
        let scratch = MatchScratch()
        // Short texts are looked at in another way than long ones.
        for text in [example.text, example.text + String(repeating: "\n", count: 70)] {
            var found: [Int] = []
            var next = try list.firstIndex(foundIn: text.utf8Span, using: scratch)
            while let index = next {
                found.append(index)
                next = try list.firstIndex(foundIn: text.utf8Span, from: index + 1, using: scratch)
            }
            #expect(try found == patterns.indices.filter { try patterns[$0].isMatch(in: text) })
        }
    }

    @Test("says how it was made")
    func properties() throws {
        let limits = Pattern.Limits(steps: 100, depth: 200, memory: 300)
        let pattern = try Pattern(#"(?P<a>x)(y)(?P<b>z)"#, options: .caseInsensitive, limits: limits)
        #expect(pattern.source == #"(?P<a>x)(y)(?P<b>z)"#)
        #expect("\(pattern)" == pattern.source)
        #expect(pattern.options == .caseInsensitive)
        #expect(pattern.limits == limits)
        #expect(pattern.groupCount == 3)
        #expect(pattern.groupNames == ["a": 1, "b": 3])
    }

    @Test("runs as machine code unless told otherwise")
    func machineCode() throws {
        #expect(try Pattern("a").usesJIT)
        #expect(try !Pattern("a", useJIT: false).usesJIT)
    }

    @Test("a pattern that forbids machine code itself is interpreted")
    func forbidsMachineCode() throws {
        let pattern = try Pattern("(*NO_JIT)b+")
        #expect(!pattern.usesJIT)
        #expect(try pattern.matches(in: "abb") == [Match(range: 1..<3)])
    }

    @Test(
        "a malformed pattern is refused with the place",
        arguments: [
            ("(ab", 3, "missing closing parenthesis"),
            ("a)b", 1, "unmatched closing parenthesis"),
            ("é(", 3, "missing closing parenthesis"),
            ("[a", 2, "missing terminating ] for character class"),
            ("*a", 0, "quantifier does not follow a repeatable item"),
            (#"a\q"#, 2, #"unrecognized character follows \"#),
            (#"a\"#, 2, #"\ at end of pattern"#),
            (#"\2(a)"#, 1, "reference to non-existent subpattern"),
            ("(?P<n>a)(?P<n>b)", 14, "two named subpatterns have the same name (PCRE2_DUPNAMES not set)"),
            (#"a\Cb"#, 3, #"using \C is disabled by the application"#),
            (#"\u00e9("#, 7, "missing closing parenthesis"),
            ("a{,3}[", 6, "missing terminating ] for character class"),
        ]
    )
    func malformed(pattern: String, offset: Int, message: String) {
        #expect(throws: PatternError.syntax(pattern: pattern, message: message, offset: offset)) {
            try Pattern(pattern)
        }
    }

    @Test("an error says what, where and the mend")
    func errorTexts() {
        let texts = [
            PatternError.syntax(pattern: "(a", message: "missing closing parenthesis", offset: 2),
            .replacement(#"\2"#, message: "the pattern has 1 groups and no group 2", offset: 0),
            .limit(.steps, pattern: "(a+)+$"),
            .engine(code: -44, message: "internal error", pattern: "a"),
        ].map(\.description)
        #expect(
            texts == [
                #"invalid pattern "(a", at byte 2: missing closing parenthesis"#,
                #"invalid replacement "\2", at byte 0: the pattern has 1 groups and no group 2"#,
                #"the pattern "(a+)+$" needs more steps than allowed on this text; "#
                    + "rewrite it so that it has fewer ways to match, or raise the pattern's limits",
                #"the pattern "a" cannot be matched: internal error (PCRE2 error -44)"#,
            ]
        )
    }

    @Test("an escaped text matches itself alone", arguments: [#"a.b*c\d[e](f)|{2}^$ #-&~"#, "é\t漢\n", ""])
    func escape(text: String) throws {
        for options in [Pattern.Options(), .verbose] {
            let pattern = try Pattern(#"\A"# + Pattern.escape(text) + #"\Z"#, options: options)
            #expect(try pattern.firstMatch(in: text)?.range == 0..<text.utf8.count)
            #expect(try !pattern.isMatch(in: text + "x"))
        }
    }

    @Test("a match that would end before it starts is an error", arguments: [true, false])
    func endsBeforeStart(useJIT: Bool) throws {
        let pattern = try Pattern(#"(?(DEFINE)(?<k>b\K))a(?=(?&k))"#, useJIT: useJIT)
        #expect(try !pattern.isMatch(in: "ac"))
        let message = "match with end before start or start moved backwards is not supported"
        #expect(throws: PatternError.engine(code: -60, message: message, pattern: pattern.source)) {
            try pattern.matches(in: "ab")
        }
    }

    @Test("one pattern serves many threads at once")
    func manyThreads() async throws {
        let pattern = try Pattern(#"(\d+)-(?:x|(\d+))"#)
        let counts = await withTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    let text = String(repeating: " ", count: task) + "12-x 3-45"
                    let expected = [
                        Match(range: task..<task + 4, groups: [task..<task + 2, nil]),
                        Match(range: task + 5..<task + 9, groups: [task + 5..<task + 6, task + 7..<task + 9]),
                    ]
                    return (0..<2_000).count { _ in (try? pattern.matches(in: text)) == expected }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == Array(repeating: 2_000, count: 8))
    }

    @Test("more working memory than the pool keeps may be in use, with patterns of any size")
    func nestedScratch() throws {
        let small = try Pattern("(a)")
        let large = try Pattern(String(repeating: "(a)?", count: 40))
        func nest(_ depth: Int) throws {
            let scratch = MatchScratch()
            if depth > 0 { try nest(depth - 1) }
            #expect(try small.isMatch(in: "aa".utf8Span, using: scratch))
            let match = try large.firstMatch(in: String(repeating: "a", count: 39).utf8Span, using: scratch)
            #expect(match == Match(range: 0..<39, groups: (0..<39).map { $0..<$0 + 1 } + [nil]))
        }
        try nest(20)
    }
}
