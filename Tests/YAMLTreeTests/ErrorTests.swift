import Testing
import YAMLTree

@Suite("Errors")
struct ErrorTests {
    private static let indentation = "check the indentation, and that nothing follows a closing quote or bracket"

    @Test(
        "a text that is not YAML is refused with libyaml's words and a place",
        arguments: [
            (
                "a: b: c\n",
                "1:5 syntax: mapping values are not allowed in this context"
                    + " | indent the key like its neighbours, or put a value that contains ': ' in quotes"
            ),
            (
                "a:\n\t- b\n",
                "2:1 syntax: found character that cannot start any token, while scanning for the next token"
                    + " | indent with spaces: YAML does not allow tabs there"
            ),
            (
                "a: @x\n",
                "1:4 syntax: found character that cannot start any token, while scanning for the next token"
                    + " | put the value in quotes"
            ),
            (
                "a:\n  b: 1\n c: 2\n",
                "3:2 syntax: did not find expected key, while parsing a block mapping at 1:1 | \(indentation)"
            ),
            (
                "a: 'x' y\n",
                "1:8 syntax: did not find expected key, while parsing a block mapping at 1:1 | \(indentation)"
            ),
            (
                "- a\nb: 1\n",
                "2:1 syntax: did not find expected '-' indicator, while parsing a block collection at 1:1 | \(indentation)"
            ),
            (
                "a: [1, 2\nb: 3\n",
                "2:2 syntax: did not find expected ',' or ']', while parsing a flow sequence at 1:4"
            ),
            (
                "a: \"open\n",
                "2:1 syntax: found unexpected end of stream, while scanning a quoted scalar at 1:4"
            ),
            (
                "pattern: \"\\d+\"\n",
                "1:11 syntax: found unknown escape character, while parsing a quoted scalar at 1:10"
                    + " | use single quotes, or write two backslashes for one"
            ),
            (
                "a: \"\\ud800\"\n",
                "1:7 syntax: found invalid Unicode character escape code, while parsing a quoted scalar at 1:4"
            ),
            (
                "a: 1\nb\nc: 2\n",
                "3:1 syntax: could not find expected ':', while scanning a simple key at 2:1"
                    + " | write 'key: value', with a space behind the colon"
            ),
            ("%YAML 9.9\n---\na: 1\n", "1:1 syntax: found incompatible YAML document"),
        ]
    )
    func syntax(text: String, expected: String) {
        let document = document(text)
        #expect(document.root == nil)
        #expect(document.errors.map(line) == [expected])
    }

    @Test(
        "bytes that are not UTF-8 text are refused where they are",
        arguments: [
            (
                Array("a: é\nb: ".utf8) + [0xFF],
                "2:4 encoding: invalid leading UTF-8 octet (0xFF) | save the file as UTF-8"
            ),
            ([0x61, 0xC3], "1:2 encoding: incomplete UTF-8 octet sequence | save the file as UTF-8"),
            (
                [0x61, 0xC3, 0x28, 0x0A], "1:3 encoding: invalid trailing UTF-8 octet (0x28) | save the file as UTF-8"
            ),
            ([0xFF, 0xFE, 0x61, 0x00], "1:1 encoding: invalid leading UTF-8 octet (0xFF) | save the file as UTF-8"),
            (
                Array("é: \u{1b}[31m".utf8),
                "1:4 encoding: control characters are not allowed (0x1B)"
                    + " | remove the character, or write it as an escape such as \"\\x1b\" in double quotes"
            ),
        ] as [([UInt8], String)]
    )
    func encoding(bytes: [UInt8], expected: String) {
        let document = YAMLDocument(file: "test.yaml", bytes: bytes)
        #expect(document.root == nil)
        #expect(document.errors.map(line) == [expected])
    }

    @Test(
        "a mistake that leaves the structure clear is reported, and the reading goes on",
        arguments: [
            (
                "a: 1\nb: 2\na: 3\n", ["3:1 duplicateKey: duplicate key \"a\", first given at 1:1"],
                "{a@1:1: int 1@1:4, b@2:1: int 2@2:4}@1:1"
            ),
            (
                "1: x\n\"1\": y\n", ["2:1 duplicateKey: duplicate key \"1\", first given at 1:1"],
                "{1@1:1: \"x\"@1:4}@1:1"
            ),
            (
                "x: {k: 1, k: 2, k: 3}\n",
                [
                    "1:11 duplicateKey: duplicate key \"k\", first given at 1:5",
                    "1:17 duplicateKey: duplicate key \"k\", first given at 1:5",
                ],
                "{x@1:1: {k@1:5: int 1@1:8}@1:4}@1:1"
            ),
            (
                "b: &b {x: 1}\nc:\n  <<: *b\n  y: 2\n",
                [
                    "3:3 mergeKey: merge keys (<<) are not supported"
                        + " | write the keys out, or use an alias for the whole value"
                ],
                "{b@1:1: {x@1:8: int 1@1:11}@1:4, c@2:1: {y@4:3: int 2@4:6}@3:3}@1:1"
            ),
            (
                "a: {{ env.X }}\nb: 1\n",
                [
                    "1:5 collectionAsKey: a list or mapping cannot be a key"
                        + " | put a value that begins with '{' or '[' in quotes"
                ],
                "{a@1:1: {}@1:4, b@2:1: int 1@2:4}@1:1"
            ),
            (
                "a: 1\n---\nb: 2\n", ["2:1 secondDocument: a second document begins; the file may hold only one"],
                "{a@1:1: int 1@1:4}@1:1"
            ),
        ]
    )
    func recoverable(text: String, expected: [String], tree: String) {
        let document = document(text)
        #expect(document.errors.map(line) == expected)
        #expect(outline(document.root) == tree)
    }

    @Test("a quoted << is an ordinary key")
    func quotedMergeKey() {
        #expect(outline(document("\"<<\": 1\n").root) == "{<<@1:1: int 1@1:7}@1:1")
    }

    @Test("errors before one that ends the reading are kept, in the order of the file")
    func order() {
        #expect(
            errors("b: {x: 1, x: 2}\na: 1\na: !secret 2\nc: [\n") == [
                "1:11 duplicateKey: duplicate key \"x\", first given at 1:5",
                "3:1 duplicateKey: duplicate key \"a\", first given at 2:1",
                "3:4 tag: the tag \"!secret\" is not supported here | remove the tag",
                "5:1 syntax: did not find expected node content, while parsing a flow node",
            ]
        )
    }

    @Test(
        "an alias needs an anchor that ended before it",
        arguments: [
            ("a: *nothing\n", "1:4 unknownAlias: the alias *nothing has no anchor &nothing before it"),
            ("a: &a [*a]\n", "1:8 unknownAlias: the alias *a has no anchor &a before it"),
        ]
    )
    func unknownAlias(text: String, expected: String) {
        #expect(errors(text) == [expected + " | an alias may only stand behind the end of the value that it repeats"])
    }
}
