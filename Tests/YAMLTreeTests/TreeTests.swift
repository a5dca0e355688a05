import Testing
import YAMLTree

@Suite("Tree and positions")
struct TreeTests {
    @Test(
        "every key and value has its place",
        arguments: [
            ("a: 1\nb: two\n", "{a@1:1: int 1@1:4, b@2:1: \"two\"@2:4}@1:1"),
            ("list:\n  - x\n  - [y, z]\n", "{list@1:1: [\"x\"@2:5, [\"y\"@3:6, \"z\"@3:9]@3:5]@2:3}@1:1"),
            ("outer:\n  inner: {k: v}\n", "{outer@1:1: {inner@2:3: {k@2:11: \"v\"@2:14}@2:10}@2:3}@1:1"),
            ("# comment\n\nkey: |\n  text\n", "{key@3:1: \"text\\n\"@3:6}@3:1"),
            ("key:\nnext: ~\n", "{key@1:1: null@1:5, next@2:1: null@2:7}@1:1"),
            ("- a\n-\n", "[\"a\"@1:3, null@2:2]@1:1"),
            ("---\nx: 1\n...\n", "{x@2:1: int 1@2:4}@2:1"),
            ("'q': \"1\"\n", "{q@1:1: \"1\"@1:6}@1:1"),
            ("? k\n: v\n", "{k@1:3: \"v\"@2:3}@1:1"),
            ("a: 1\r\nb: 2\rc: 3\n", "{a@1:1: int 1@1:4, b@2:1: int 2@2:4, c@3:1: int 3@3:4}@1:1"),
        ]
    )
    func positions(text: String, expected: String) {
        let document = document(text)
        #expect(document.errors == [])
        #expect(outline(document.root) == expected)
    }

    @Test("columns count characters, not bytes, and a byte order mark is not one")
    func columns() {
        let text = "\u{FEFF}{é: 1, 𝄞: 2}"
        #expect(outline(document(text).root) == "{é@1:2: int 1@1:5, 𝄞@1:8: int 2@1:11}@1:1")
    }

    @Test("a text without a value is null", arguments: ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n"])
    func empty(text: String) {
        let document = document(text)
        #expect(document.errors == [])
        #expect(document.root?.content == .scalar(YAMLScalar(plain: "")))
    }

    @Test("the empty text is null at its beginning")
    func emptyPosition() {
        #expect(outline(document("").root) == "null@1:1")
    }

    @Test("an alias repeats the anchored value, with the position of the original")
    func aliases() {
        let text = "base: &b\n  - 1\nsame: *b\nkey: &k name\n*k : x\n"
        #expect(
            outline(document(text).root)
                == "{base@1:1: [int 1@2:5]@1:7, same@3:1: [int 1@2:5]@1:7, key@4:1: \"name\"@4:6, name@5:1: \"x\"@5:6}@1:1"
        )
        #expect(outline(document("- &a 1\n- &a 2\n- *a\n").root) == "[int 1@1:3, int 2@2:3, int 2@2:3]@1:1")
    }
}
