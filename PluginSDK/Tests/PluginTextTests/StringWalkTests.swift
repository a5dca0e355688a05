import PluginPayloads
import PluginText
import Testing

/// A value that is walked as a block and decoded; both have to agree.
@Suite("String walks")
struct StringWalkTests {
    static let value: JSONValue = [
        "name": "root",
        "users": [
            ["id": 12, "profile": ["bio": "one", "é.x": ""]],
            ["profile": ["bio": "two", "tags": ["a", ["b", "c"], []]]],
        ],
        "price": .number("1.10"),
        "big": .number("12345678901234567890"),
        "raw": .bytes([1, 2]),
        "half": 0.5,
        "none": nil,
        "yes": true,
        "empty": [:],
        "last": "漢字",
    ]

    static let texts = [
        "name: root", "users[0].profile.bio: one", "users[0].profile.é.x: ", "users[1].profile.bio: two",
        "users[1].profile.tags[0]: a", "users[1].profile.tags[1][0]: b", "users[1].profile.tags[1][1]: c",
        "last: 漢字",
    ]

    @Test("visits every text with its place, in order")
    func visits() throws {
        var inBlock: [String] = []
        try PayloadBlock(Self.value).root.forEachString { text, path in
            inBlock.append("\(path.text): \(String(copying: text))")
        }
        var inValue: [String] = []
        Self.value.forEachString { text, path in inValue.append("\(path.text): \(String(copying: text))") }
        #expect(inBlock == Self.texts)
        #expect(inValue == Self.texts)
    }

    @Test(
        "names places from the value that is walked",
        arguments: [
            ("text", [""]),
            (["a"], ["[0]"]),
            ([["name": "a"]], ["[0].name"]),
            (["items": ["a", "b"]], ["items[0]", "items[1]"]),
            ([[["a"]]], ["[0][0][0]"]),
            (["": "a"], [""]),
            (12, []),
            ([:], []),
        ] as [(JSONValue, [String])]
    )
    func places(value: JSONValue, paths: [String]) throws {
        var inBlock: [String] = []
        try PayloadBlock(value).root.forEachString { _, path in inBlock.append(path.text) }
        var inValue: [String] = []
        value.forEachString { _, path in inValue.append(path.text) }
        #expect(inBlock == paths)
        #expect(inValue == paths)
    }

    @Test("changes texts and nothing else")
    func rewrites() throws {
        func change(_ text: UTF8Span, _ path: borrowing StringPath) -> String? {
            switch String(copying: text) {
            case "one": "a longer text than before"
            case "": "no longer empty"
            case "b": ""
            case "漢字": path.text
            default: nil
            }
        }
        var expected = Self.value
        expected["users"] = [
            ["id": 12, "profile": ["bio": "a longer text than before", "é.x": "no longer empty"]],
            ["profile": ["bio": "two", "tags": ["a", ["", "c"], []]]],
        ]
        expected["last"] = "last"
        let original = try PayloadBlock(Self.value)
        #expect(try original.root.rewritingStrings(change)?.value == expected)
        #expect(Self.value.rewritingStrings(change) == expected)
        #expect(original.value == Self.value)
    }

    @Test("changes a text that is the whole value, and a part of a block")
    func rewritesParts() throws {
        #expect(try PayloadBlock("a").root.rewritingStrings { _, _ in "b" }?.value == "b")
        let block = try PayloadBlock(Self.value)
        let users = try #require(block.root["users"]?[1])
        let changed = try users.rewritingStrings { _, path in path.text }
        #expect(
            changed?.value == [
                "profile": [
                    "bio": "profile.bio",
                    "tags": ["profile.tags[0]", ["profile.tags[1][0]", "profile.tags[1][1]"], []],
                ]
            ]
        )
    }

    @Test("answers nothing when no text changed, also if the same text was put in its place")
    func unchanged() throws {
        let root = try PayloadBlock(Self.value).root
        #expect(try root.rewritingStrings { _, _ in nil } == nil)
        #expect(try root.rewritingStrings { text, _ in String(copying: text) } == nil)
        #expect(Self.value.rewritingStrings { _, _ in nil } == nil)
        #expect(Self.value.rewritingStrings { text, _ in String(copying: text) } == nil)
    }

    @Test("a text in another normal form is another text")
    func normalForms() throws {
        let composed: JSONValue = ["\u{E9}"]
        let changed = try #require(try PayloadBlock(composed).root.rewritingStrings { _, _ in "e\u{301}" })
        #expect(changed.root[0]?.string.map { Array($0.utf8) } == Array("e\u{301}".utf8))
    }

    struct Stop: Error, Equatable {
        let place: String
    }

    @Test("ends with the first error")
    func errors() throws {
        let root = try PayloadBlock(Self.value).root
        func stop(_ text: UTF8Span, _ path: borrowing StringPath) throws(Stop) -> String? {
            if text.count == 3 { throw Stop(place: path.text) }
            return "changed"
        }
        let failure = Stop(place: "users[0].profile.bio")
        #expect(throws: failure) { try root.forEachString { text, path in _ = try stop(text, path) } }
        #expect(throws: failure) { try root.rewritingStrings(stop) }
        #expect(throws: failure) { try Self.value.forEachString { text, path in _ = try stop(text, path) } }
        #expect(throws: failure) { try Self.value.rewritingStrings(stop) }
    }

    @Test("walks as deep as a block nests")
    func deep() throws {
        var value: JSONValue = "x"
        var expected: JSONValue = "y"
        for _ in 0..<64 {
            value = [["k": value]]
            expected = [["k": expected]]
        }
        let root = try PayloadBlock(value).root
        var paths: [String] = []
        root.forEachString { _, path in paths.append(path.text) }
        #expect(paths == ["[0].k" + String(repeating: "[0].k", count: 63)])
        #expect(try root.rewritingStrings { _, _ in "y" }?.value == expected)
        #expect(value.rewritingStrings { _, _ in "y" } == expected)
    }

    @Test("a changed block holds its memory itself")
    func outlives() throws {
        var block: PayloadBlock? = try PayloadBlock(["a": "b"] as JSONValue)
        let changed = try block?.root.rewritingStrings { _, _ in "c" }
        block = nil
        #expect(changed?.value == ["a": "c"])
    }

    @Test("rules and lists work on the texts of a walk")
    func withPatterns() throws {
        let rules = ReplacementRules([
            try ReplacementRule(search: "crap", replace: "crud"), try ReplacementRule(search: "crud", replace: "yikes"),
        ])
        let arguments: JSONValue = ["q": ["What a crapshow!", ["deep": ["crap"]]], "n": .number("1.10")]
        let root = try PayloadBlock(arguments).root
        let scratch = MatchScratch()
        let changed = try root.rewritingStrings { text, _ in try rules.apply(to: text, using: scratch) }
        #expect(changed?.value == ["q": ["What a yikesshow!", ["deep": ["yikes"]]], "n": .number("1.10")])

        let words = PatternList([try Pattern("show"), try Pattern("crap")])
        var hits: [String] = []
        try root.forEachString { text, path in
            var next = try words.firstIndex(foundIn: text, using: scratch)
            while let index = next {
                hits.append("\(path.text) contains '\(words.patterns[index])'")
                next = try words.firstIndex(foundIn: text, from: index + 1, using: scratch)
            }
        }
        #expect(hits == ["q[0] contains 'show'", "q[0] contains 'crap'", "q[1].deep[0] contains 'crap'"])
    }
}
